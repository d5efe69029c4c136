"""Every public page in a real browser: no accessibility violation, no outside host, nothing against the content policy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.services import ensure_site, publish_snapshot
from learnings.services.edition_files import make_file
from tests.cms.papers import fact_sheet, frozen, recommendation
from tests.factories import ContractFactory, SupplierFactory
from tests.learnings.publishing import asked_round, published, report_of

pytestmark = [
    pytest.mark.browser,
    # The flush after a transactional test takes Wagtail's root page and the first site with it.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (1280, 320)
PAGES = {
    "front page": "/",
    "case index": "/sager/",
    "case index, filtered": "/sager/?aar=2023",
    "case": "/sager/faktaark-2023/",
    "old version": "/sager/faktaark-2023/version/1/",
    "case with a decision": "/sager/erfaringer-2024/",
    "suppliers' experience": "/erfaringer/",
    "round": "/erfaringer/2024/",
    "report": "/erfaringer/2024/havgaard/",
    "open data": "/aabne-data/",
    "search": "/soeg/?q=ressourceforl%C3%B8b",
    "search without hits": "/soeg/?q=findesikke",
    "article": "/om-partnerskabet/",
    "sign-in": "/konto/login/",
    "password reset": "/konto/password/reset/",
    "password reset sent": "/konto/password/reset/done/",
    "not found": "/findes-ikke/",
}


@dataclass
class Seen:
    """What the browser said while pages were shown."""

    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on(
            "request", lambda request: self.hosts.add(request.url.split("/")[2] if "://" in request.url else "data")
        )
        page.on("console", lambda message: self._complain(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _complain(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and "status of 404" not in text:
            self.complaints.append(text)


@pytest.fixture
def address(live_server: LiveServer) -> Iterator[str]:
    """The site with two versions of a fact sheet and a case, and one framework."""
    cache.clear()
    ensure_site(
        "Fjordby Kommune", department="Arbejdsmarkedsforvaltningen", phone="70 00 00 00", email="post@fjordby.example"
    )
    ContractFactory()
    subject = SupplierFactory()
    for paper in (fact_sheet(), fact_sheet(lead="Rettet udgave.")):
        publish_snapshot(frozen(paper, subject), slug="faktaark-2023", by=None)
    decided = recommendation(decision="Udvalget tog sagen til efterretning.")
    publish_snapshot(frozen(decided, SupplierFactory()), slug="erfaringer-2024", by=None)
    reported = report_of(asked_round(), name="Havgård")
    make_file(str(published(reported).pk))
    yield live_server.url
    cache.clear()


def test_every_page_is_accessible_at_every_width_and_asks_only_its_own_host(page: Page, address: str) -> None:
    seen = Seen()
    seen.follow(page)
    violations, too_wide = [], []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for name, path in PAGES.items():
            page.goto(address + path)
            violations += [f"{name} at {width}: {text}" for text in _violations(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                too_wide.append(f"{name} at {width}")
    assert violations == []
    assert too_wide == []
    assert seen.hosts <= {address.split("/")[2], "data"}
    assert seen.complaints == []


def test_failed_sign_in_puts_an_accessible_summary_before_the_form(page: Page, address: str) -> None:
    page.goto(f"{address}/konto/login/")
    page.fill("#id_login", "ingen@fjordby.example")
    page.fill("#id_password", "forkert")
    page.click("main button[type=submit]")
    expect(page.locator("[role=alert]")).to_be_visible()
    assert _violations(page) == []


def test_keyboard_reaches_the_content_by_the_first_link_and_sees_where_it_is(page: Page, address: str) -> None:
    page.goto(f"{address}/sager/faktaark-2023/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_wide_table_scrolls_in_a_region_that_the_keyboard_reaches(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{address}/sager/faktaark-2023/")
    region = page.locator("#tabel-resultater [role=region]")
    assert region.evaluate("node => node.scrollWidth > node.clientWidth")
    region.focus()
    page.keyboard.press("ArrowRight", delay=200)
    assert _settled(lambda: region.evaluate("node => node.scrollLeft")) > 0


def test_site_works_without_javascript(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.fill("main input[name=q]", "ressourceforløb")
    page.click("main form[role=search] button")
    page.click("text=Faktaark om rammeaftalerne 2023")
    assert page.url == f"{address}/sager/faktaark-2023/"
    with page.expect_download() as download:
        page.click("a[href$='case.pdf']")
    assert download.value.suggested_filename == "faktaark-2023-version-2.pdf"
    context.close()


def _settled(look: Callable[[], float]) -> float:
    """Return what is seen once it stops changing: the content policy forbids Playwright's own waiting, which evaluates text."""
    before, now = -1.0, look()
    for _try in range(50):
        if now and now == before:
            break
        time.sleep(0.1)
        before, now = now, look()
    return now


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]
