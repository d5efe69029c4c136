"""The comparison in a real browser: chosen and read, wide and narrow, and no accessibility violation."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.conftest import client_for
from tests.results.comparison.conftest import Market

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
URL = "/admin/resultater/sammenligning/"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_comparison_is_chosen_and_read(
    browser: Browser, live_server: LiveServer, officer: User, market: Market, width: int
) -> None:
    for name, x in (("Birkemose", 30), ("Havgård", 60), ("Åmose", 2)):
        market.figure(name, market.sick, x, 120)
        market.figure(name, market.resource, 9, 60)
    cookie = client_for(officer).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(locale="da-DK", viewport={"width": width, "height": 900})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}{URL}")
    expect(page.get_by_text("afviger fra de øvrige leverandører")).to_be_visible()
    page.get_by_label("Ydelsesgruppe", exact=True).select_option("sygemeldte")
    page.get_by_role("button", name="Vis", exact=True).click()
    page.wait_for_url("**gruppe=sygemeldte**")
    expect(page.get_by_role("row", name="Havgård Sygemeldte").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    context.close()
