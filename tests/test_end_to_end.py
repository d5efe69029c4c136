"""The main job in a real browser: signing in, figures, text, approval and documents, to the PDF that a citizen downloads."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.enums import Role
from accounts.models import User
from cases.models import CommitteeCase
from documents.validation import validate_pdf
from example import services as example
from jobs.models import Job
from jobs.services import run
from results.models import Delivery
from tests.documents.readback.pdf import read_pdf

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

PASSWORD = "en-lang-sætning-om-intet"
LEAD = "Denne sammenfatning er skrevet i en browser."
FIGURES = """measure;version;unit;period;framework;supplier_cvr;lot;benefit_group;service;denominator;outcomes;note
job_2m;faktaark-2023;persons;2022;specialiserede;*;*;aktivitetsparate;*;1000;50;
"""


@pytest.fixture
def municipality(live_server: LiveServer) -> LiveServer:
    cache.clear()
    example.load()
    User.objects.update(password=make_password(PASSWORD))
    return live_server


def person(role: Role) -> User:
    return User.objects.filter(groups__name=role.value).earliest("pk")


def sign_in(page: Page, server: LiveServer, role: Role) -> None:
    page.goto(f"{server.url}/konto/login/?next=/admin/")
    page.fill("input[name=login]", person(role).email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/admin/")


def import_figures(page: Page, server: LiveServer, folder: Path) -> None:
    path = folder / "resultater_2022.csv"
    path.write_text(FIGURES, encoding="utf-8")
    page.goto(f"{server.url}/admin/resultater/indlaes/")
    page.set_input_files("input[type=file]", str(path))
    page.fill("[name=source]", "Jobcentrets udtræk")
    page.fill("[name=extracted_on]", "2023-02-07")
    page.keyboard.press("Escape")
    page.click("main form button.button[type=submit]")
    page.wait_for_url("**/indlaes/*/")
    page.click("form[action$='/bekraeft/'] button")
    page.wait_for_load_state("networkidle")
    assert Delivery.objects.get(source="Jobcentrets udtræk").observations.count() == 1


def write_lead(page: Page, server: LiveServer, case: CommitteeCase) -> None:
    page.goto(f"{server.url}/admin/sager/sag/edit/{case.pk}/")
    page.fill("textarea[name=lead]", LEAD)
    # Saving and submitting stand in the menu of actions at the foot of the editor.
    page.click("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle")
    page.click("button[name=action-submit]")
    page.wait_for_load_state("networkidle")


def approve(page: Page, server: LiveServer, case: CommitteeCase) -> None:
    sign_in(page, server, Role.DIRECTOR)
    page.goto(f"{server.url}/admin/sager/sag/edit/{case.pk}/")
    page.click("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle")
    page.click("[data-workflow-action-name=approve]")
    page.wait_for_load_state("networkidle")


def test_from_sign_in_to_the_citizens_pdf(
    browser: Browser, page: Page, municipality: LiveServer, tmp_path: Path
) -> None:
    case = CommitteeCase.objects.get(slug="faktaark-2023")
    sign_in(page, municipality, Role.PROCUREMENT)
    import_figures(page, municipality, tmp_path)
    write_lead(page, municipality, case)

    director = browser.new_context(locale="da-DK")
    approve(director.new_page(), municipality, case)
    director.close()
    case.refresh_from_db()
    assert case.live
    assert not case.has_unpublished_changes

    page.goto(f"{municipality.url}/admin/sager/{case.pk}/")
    page.click("form[action$='/dokumenter/'] button")
    expect(page.locator("progress")).to_be_visible()
    run(Job.objects.latest("pk").pk)
    expect(page.locator(".case-version table").first).to_be_visible(timeout=20_000)

    page.click("a[href$='/offentliggoer/']")
    page.click("main form button[type=submit]")
    page.wait_for_load_state("networkidle")

    citizen = browser.new_context(locale="da-DK", accept_downloads=True)
    public = citizen.new_page()
    public.goto(f"{municipality.url}/sager/faktaark-2023/")
    expect(public.get_by_text(LEAD).first).to_be_visible()
    with public.expect_download() as download:
        public.click("a[href$='.pdf'], a[href*='/pdf']")
    data = download.value.path().read_bytes()
    citizen.close()

    assert validate_pdf(data) == ()
    told = str(read_pdf(data))
    assert "I alt (unikke borgere)" in told
    assert "206 (6,1" in told
    assert "1 (0,1" not in told
