"""The portal in a real browser: no accessibility violation, on a phone, by keyboard, and without JavaScript."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from jobs.models import Job
from jobs.services import run
from suppliers.links import ADDRESS, token_of
from suppliers.models import Invitation, Membership
from tests.conftest import client_for
from tests.factories import ContractOptionFactory, ContractPriceFactory
from tests.portal.conftest import Team

pytestmark = [
    pytest.mark.browser,
    # The flush after a transactional test takes Wagtail's root page and the first site with it.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (1280, 320)
FILES = {"hent", "word", "regneark"}  # steps of addresses that answer with a file
PASSWORD = "lang-og-ukendt-2026"


def sign_in(page: Page, live_server: LiveServer, person: User) -> None:
    cookie = client_for(person).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def faults(page: Page, addresses: list[str]) -> list[str]:
    """Return what is wrong with pages at every width: violations, and those that must be scrolled sideways."""
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            page.goto(address)
            wrong += [f"{width}: {text}" for text in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{width}: {address} is too wide")
    return wrong


def complaints_of(page: Page) -> list[str]:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def test_every_page_is_accessible_at_every_width(page: Page, live_server: LiveServer, own: Team) -> None:
    ContractOptionFactory(contract=own.contract)
    ContractPriceFactory(contract=own.contract)
    heard = complaints_of(page)
    link = live_server.url + ADDRESS.format(token=token_of(own.invitation))
    assert faults(page, [link, f"{link}ny-adgang/"]) == []
    sign_in(page, live_server, own.boss.user)
    shown = [live_server.url + each for each in own.addresses if not FILES & set(each.split("/"))]
    assert faults(page, [*shown, f"{live_server.url}/portal/"]) == []
    assert heard == []


def test_what_is_wrong_stands_on_top_and_leads_to_its_field(page: Page, live_server: LiveServer, own: Team) -> None:
    sign_in(page, live_server, own.boss.user)
    page.goto(f"{live_server.url}/portal/{own.supplier.pk}/team/inviter/")
    page.fill("#id_email", "ikke en adresse")
    page.get_by_role("button", name="Send invitationen").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="E-mailadresse").click()
    assert page.evaluate("document.activeElement.id") == "id_email"


def test_an_administrator_invites_by_keyboard_alone(page: Page, live_server: LiveServer, own: Team) -> None:
    sign_in(page, live_server, own.boss.user)
    page.goto(f"{live_server.url}/portal/{own.supplier.pk}/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.get_by_role("link", name="Vores team").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Inviter til teamet").focus()
    page.keyboard.press("Enter")
    page.locator("#id_email").focus()
    page.keyboard.type("kim@nord.example")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")  # from Læser to Skribent
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("En invitation er på vej til kim@nord.example.").wait_for()
    assert Invitation.objects.get(email="kim@nord.example").role == "editor"


def test_from_invitation_to_a_file_without_javascript(
    browser: Browser, live_server: LiveServer, own: Team, mailoutbox: list
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="da-DK", viewport={"width": 390, "height": 900})
    page = context.new_page()
    sign_in(page, live_server, own.boss.user)
    page.goto(f"{live_server.url}/portal/{own.supplier.pk}/team/inviter/")
    page.fill("#id_email", "kim@nord.example")
    page.get_by_label("Indsender").check()
    page.get_by_role("button", name="Send invitationen").click()
    expect(page.get_by_text("En invitation er på vej")).to_be_visible()
    page.get_by_role("button", name="Log ud").click()
    for job in Job.objects.open():
        run(job.pk)
    (letter,) = mailoutbox
    link = next(line for line in letter.body.splitlines() if line.startswith("http")).replace(
        "http://127.0.0.1:8000", live_server.url
    )

    page.goto(link)
    page.get_by_role("link", name="Opret din adgang").click()
    page.fill("#id_first_name", "Kim")
    page.fill("#id_last_name", "Nord")
    page.fill("#id_password", PASSWORD)
    page.fill("#id_password_again", PASSWORD)
    page.get_by_role("button", name="Opret adgangen, og sig ja").click()
    expect(page.get_by_text("Velkommen. Du er nu på teamet hos Leverandør nord som Indsender.")).to_be_visible()
    expect(page.get_by_text("Send regnskab nord")).to_be_visible()
    page.get_by_role("link", name="Dokumenter").first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Bilag nord").click()
    assert download.value.suggested_filename == "kontrakt.pdf"
    assert Membership.objects.active().filter(user__email="kim@nord.example", role="submitter").exists()
    context.close()


def test_the_municipalitys_tab_about_the_team_is_accessible(
    page: Page, live_server: LiveServer, own: Team, officer: User
) -> None:
    sign_in(page, live_server, officer)
    pages = [reverse("desk:supplier_team", args=[own.supplier.pk])]
    pages += [reverse("suppliers:member_invite", args=[own.supplier.pk])]
    pages += [reverse("suppliers:member_remove", args=[own.supplier.pk, own.viewer.pk])]
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for address in pages:
            page.goto(live_server.url + address)
            assert violations(page) == []
