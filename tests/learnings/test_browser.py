"""The pages in a real browser: marking text, counting while choosing, without JavaScript, and no accessibility violation."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from learnings.enums import FindingDecision
from learnings.models import Excerpt, ReportVersion
from learnings.services import reopen_as_new_version, withdraw_report
from tests.conftest import client_for
from tests.factories import (
    ContactFactory,
    InitiativeFactory,
    MainPointFactory,
    QuestionFactory,
    ReplyFactory,
    ThemeFactory,
)
from tests.learnings.publishing import decide, published, report_of
from tests.learnings.views.conftest import World, build
from tests.learnings.world import hand_in, supplier_on

pytestmark = [
    pytest.mark.browser,
    # The flush after a transactional test takes Wagtail's root page and the first site with it.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SELECT = """([from, to]) => {
    const answer = document.querySelector("[data-learnings-answer]");
    const walker = document.createTreeWalker(answer, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let passed = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (from >= passed && from <= passed + node.length) range.setStart(node, from - passed);
        if (to >= passed && to <= passed + node.length) range.setEnd(node, to - passed);
        passed += node.length;
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    answer.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
}"""


@dataclass(frozen=True)
class Desk:
    """An officer who has signed in, at the pages of a round."""

    page: Page
    root: str
    world: World

    def open(self, name: str, *numbers: int, query: str = "") -> None:
        self.page.goto(f"{self.root}{reverse(f'learnings:{name}', args=numbers)}{query}")


def signed_in(page: Page, live_server: LiveServer, person: User) -> None:
    cookie = client_for(person).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


@pytest.fixture
def desk(page: Page, live_server: LiveServer, officer: User) -> Desk:
    signed_in(page, live_server, officer)
    return Desk(page, live_server.url, build())


def open_answer(desk: Desk, version: ReportVersion) -> None:
    desk.open("coding", desk.world.round.pk, query=f"?answer={version.answers.get().pk}")


def test_marked_text_is_coded_character_for_character(desk: Desk) -> None:
    text = "Først 👩‍👧 en samtale.\n\nSå en 😀 fast kontakt, og så en til."
    version = hand_in(desk.world.round, supplier_on(), kontakt=text)
    open_answer(desk, version)
    start = len(text[: text.index("en 😀")].encode("utf-16-le")) // 2

    desk.page.evaluate(SELECT, [start - 1, start + len("en 😀 fast") + 1])  # with the space before, which is left out
    desk.page.check(f"[name=theme][value='{desk.world.theme.pk}']")
    desk.page.click("[data-learnings-code] button")

    desk.page.wait_for_url("**/kodning/**")
    excerpt = Excerpt.objects.get(answer__version=version)
    assert excerpt.passage == "en 😀 fast"
    assert desk.page.inner_text("mark") == "en 😀 fast"


def test_text_that_is_partly_coded_is_coded_again_elsewhere(desk: Desk) -> None:
    other = ThemeFactory(code_book=desk.world.round.code_book)
    open_answer(desk, desk.world.version)

    desk.page.evaluate(SELECT, [0, 25])
    desk.page.check(f"[name=theme][value='{other.pk}']")
    desk.page.click("[data-learnings-code] button")

    desk.page.wait_for_url("**/kodning/**")
    assert Excerpt.objects.get(theme=other).passage == "En fast kontaktperson gør"


def test_suppliers_are_counted_while_one_chooses(desk: Desk) -> None:
    QuestionFactory(round=desk.world.round, key="andet", wording="Andet?", is_required=False)
    desk.open("main_point_edit", desk.world.point.pk)
    count = desk.page.locator("[data-learnings-count]")
    before = count.inner_text()
    assert before.split()[0] == "2"

    desk.page.locator("[name=excerpts]:checked").first.uncheck()
    assert count.inner_text().split()[0] == "1"
    assert desk.page.locator("[data-learnings-suppliers] li").count() == 1
    desk.page.select_option("[name=question]", label="Andet?")
    assert count.inner_text().split()[2] == "0"


def test_the_next_answer_is_a_key_away(desk: Desk) -> None:
    open_answer(desk, desk.world.version)

    desk.page.keyboard.press("j")

    desk.page.wait_for_url(f"**/?answer={desk.world.other_version.answers.get().pk}")


def test_coding_works_without_javascript(browser: Browser, live_server: LiveServer, officer: User) -> None:
    world = build()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    signed_in(page, live_server, officer)
    page.goto(f"{live_server.url}{reverse('learnings:coding', args=[world.round.pk])}?answer={world.answer.pk}")

    page.fill("[name=passage]", "gør en forskel")
    page.check(f"[name=theme][value='{world.theme.pk}']")
    page.click("[data-learnings-code] button")

    page.wait_for_url("**/kodning/**")
    assert Excerpt.objects.filter(answer=world.answer).count() == 2
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_an_accessibility_violation(desk: Desk, width: int) -> None:
    world = desk.world
    hand_in(world.round, world.version.report.supplier, kontakt="Rettet svar.")
    reopen_as_new_version(world.other_version.report, by=None)
    ReplyFactory(recommendation=world.recommendation)
    InitiativeFactory(recommendation=world.recommendation)
    MainPointFactory(round=world.round)
    desk.page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for name, number, query in [
        ("round_show", world.round.pk, ""),
        ("round_questions", world.round.pk, ""),
        ("report_show", world.version.report_id, ""),
        ("report_show", world.version.report_id, "?version=2&compare=1"),
        ("report_edit", world.other_version.report_id, ""),
        ("coding", world.round.pk, f"?answer={world.answer.pk}"),
        ("coding", world.round.pk, ""),
        ("themes", world.round.pk, ""),
        ("main_points", world.round.pk, ""),
        ("main_point_edit", world.point.pk, ""),
        ("recommendations", world.round.pk, ""),
        ("recommendation_edit", world.recommendation.pk, ""),
        ("reply_edit", world.recommendation.pk, ""),
    ]:
        desk.open(name, number, query=query)
        desk.page.evaluate("document.querySelectorAll('.learnings details').forEach((part) => { part.open = true; })")
        response = Axe().run(desk.page, context=".learnings", options=RULES).response
        found[name + query] = [(fault["id"], fault["nodes"][0]["html"]) for fault in response["violations"]]
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_publication_are_accessible_in_every_state(desk: Desk, width: int) -> None:
    waiting, public, withdrawn = (report_of(desk.world.round, name=name) for name in ("Nord", "Syd", "Vest"))
    decide(waiting, "name", FindingDecision.STANDS)
    for version in (public, withdrawn):
        published(version)
    ContactFactory(supplier=public.report.supplier, name="Faste Kontaktsen")  # found since
    withdraw_report(withdrawn.report, reason="En fejl", by=None)
    desk.page.set_viewport_size({"width": width, "height": 900})
    found = {}
    pages = [("editions", desk.world.round.pk), *(("edition", row.report_id) for row in (waiting, public, withdrawn))]
    for name, number in pages:
        desk.open(name, number)
        desk.page.evaluate("document.querySelectorAll('.learnings details').forEach((part) => { part.open = true; })")
        response = Axe().run(desk.page, context=".learnings", options=RULES).response
        found[name, number] = [(fault["id"], fault["nodes"][0]["html"]) for fault in response["violations"]]
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    assert {name: faults for name, faults in found.items() if faults} == {}
