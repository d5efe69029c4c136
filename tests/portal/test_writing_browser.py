"""Autosave in a real browser: a lost connection, an expired session, a closed window, and two people."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from learnings.models import Answer
from learnings.offline import paper_of
from learnings.queries import writing
from suppliers.enums import MemberRole
from suppliers.services import add_member
from tests.factories import UserFactory
from tests.portal.conftest import Team
from tests.portal.test_browser import PASSWORD, faults, sign_in, violations
from tests.portal.views.test_offline_paper import filled, paragraphs

pytestmark = [
    pytest.mark.browser,
    # The flush after a transactional test takes Wagtail's root page and the first site with it.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def open_section(page: Page, live_server: LiveServer, own: Team) -> None:
    page.goto(f"{live_server.url}/portal/{own.supplier.pk}/rapporter/{own.report.pk}/afsnit/alle/")


def text_of(own: Team) -> str:
    return Answer.objects.get(version__report=own.report).text


def test_nothing_typed_is_lost(page: Page, live_server: LiveServer, own: Team) -> None:
    sign_in(page, live_server, own.boss.user)
    open_section(page, live_server, own)
    field, state = page.locator("textarea[data-text]"), page.locator("[data-state]")
    field.fill("Skrevet med forbindelse.")
    expect(state).to_contain_text("Gemt kl.")
    assert text_of(own) == "Skrevet med forbindelse."

    page.context.set_offline(True)
    field.fill("Skrevet uden forbindelse.")
    expect(state).to_contain_text("Ingen forbindelse – teksten ligger i din browser")
    assert violations(page) == []
    page.context.set_offline(False)
    expect(state).to_contain_text("Gemt kl.", timeout=20_000)
    assert text_of(own) == "Skrevet uden forbindelse."

    Session.objects.all().delete()
    field.fill("Skrevet efter at være logget ud.")
    expect(state).to_contain_text("Du er logget ud – log ind i et nyt vindue; teksten er her endnu")
    sign_in(page, live_server, own.boss.user)
    expect(state).to_contain_text("Gemt kl.", timeout=20_000)
    assert text_of(own) == "Skrevet efter at være logget ud."


def test_what_lay_in_the_browser_is_offered_back(page: Page, live_server: LiveServer, own: Team) -> None:
    sign_in(page, live_server, own.boss.user)
    open_section(page, live_server, own)
    page.route("**/svar/**", lambda route: route.abort())
    page.locator("textarea[data-text]").fill("Skrevet lige før maskinen blev lukket.")
    expect(page.locator("[data-state]")).to_contain_text("Ingen forbindelse")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    page.unroute_all()
    open_section(page, live_server, own)
    expect(page.locator("textarea[data-text]")).to_have_value("")
    page.get_by_role("button", name="Sæt den ind").click()
    expect(page.locator("[data-state]")).to_contain_text("Gemt kl.")
    assert text_of(own) == "Skrevet lige før maskinen blev lukket."
    open_section(page, live_server, own)
    expect(page.get_by_role("button", name="Sæt den ind")).to_have_count(0)


def test_the_second_of_two_sees_both_texts(page: Page, live_server: LiveServer, own: Team) -> None:
    kim = UserFactory(email="kim@nord.example", first_name="Kim", last_name="Nord")
    add_member(own.supplier, user=kim, role=MemberRole.EDITOR, by=None)
    sign_in(page, live_server, own.boss.user)
    open_section(page, live_server, own)
    other = page.context.browser.new_context(locale="da-DK").new_page()
    sign_in(other, live_server, kim)
    open_section(other, live_server, own)
    other.locator("textarea[data-text]").fill("Kims tekst.")
    expect(other.locator("[data-state]")).to_contain_text("Gemt kl.")

    page.locator("textarea[data-text]").fill("Min tekst.")
    expect(page.locator(".portal-conflict")).to_contain_text("Kim Nord gemte dette svar")
    assert text_of(own) == "Kims tekst."
    assert violations(page) == []
    page.get_by_role("button", name="Behold begge").click()
    expect(page.locator("[data-state]")).to_contain_text("Gemt kl.")
    assert text_of(own) == "Kims tekst.\n\nMin tekst."
    other.context.close()


def tab_to(page: Page, selector: str) -> None:
    """Go on with the tabulator until what is looked for has the focus, as somebody without a mouse does."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector} on {page.url}")


def test_from_sign_in_to_receipt_by_keyboard_alone(page: Page, live_server: LiveServer, own: Team) -> None:
    own.boss.user.set_password(PASSWORD)
    own.boss.user.save()
    page.goto(f"{live_server.url}/konto/login/?next=/portal/{own.supplier.pk}/")
    tab_to(page, "#id_login")
    page.keyboard.type(own.boss.user.email)
    tab_to(page, "#id_password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/portal/{own.supplier.pk}/")
    for ending in ("/rapporter/", f"/rapporter/{own.report.pk}/", "/afsnit/alle/"):
        tab_to(page, f"a[href$='{ending}']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{ending}")
    tab_to(page, "textarea[data-text]")
    page.keyboard.type("Skrevet uden mus.")
    expect(page.locator("[data-state]")).to_contain_text("Gemt kl.")
    tab_to(page, "main button[name=next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vurdering/")
    tab_to(page, "input[type=radio]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main button[name=next]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/rapporter/{own.report.pk}/")
    tab_to(page, "main a[href$='/indsend/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/indsend/")
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kvittering/")
    assert own.report.versions.submitted().get().answers.get().text == "Skrevet uden mus."


def test_what_a_file_would_change_is_shown_accessibly_also_on_a_phone(
    page: Page, live_server: LiveServer, own: Team
) -> None:
    sign_in(page, live_server, own.boss.user)
    page.goto(f"{live_server.url}/portal/{own.supplier.pk}/rapporter/{own.report.pk}/uden-forbindelse/")
    paper = filled(paper_of(writing(own.report)), "svar:kontakt", paragraphs("Skrevet i toget."))
    page.set_input_files("#id_file", {"name": "svar.docx", "mimeType": "application/zip", "buffer": paper})
    page.get_by_role("button", name="Vis, hvad det ændrer").click()
    expect(page.get_by_text("Skrevet i toget.")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 900})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Gem det valgte").click()
    expect(page.get_by_text("1 svar er gemt.")).to_be_visible()
    assert text_of(own) == "Skrevet i toget."


def test_the_pages_of_a_form_are_accessible(page: Page, live_server: LiveServer, own: Team) -> None:
    sign_in(page, live_server, own.boss.user)
    chosen = f"/portal/{own.supplier.pk}/rapporter/{own.submitted.report_id}/offentligt/"
    assert faults(page, [f"{live_server.url}{chosen}?spoergsmaal={own.mark.question_id}"]) == []
