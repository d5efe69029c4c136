"""The list of deadlines: filters in the address, what is seen is what is exported, and the ladder of every page."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from contracts.models import Contract
from contracts.services.reminders import remind
from notifications.models import Notice
from records.models import SavedView
from tests.factories import (
    ContractFactory,
    ContractOptionFactory,
    DocumentFactory,
    FrameworkAgreementFactory,
    LotFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
    SavedViewFactory,
    SupplierFactory,
)

TODAY = dt.date(2026, 1, 15)
LIST = "/admin/aftaler/frister/"


@pytest.fixture(autouse=True)
def the_day() -> Any:
    with time_machine.travel(dt.datetime(2026, 1, 15, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def contract(officer: User, director: User) -> Contract:
    """A contract with an overdue obligation, an option to begin now, and an end; and another framework's."""
    framework = FrameworkAgreementFactory(name="Rammen", responsible=officer)
    supplier = SupplierFactory(name="Fjordfirma")
    contract = ContractFactory(
        number="K-1", lot=LotFactory(framework=framework), supplier=supplier, ends_on=dt.date(2026, 9, 30)
    )
    ContractOptionFactory(contract=contract, number=1, decide_months_before=6)
    obligation = ObligationFactory(contract=contract, title="Årsrapport", owner=director)
    ObligationOccurrenceFactory(obligation=obligation, due_on=dt.date(2025, 12, 1))
    ContractFactory(number="K-2", ends_on=dt.date(2026, 11, 30))
    return contract


def whats(response: Any) -> list[tuple[str, str]]:
    return [(row.deadline.agreement.code, row.deadline.what) for row, _address in response.context["rows"]]


ALL = [("K-1", "Årsrapport"), ("K-1", "Option 1"), ("K-1", "Udløb"), ("K-2", "Udløb")]


def test_everybody_in_the_municipality_reads_it(
    reader_client: Client, supplier_client: Client, contract: Contract
) -> None:
    page = reader_client.get(LIST)
    assert whats(page) == ALL
    assert [(stage.value, count) for stage, count in page.context["counts"]] == [
        ("overdue", 1),
        ("begin", 1),
        ("later", 2),
    ]
    assert supplier_client.get(LIST).status_code == 403
    assert Client().get(LIST).status_code == 302
    assert reader_client.post(LIST).status_code == 405


def test_a_line_leads_to_its_agreement(officer_client: Client, contract: Contract) -> None:
    _row, address = officer_client.get(LIST).context["rows"][0]
    assert officer_client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=option", ALL[1:2]),
        ("kind=option&kind=obligation", ALL[:2]),
        ("stage=overdue", ALL[:1]),
        ("stage=begin&stage=later", ALL[1:]),
        ("since=2026-03-31", ALL[1:]),
        ("until=2026-03-31", ALL[:2]),
        ("until=2025-11-30", []),
        ("q=fjordFIRMA", ALL[:3]),
        ("q=årsrapport", ALL[:1]),
        ("q=rammen", ALL[:3]),
        ("ordering=-due_on", ALL[::-1]),
        ("ordering=agreement", ALL),
        ("ordering=what", [ALL[0], ALL[1], ALL[2], ALL[3]]),
        ("kind=vrøvl&stage=x&since=i+morgen&until=31-31&ordering=password&framework=x&p=99", ALL),
        ("until=9999-12-31", ALL),
        ("until=0001-01-01", []),
    ],
)
def test_filters_stand_in_the_address(
    officer_client: Client, contract: Contract, query: str, expected: list[tuple[str, str]]
) -> None:
    assert whats(officer_client.get(f"{LIST}?{query}")) == expected


def test_filters_by_records(officer_client: Client, contract: Contract, officer: User, director: User) -> None:
    for query, expected in (
        (f"framework={contract.lot.framework_id}", ALL[:3]),
        (f"supplier={contract.supplier_id}", ALL[:3]),
        (f"responsible={director.pk}", ALL[:1]),
        (f"responsible={officer.pk}", ALL[1:3]),
    ):
        assert whats(officer_client.get(f"{LIST}?{query}")) == expected, query


def test_counts_do_not_follow_the_chosen_stage(officer_client: Client, contract: Contract) -> None:
    counts = officer_client.get(f"{LIST}?stage=later").context["counts"]
    assert [count for _stage, count in counts] == [1, 1, 2]


def test_columns_are_chosen_in_the_address(officer_client: Client, contract: Contract) -> None:
    columns = officer_client.get(f"{LIST}?columns=rule&columns=owner").context["columns"]
    assert [column.name for column in columns] == ["due_on", "owner", "rule"]


# --- export


def test_what_is_exported_is_what_is_filtered(officer_client: Client, contract: Contract) -> None:
    response = officer_client.get(f"{LIST}?kind=option&export=csv")
    lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0] == (
        "\ufeffFrist;Hvad;Slags;Aftale;Rammeaftale;Ansvarlig;Begynd senest;Hvor det står;Sidste møde;Regel"
    )
    (line,) = lines[1:]
    assert line.split(";") == [
        "2026-03-31",
        "Option 1",
        "Option",
        "K-1 Fjordfirma",
        "Rammen",
        str(contract.lot.framework.responsible),
        "2025-12-31",
        "Begynd nu",
        "Udvalgskalenderen når ikke til denne dag endnu.",
        "Option 1 (12 md.) besluttes 6 måneder før udløbet 30. september 2026",
    ]
    assert "Frister 2026-01-15.csv" in response["Content-Disposition"]


def test_the_workbook_has_the_chosen_columns(officer_client: Client, contract: Contract) -> None:
    response = officer_client.get(f"{LIST}?stage=overdue&columns=what&export=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Frist", "Hvad"],
        [dt.datetime(2025, 12, 1), "Årsrapport"],  # noqa: DTZ001 -- a spreadsheet has no time zones
    ]
    assert officer_client.get(f"{LIST}?export=pdf").status_code == 404


def test_a_name_cannot_become_a_formula(officer_client: Client) -> None:
    contract = ContractFactory()
    DocumentFactory(contract=contract, title="=1+1", expires_on=TODAY)
    response = officer_client.get(f"{LIST}?export=csv")
    assert ";'=1+1;" in b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


# --- saved views


def test_what_is_seen_can_be_saved_and_taken_away(officer_client: Client, officer: User, contract: Contract) -> None:
    save = reverse("contracts:deadline_view_save")
    saved = officer_client.post(save, {"name": "Mine optioner", "querystring": "kind=option&p=2"})
    assert saved["Location"] == f"{LIST}?kind=option"
    page = officer_client.get(saved["Location"])
    assert [(view.name, active) for view, active in page.context["tabs"]] == [("Mine optioner", True)]
    assert officer_client.post(page.context["delete_view_url"]).status_code == 302
    assert not SavedView.objects.exists()
    assert officer_client.post(save, {"name": "", "querystring": ""}).status_code == 302
    assert officer_client.get(save).status_code == 405


def test_a_colleagues_view_is_not_there_to_be_deleted(officer_client: Client, reader: User) -> None:
    view = SavedViewFactory(owner=reader, register="contracts.deadline", is_shared=True)
    other = SavedViewFactory(owner=reader, register="contracts.contract")
    for pk in (view.pk, other.pk):
        assert officer_client.post(reverse("contracts:deadline_view_delete", args=[pk])).status_code == 404


# --- reminders


def test_a_reminder_is_put_off_from_the_list(officer_client: Client, officer: User, contract: Contract) -> None:
    remind(today=TODAY)
    rows = {row.deadline.what: row for row, _address in officer_client.get(LIST).context["rows"]}
    notice = rows["Option 1"].notice
    assert (notice.recipient, rows["Udløb"].notice) == (officer, None)
    here = f"{LIST}?kind=option"
    answer = officer_client.post(reverse("notifications:snooze", args=[notice.pk]), {"days": "7", "next": here})
    assert answer["Location"].startswith(here)
    assert Notice.objects.get(pk=notice.pk).state == "snoozed"
    assert "udsat til 22. jan" in officer_client.get(LIST).content.decode()


# --- queries


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries_with_more_rows(
    officer_client: Client, contract: Contract, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        more = ContractFactory(ends_on=dt.date(2026, 12, 1) + dt.timedelta(days=number))
        ContractOptionFactory(contract=more, number=1)
    officer_client.get(LIST)
    with django_assert_num_queries(33):
        officer_client.get(LIST)


def test_pages_keep_the_filters(officer_client: Client) -> None:
    for number in range(51):
        ContractFactory(number=f"K-{number:02}", ends_on=dt.date(2026, 12, 1))
    page = officer_client.get(f"{LIST}?kind=expiry&p=2")
    assert whats(page) == [("K-50", "Udløb")]
    assert 'href="?kind=expiry&amp;p=1"' in page.content.decode()


def test_nothing_to_show_says_what_to_do(officer_client: Client) -> None:
    assert "Ingen frister det næste år." in officer_client.get(LIST).content.decode()
    assert "fjern et filter" in officer_client.get(f"{LIST}?kind=option").content.decode()
