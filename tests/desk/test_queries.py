"""What stands on the pages about one record."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from desk.queries import contracts, frameworks, supplier_results, suppliers
from desk.tables import Table
from desk.viewer import Viewer
from records.values import display
from records.viewsets import address_of
from suppliers.enums import SupplierStatus
from suppliers.services import change_status
from tests.desk.world import world
from tests.factories import (
    ContractFactory,
    FrameworkAgreementFactory,
    LotFactory,
    ObligationOccurrenceFactory,
    SpendFactory,
    SupplierFactory,
)

TODAY = dt.date(2026, 5, 4)


@pytest.fixture
def viewer(officer: User) -> Viewer:
    return Viewer(officer, TODAY)


def values(table: Table) -> list[list[str]]:
    return [[display(value) for value in line] for line in table.lines()]


def fact(rows: list, label: str) -> str:
    return next(" ".join(item.text for item in row.items) for row in rows if row.label == label)


def test_running_contracts_are_counted_and_stand_first(viewer: Viewer) -> None:
    supplier = SupplierFactory()
    lot = LotFactory(code="1A")
    ContractFactory(supplier=supplier, lot=lot, number="K-1", ends_on=dt.date(2021, 6, 30))
    ContractFactory(supplier=supplier, lot=lot, number="K-2", starts_on=dt.date(2021, 7, 1))
    facts = suppliers.facts(supplier, viewer)
    assert (fact(facts, "Løbende kontrakter"), fact(facts, "Kontrakter i alt")) == ("1", "2")
    (table,) = suppliers.contracts(supplier, viewer)["tables"]
    assert [(line[0], line[-2]) for line in values(table)] == [
        ("K-2", "Gyldig, uden slutdato"),
        ("K-1", "Udløbet 30. juni 2021"),
    ]


def test_supplier_timeline_tells_all_kinds(viewer: Viewer, officer: User) -> None:
    made = world(1)
    change_status(made.supplier, status=SupplierStatus.PAUSED, reason="Tilsyn", since=TODAY, today=TODAY, by=officer)
    kinds = {event.kind for event in suppliers.overview(made.supplier, viewer)["timeline"].events}
    wide = Viewer(officer, TODAY, {"flere": "5"})
    kinds |= {event.kind for event in suppliers.overview(made.supplier, wide)["timeline"].events}
    assert kinds == {
        "Kontrakt begynder",
        "Option afgjort",
        "Ændring trådt i kraft",
        "Forpligtelse opfyldt",
        "Dokument",
        "Status",
        "Lagt sammen",
        "Erfaringsopsamling",
        "Tal",
    }


def test_a_timeline_is_newest_first_and_tells_of_more(viewer: Viewer, officer: User) -> None:
    supplier = SupplierFactory()
    for number in range(suppliers.FIRST_EVENTS + 3):
        ContractFactory(supplier=supplier, starts_on=dt.date(2020, 1, 1) + dt.timedelta(days=number))
    first = suppliers.overview(supplier, viewer)["timeline"]
    days = [event.day for event in first.events]
    assert (len(days), days, first.has_more) == (suppliers.FIRST_EVENTS, sorted(days, reverse=True), True)
    more = suppliers.overview(supplier, Viewer(officer, TODAY, {"flere": "2"}))["timeline"]
    assert (len(more.events), more.has_more) == (suppliers.FIRST_EVENTS + 3, False)


def test_what_has_not_happened_yet_is_not_told(viewer: Viewer) -> None:
    supplier = SupplierFactory()
    ContractFactory(supplier=supplier, starts_on=TODAY + dt.timedelta(days=1))
    assert suppliers.overview(supplier, viewer)["timeline"].events == ()


def test_figures_and_reports_of_a_merged_supplier_stand_with_the_survivor(viewer: Viewer) -> None:
    made = world(1)
    _comments, figures = supplier_results.results(made.supplier, viewer)["tables"]
    assert {line[-1] for line in values(figures)} == {"Broen", f"{made.supplier.merged.get().name} (nu Broen)"}
    reports, points = suppliers.reports(made.supplier, viewer)["tables"]
    assert (len(values(reports)), len(values(points))) == (1, 1)


@pytest.mark.parametrize(
    ("terms", "sentence", "tone"),
    [
        ({"starts_on": TODAY + dt.timedelta(days=1)}, "Ikke begyndt, starter 5. maj 2026", "info"),
        ({}, "Gyldig, uden slutdato", "info"),
        ({"effective_ends_on": TODAY}, "Gyldig til 4. maj 2026", "info"),
        ({"effective_ends_on": TODAY - dt.timedelta(days=1)}, "Udløbet 3. maj 2026", "critical"),
        (
            {"ceiling_reached_in": dt.date(2026, 5, 1)},
            "Gyldig, ingen nye visitationer: rammens loft er brugt",
            "critical",
        ),
    ],
)
def test_a_framework_says_where_it_stands(viewer: Viewer, terms: dict, sentence: str, tone: str) -> None:
    (banner,) = frameworks.banners(FrameworkAgreementFactory(**terms), viewer)
    assert (banner.text, banner.tone) == (sentence, tone)


def test_matrix_of_lots_and_suppliers(viewer: Viewer) -> None:
    framework = FrameworkAgreementFactory()
    first, second = (LotFactory(framework=framework, code=code) for code in ("1A", "1B"))
    most = SupplierFactory(name="Kompas")
    for lot in (first, second):
        ContractFactory(lot=lot, supplier=most, number=f"K-{lot.code}")
    ContractFactory(lot=second, supplier=SupplierFactory(name="Broen"), number="B-1", ends_on=dt.date(2021, 6, 30))
    ContractFactory()
    matrix = frameworks.matrix(framework, viewer)
    assert matrix.lots == (first, second)
    cells = [
        (supplier.name, [[(cell.number, cell.state, cell.tone) for cell in held] for held in row])
        for supplier, _url, row in matrix.rows
    ]
    assert cells == [
        ("Broen", [[], [("B-1", "Udløbet", "quiet")]]),
        ("Kompas", [[("K-1A", "Gyldig", "good")], [("K-1B", "Gyldig", "good")]]),
    ]


def test_a_contract_tells_of_its_suppliers_status(viewer: Viewer) -> None:
    supplier = SupplierFactory(name="Broen", status="paused", status_reason="Tilsyn.", status_since=dt.date(2026, 5, 1))
    banners = contracts.banners(ContractFactory(supplier=supplier), viewer)
    assert [banner.text for banner in banners] == [
        "Gyldig, ingen nye visitationer: leverandørens status er “Ingen nye visitationer”",
        "Broen: Ingen nye visitationer siden 1. maj 2026: Tilsyn.",
    ]


def test_a_contract_names_the_days_of_its_options(viewer: Viewer) -> None:
    made = world(2)
    options = contracts.overview(made.contract, viewer)["options"]
    assert [(option.number, days.ends_on.year) for option, days in options] == [(1, 2100), (2, 2101)]


def test_the_frameworks_own_stands_beside_its_contracts(viewer: Viewer) -> None:
    made = world(1)
    (amendments,) = frameworks.amendments(made.framework, viewer)["tables"]
    assert len(values(amendments)) == 3  # its own, and one of each contract
    (documents,) = frameworks.documents(made.framework, viewer)["tables"]
    assert len(values(documents)) == 2  # of the contracts; its own stand above


def test_deadlines_say_what_they_follow_from(viewer: Viewer) -> None:
    contract = ContractFactory(
        number="K-7", supplier__name="Broen", ends_on=dt.date(2026, 12, 31), notice_months=6, notice_to_month_end=True
    )
    (table,) = contracts.deadlines(contract, viewer)["tables"]
    rows = {line[1]: line for line in values(table)}
    assert rows["Opsigelse"][0] == "30. juni 2026"
    assert rows["Opsigelse"][2] == "K-7 Broen"
    assert "31. december 2026" in rows["Opsigelse"][5]
    assert suppliers.deadlines(contract.supplier, viewer)["tables"][0].rows == table.rows


def test_the_next_deadlines_stand_on_the_overview(viewer: Viewer) -> None:
    overdue = ObligationOccurrenceFactory(due_on=TODAY - dt.timedelta(days=3))
    contract = overdue.obligation.contract
    (first,) = contracts.overview(contract, viewer)["next"]
    assert (first["stage"].value, first["days_over"], first["url"]) == ("overdue", 3, address_of(contract))
    assert suppliers.overview(contract.supplier, viewer)["next"] == [first]
    assert frameworks.overview(contract.lot.framework, viewer)["next"] == [first]


def test_spend_by_contract_and_month(viewer: Viewer) -> None:
    contract = ContractFactory(number="K-7", starts_on=dt.date(2025, 1, 1), expected_referrals_per_year=120)
    for month, amount in ((3, 1000), (4, 500)):
        SpendFactory(contract=contract, month=dt.date(2026, month, 1), amount_dkk=amount, referrals=7)
    by_contract, by_month = suppliers.spend(contract.supplier, viewer)["tables"]
    (figures,) = by_contract.prepare(list(by_contract.rows))
    assert (figures.spent_dkk, figures.referrals) == (1500, 14)
    assert values(by_month) == [["April 2026", "500", "7"], ["Marts 2026", "1.000", "7"]]
    assert fact(suppliers.facts(contract.supplier, viewer), "Forbrug de seneste 12 måneder i kr.") == "1.500"


def test_no_spend_is_a_dash_and_not_0(viewer: Viewer) -> None:
    contract = ContractFactory()
    assert fact(suppliers.facts(contract.supplier, viewer), "Forbrug de seneste 12 måneder i kr.") == "–"
    by_contract, by_month = contracts.spend(contract, viewer)["tables"]
    assert values(by_contract)[0][2:] == ["–", "–", "–", "–", "–"]
    assert values(by_month) == []
