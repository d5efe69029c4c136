"""The procurement team's work in a real browser: from a tender to the deadline that stands in a colleague's calendar."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import formats, timezone
from icalendar import Calendar
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from contracts import terms
from contracts.enums import AmendmentState
from contracts.models import Amendment, Contract, LegalBasis
from contracts.services import bring_due_into_force
from tests.conftest import client_for
from tests.contracts.tender_life import TenderLife
from tests.factories import SupplierFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

RATIONALE = "Flere borgere er visiteret, end det var forventet."
JUSTIFICATION = "Juridisk enhed har godkendt ændringen."


def sign_in(page: Page, server: LiveServer, person: User) -> None:
    cookie = client_for(person).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])


def fill(page: Page, name: str, value: str) -> None:
    page.locator(f"#id_{name}").fill(value)


def visit(page: Page, address: str) -> None:
    """Open a page and wait until its scripts have run."""
    page.goto(address)
    page.wait_for_load_state("networkidle")


def sign(page: Page, root: str, contract: Contract, day: dt.date) -> None:
    visit(page, f"{root}/admin/aftaler/kontrakter/{contract.pk}/underskrifter/")
    fill(page, "by_municipality_on", day.isoformat())
    fill(page, "by_supplier_on", day.isoformat())
    page.locator("main form button[type=submit].button").last.click()
    page.locator(".messages .success").wait_for()


def draft_amendment(page: Page, root: str, contract: Contract, *, new_end: dt.date) -> None:
    """Write an amendment of more than a tenth of the contract's value, are warned, and save it with a reason."""
    visit(page, f"{root}/admin/aftaler/kontrakter/{contract.pk}/aendringer/ny/")
    fill(page, "terms-ends_on", new_end.isoformat())
    fill(page, "effective_on", (contract.starts_on + dt.timedelta(days=30)).isoformat())
    page.locator("#id_legal_basis").select_option(label=str(LegalBasis.objects.get(code="bagatel")))
    fill(page, "value_dkk", "120.000")
    fill(page, "rationale", RATIONALE)
    fill(page, "title", "Flere forløb")
    page.get_by_role("button", name="Gem udkast", exact=True).click()

    expect(page.get_by_role("alert").filter(has_text="13,3 %").first).to_be_visible()
    assert not Amendment.objects.exists()
    page.locator("#id_confirm-is_confirmed").check()
    fill(page, "confirm-justification", JUSTIFICATION)
    page.get_by_role("button", name="Gem udkast alligevel").click()
    page.locator(".messages .success").wait_for()


def record_as_agreed(page: Page, root: str, amendment: Amendment, day: dt.date) -> None:
    """Record that both have signed an amendment that takes effect later."""
    visit(page, f"{root}/admin/aftaler/aendringer/{amendment.pk}/i-kraft/")
    fill(page, "signed_on", day.isoformat())
    page.get_by_role("button", name="Registrér som aftalt").click()
    page.locator(".messages .success").wait_for()


def calendar_of(page: Page, root: str) -> Calendar:
    """Make the person's calendar address on the page of deadlines, and read it as a calendar program does."""
    visit(page, f"{root}/admin/aftaler/frister/")
    page.get_by_role("button", name="Lav en adresse til min kalender").click()
    page.locator(".messages .success").wait_for()
    address = page.get_by_label("Alle frister").input_value()
    response = Client().get(urlsplit(address).path)
    assert response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content)


def test_from_tender_to_a_deadline_in_the_calendar(page: Page, live_server: LiveServer, officer: User) -> None:
    sign_in(page, live_server, officer)
    root, today = live_server.url, timezone.localdate()
    supplier = SupplierFactory(name="Asp")
    TenderLife(page, root, today).live(supplier, SupplierFactory(name="Birk"))
    contract = Contract.objects.get()
    assert (contract.supplier, contract.value_dkk) == (supplier, 900_000)

    sign(page, root, contract, today)
    contract.refresh_from_db()
    assert (contract.signed_by_municipality_on, contract.signed_by_supplier_on) == (today, today)
    new_end = terms.month_end(terms.add_months(contract.starts_on, 23))
    draft_amendment(page, root, contract, new_end=new_end)
    amendment = Amendment.objects.get()
    assert (amendment.state, amendment.value_dkk) == (AmendmentState.DRAFT, 120_000)
    old_end = contract.ends_on
    record_as_agreed(page, root, amendment, today)

    contract.refresh_from_db()
    assert (contract.ends_on, contract.effective_ends_on) == (old_end, new_end)
    visit(page, f"{root}/admin/contract/{contract.pk}/")
    expect(page.get_by_text(formats.date_format(new_end)).first).to_be_visible()

    events = [event for event in calendar_of(page, root).walk("VEVENT") if contract.number in str(event["SUMMARY"])]
    days = {event["DTSTART"].dt for event in events}
    assert {new_end, terms.notice_deadline(new_end, 6)} <= days

    assert bring_due_into_force(today=amendment.effective_on) == 1
    contract.refresh_from_db()
    assert (contract.ends_on, contract.effective_ends_on) == (new_end, new_end)
