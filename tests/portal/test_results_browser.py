"""A supplier's results in a real browser: without JavaScript, on a small phone, and no accessibility violation."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from contracts.enums import SharingLevel
from results.models import ResultComment
from suppliers.enums import MemberRole
from suppliers.services import add_member
from tests.conftest import client_for
from tests.factories import UserFactory
from tests.portal.views.test_results import fill, top
from tests.results.comparison.conftest import *  # noqa: F403
from tests.results.comparison.conftest import Market

pytestmark = [
    pytest.mark.browser,
    # The flush after a transactional test takes Wagtail's root page and the first site with it.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize(("wide", "has_scripts"), [(320, False), (1280, True)])
def test_results_are_read_and_commented(
    browser: Browser, live_server: LiveServer, market: Market, wide: int, has_scripts: bool
) -> None:
    fill(market, SharingLevel.UNNAMED)
    person = UserFactory()
    add_member(market.supplier("Havgård"), user=person, role=MemberRole.EDITOR, by=None)
    size = {"width": wide, "height": 900}
    context = browser.new_context(locale="da-DK", java_script_enabled=has_scripts, viewport=size)
    cookie = client_for(person).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}{top(market)}")
    assert page.locator(".result-picture").count() == 4
    assert page.locator("main").bounding_box()["width"] <= wide
    page.locator("summary").first.click()
    expect(page.locator("details[open] table").first).to_be_visible()
    if has_scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= wide
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
    page.get_by_role("link", name="Skriv kommentar").click()
    page.get_by_label("Jeres kommentar").fill("Færre henviste end ventet.")
    page.get_by_role("button", name="Gem kommentaren").click()
    expect(page.get_by_text("Færre henviste end ventet.")).to_be_visible()
    assert ResultComment.objects.get().written_by == person
    context.close()
