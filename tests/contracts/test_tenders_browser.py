"""Tenders in a real browser: a whole life, two who evaluate at once, without JavaScript, and no accessibility violation."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from contracts.enums import TenderState
from contracts.models import AwardCriterion, BidScore, Contract
from tests.conftest import client_for
from tests.contracts.tender_life import TenderLife
from tests.contracts.tenders import evaluated, standing_still, tender, with_lot
from tests.factories import SupplierFactory

pytestmark = [
    pytest.mark.browser,
    # The flush after a transactional test takes Wagtail's root page and the first site with it.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def sign_in(page: Page, live_server: LiveServer, person: User) -> None:
    cookie = client_for(person).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


def test_a_tender_is_brought_from_its_plan_to_contracts(page: Page, live_server: LiveServer, officer: User) -> None:
    sign_in(page, live_server, officer)
    suppliers = [SupplierFactory(name=name) for name in ("Asp", "Birk")]
    life = TenderLife(page, live_server.url, timezone.localdate())

    held = life.live(*suppliers)

    assert held.state == TenderState.CONTRACTED
    contract = Contract.objects.get()
    assert (contract.number, contract.supplier, contract.value_dkk) == ("indsatser-unge-1", suppliers[0], 900_000)
    assert contract.options.count() == 2
    assert contract.lot.framework == held.framework
    assert held.framework.f2_case_number == "2026 - 4410"
    expect(page.get_by_role("link", name="indsatser-unge-1, Asp")).to_be_visible()


def test_two_who_evaluate_at_once_are_told(
    page: Page, browser: Browser, live_server: LiveServer, officer: User
) -> None:
    lot = evaluated().lots.get()
    url = f"{live_server.url}{reverse('tenders:scores', args=[lot.tender_id, lot.pk])}"
    context = browser.new_context(locale="da-DK")
    other = context.new_page()
    for each in (page, other):
        sign_in(each, live_server, officer)
        each.goto(url)
    for each, points in ((page, "3"), (other, "4")):
        each.locator('[data-column="0"] [inputmode=decimal]').first.fill(points)
        each.get_by_role("button", name="Gem pointene").click()

    other.locator(".tender-cell--contested").wait_for()
    assert "Nu står der: 3" in other.locator(".tender-cell--contested").inner_text()
    assert other.locator('[data-column="0"] [inputmode=decimal]').first.input_value() == "4"
    other.get_by_role("button", name="Gem pointene").click()
    other.get_by_text("er gemt.").wait_for()
    context.close()
    assert sorted(BidScore.objects.values_list("points", flat=True)) == [4, 6, 7, 8, 8, 9]


def test_criteria_are_written_without_javascript(browser: Browser, live_server: LiveServer, officer: User) -> None:
    held = tender()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, officer)
    page.goto(f"{live_server.url}{reverse('tenders:criteria', args=[held.pk])}")

    page.get_by_role("button", name="Tilføj kriterium").click()
    page.get_by_label("Navn på 1").fill("Kvalitet")
    page.get_by_label("Vægt for 1 i procent").fill("62,5")
    page.get_by_role("button", name="Tilføj underkriterium").click()
    page.get_by_label("Navn på 1.1").fill("Metode")
    page.get_by_label("Vægt for 1.1 i procent").fill("100")
    page.get_by_role("button", name="Gem kriterierne").last.click()

    assert "62,5 %" in page.locator('[data-sum=""]').inner_text()
    assert list(AwardCriterion.objects.values_list("name", "parent__name", "weight_percent")) == [
        ("Kvalitet", None, 62.5),
        ("Metode", "Kvalitet", 100),
    ]
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_an_accessibility_violation(page: Page, live_server: LiveServer, officer: User, width: int) -> None:
    draft, running, waiting = tender("kladde"), evaluated("evaluering"), standing_still("standstill")
    with_lot(draft)
    sign_in(page, live_server, officer)
    page.set_viewport_size({"width": width, "height": 900})
    addresses = [
        reverse("tender_board:index"),
        reverse("tender_board:index") + "?vis=tabel",
        reverse("tender:inspect", args=[running.pk]),
        reverse("tenders:plan", args=[draft.pk]),
        reverse("tenders:criteria", args=[draft.pk]),
        reverse("tenders:criteria", args=[running.pk]),
        reverse("tenders:bids", args=[running.pk]),
        reverse("tenders:scores", args=[running.pk, running.lots.get().pk]),
        reverse("tenders:award", args=[running.pk]),
        reverse("tenders:award", args=[waiting.pk]),
        reverse("tenders:cancel", args=[running.pk]),
    ]
    found = {}
    for address in addresses:
        page.goto(live_server.url + address)
        violations = Axe().run(page, options=RULES).response["violations"]
        found[address] = [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in violations]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert {address: what for address, what in found.items() if what} == {}
