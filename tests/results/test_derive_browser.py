"""The count from registers in a real browser: from upload to delivery, with and without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from jobs import services as jobs
from jobs.models import Job
from results.models import Delivery
from tests.conftest import client_for
from tests.factories import (
    BenefitGroupFactory,
    FrameworkAgreementFactory,
    LotFactory,
    ServiceFactory,
    SupplierFactory,
)
from tests.results.deriving.worlds import COLUMNS, course, person, register, written

pytestmark = [
    pytest.mark.browser,
    # The flush after a transactional test takes Wagtail's root page and the first site with it.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def sign_in(page: Page, live_server: LiveServer, who: User) -> None:
    cookie = client_for(who).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


def files(folder: Path) -> tuple[Path, Path]:
    codes = {
        "lot": LotFactory(code="A1", framework=FrameworkAgreementFactory(code="A")).code,
        "supplier_cvr": SupplierFactory().cvr,
        "benefit_group": BenefitGroupFactory(code="syge").code,
        "service": ServiceFactory(code="mentor").code,
    }
    people = register(person(y_2222="771", branche_2022_06=""), person("p2", y_2222="730"))
    courses = written(folder / "forloeb.csv", [course(**codes), course("p2", "c2", **codes)], COLUMNS)
    return courses, written(folder / "register.csv", people)


def upload(page: Page, live_server: LiveServer, folder: Path) -> None:
    courses, people = files(folder)
    page.goto(f"{live_server.url}{reverse('results_derive:index')}")
    page.locator("[name=courses]").set_input_files(courses)
    page.locator("[name=register]").set_input_files(people)
    page.locator("[name=as_of]").fill("2023-06-30")
    page.get_by_role("button", name="Tæl op").click()


def work() -> None:
    for job in Job.objects.open():
        assert jobs.run(job.pk)


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, context=".sheet-page", options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_two_extracts_become_a_delivery(page: Page, live_server: LiveServer, officer: User, tmp_path: Path) -> None:
    sign_in(page, live_server, officer)
    page.goto(f"{live_server.url}{reverse('results_derive:index')}")
    assert_accessible(page)
    upload(page, live_server, tmp_path)
    page.locator("progress").wait_for()
    assert_accessible(page)

    work()
    # the progress line finds that the work is done, and shows what came of it
    expect(page.get_by_role("heading", name="Alle, efter år")).to_be_visible(timeout=15_000)
    assert_accessible(page)
    row = page.get_by_role("row").filter(has_text="2022").first
    assert re.sub(r"\s+", " ", row.inner_text()).startswith("2022 2 1 50")

    page.get_by_role("button", name="Gem som dataleverance").click()
    page.locator("progress").wait_for()
    work()
    expect(page.get_by_role("heading", name="Optalt fra registre")).to_be_visible(timeout=15_000)
    assert Delivery.objects.count() == 1
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_count_without_javascript(browser: Browser, live_server: LiveServer, officer: User, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False, locale="da-DK")
    page = context.new_page()
    sign_in(page, live_server, officer)
    upload(page, live_server, tmp_path)
    work()
    page.get_by_role("link", name="Se igen").click()
    page.get_by_role("button", name="Gem som dataleverance").click()
    work()
    page.get_by_role("link", name="Se igen").click()
    expect(page.get_by_role("heading", name="Optalt fra registre")).to_be_visible()
    context.close()
    assert Delivery.objects.count() == 1
