"""Spend comes in whole or not at all; corrections take the place of what was there, and nothing is ever refused for a ceiling."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from contracts.checks import CHECKS
from contracts.models import Contract, FrameworkAgreement, Spend, SpendDelivery
from contracts.services.spend import import_spend, plan_spend, reinstate_spend, withdraw_spend
from contracts.services.spend.comparing import ChangeKind, Figures
from records.sheets.errors import ImportRefusedError
from tests.contracts.spend_files import HEAD, spend_file, spend_workbook
from tests.factories import ContractFactory, FrameworkAgreementFactory, LotFactory

PROVENANCE = {"source": "Økonomisystemet", "extracted_on": dt.date(2026, 6, 30)}
JANUARY, FEBRUARY, MARCH = (dt.date(2026, number, 1) for number in (1, 2, 3))


@pytest.fixture
def contract(db: None) -> Contract:
    """A contract in a lot with a ceiling of 250,000 kr. of the framework's 500,000."""
    framework = FrameworkAgreementFactory(ceiling_dkk=500_000)
    lot = LotFactory(framework=framework, ceiling_dkk=250_000)
    return ContractFactory(number="K-1", lot=lot, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31))


def bring(*lines, by=None, **provenance):
    return import_spend(spend_file(*lines), **{**PROVENANCE, **provenance}, by=by)


def refusal(file, **provenance):
    """Import a file that must be refused and return where and what; nothing may have been written."""
    with pytest.raises(ImportRefusedError) as error:
        import_spend(file, **{**PROVENANCE, **provenance}, by=None)
    assert SpendDelivery.objects.count() == Spend.objects.count() == 0
    assert all(e.problem.endswith(".") and e.remedy.endswith((".", "?")) for e in error.value.errors)
    return [(e.row, e.column, e.value) for e in error.value.errors]


def counting():
    rows = Spend.objects.current().order_by("contract__number", "month")
    return [(row.contract.number, row.month.month, row.amount_dkk, row.referrals) for row in rows]


def problems():
    return [problem.message for check in CHECKS for problem in check()]


# --- what comes in


def test_a_file_comes_in_whole(contract, officer):
    result = bring("K-1;2026-01;1.234,50;7", "K-1;februar 2026;-200;", "K-1;03-2026;0;0", by=officer, note="Første")
    delivery = result.delivery
    assert (delivery.source, delivery.file_name, delivery.note, delivery.imported_by) == (
        "Økonomisystemet",
        "forbrug.csv",
        "Første",
        officer,
    )
    assert delivery.history.get().history_user == officer
    assert counting() == [("K-1", 1, Decimal("1234.50"), 7), ("K-1", 2, Decimal(-200), None), ("K-1", 3, 0, 0)]
    assert result.plan.counts == {ChangeKind.NEW: 3, ChangeKind.CHANGED: 0, ChangeKind.UNCHANGED: 0}
    assert problems() == []


@pytest.mark.parametrize("head", ["Kontraktnummer;Måned;Beløb;Visitationer", "kontrakt;periode;forbrug;henvisninger"])
def test_danish_heads(contract, head):
    import_spend(spend_file("K-1;2026-01;100;1", head=head), **PROVENANCE, by=None)
    assert counting() == [("K-1", 1, 100, 1)]


def test_a_workbook_and_no_column_for_referrals(contract):
    row = ["K-1", dt.datetime(2026, 1, 31), 1234.5]  # noqa: DTZ001
    import_spend(spend_workbook(row, head="contract_number;month;amount_dkk"), **PROVENANCE, by=None)
    assert counting() == [("K-1", 1, Decimal("1234.50"), None)]


def test_dry_run_writes_nothing(contract):
    result = bring("K-1;2026-01;100;1", dry_run=True)
    assert (result.delivery, len(result.plan.changes), SpendDelivery.objects.count()) == (None, 1, 0)


@pytest.mark.parametrize("number", ["2020 - 4403", "2020-4403", "2020 -4403"])
def test_spaces_in_a_number_are_the_systems_own(contract, number):
    ContractFactory(number="2020 - 4403")
    bring(f"{number};2026-01;1;1")
    assert counting() == [("2020 - 4403", 1, 1, 1)]


def test_spaces_count_where_two_numbers_differ_in_nothing_else(contract):
    ContractFactory(number="2020 - 4403")
    ContractFactory(number="2020-4403")
    bring("2020-4403;2026-01;1;1", "2020 - 4403;2026-01;2;2")
    assert sorted(counting()) == [("2020 - 4403", 1, 2, 2), ("2020-4403", 1, 1, 1)]


# --- what is refused


def test_all_errors_at_once_in_the_order_of_the_file(contract):
    lines = ["K-9;2026-01;100;1", "K-1;2026-13;mange;-1", ";;;", "K-1;2026-02;;", "K-1;2026-03;1;1", "K-1;2026-03;2;2"]
    assert refusal(spend_file(*lines, "K-1;2026-07;1;1", "010190-1234;2026-01;1;1", "=A1;2026-01;1;1")) == [
        (2, "contract_number", "K-9"),
        (3, "month", "2026-13"),
        (3, "amount_dkk", "mange"),
        (3, "referrals", "-1"),
        (5, "amount_dkk", ""),
        (7, "month", "K-1 2026-03"),
        (8, "month", "K-1 2026-07"),
        (9, "contract_number", ""),
        (10, "contract_number", "=A1"),
    ]


def test_an_unknown_number_names_those_near_it(contract):
    with pytest.raises(ImportRefusedError) as error:
        bring("K-11;2026-01;100;1")
    assert "K-1" in error.value.errors[0].remedy


@pytest.mark.parametrize(
    "provenance",
    [{"source": " "}, {"extracted_on": dt.date(2999, 1, 1)}, {"source": "010190-1234"}, {"note": "010190-1234"}],
)
def test_provenance_is_required_and_impersonal(contract, provenance):
    assert refusal(spend_file("K-1;2026-01;100;1"), **provenance) == [(None, "", "")]


def test_a_head_that_is_another_file(contract):
    assert [row for row, _column, _value in refusal(spend_file("1;2", head="navn;alder"))] == [1] * 5


def test_the_same_file_twice_is_refused_with_the_first(contract):
    first = bring("K-1;2026-01;100;1").delivery
    with pytest.raises(ImportRefusedError) as error:
        bring("K-1;2026-01;100;1")
    assert str(first.pk) in error.value.errors[0].problem


# --- what is only odd


def test_months_outside_the_contract_are_warned_of_and_come_in(contract):
    contract.run_off_ends_on = dt.date(2027, 3, 31)
    contract.save()
    lines = ["K-1;2025-12;1;1", "K-1;2026-01;1;1", "K-1;2027-03;1;1", "K-1;2027-04;1;1"]
    with time_machine.travel("2027-07-01"):
        plan = plan_at(dt.date(2027, 6, 30), *lines)
    assert [(warning.row, warning.column) for warning in plan.warnings] == [(2, "month"), (5, "month")]
    assert "1. januar 2026" in plan.warnings[0].problem
    assert "31. marts 2027" in plan.warnings[1].problem


def plan_at(extracted_on, *lines):
    return plan_spend(spend_file(*lines), source="Økonomisystemet", extracted_on=extracted_on)


def test_an_older_file_that_corrects_is_warned_of(contract):
    bring("K-1;2026-01;100;1")
    older = plan_at(dt.date(2026, 5, 31), "K-1;2026-01;90;1")
    newer = plan_at(dt.date(2026, 6, 30), "K-1;2026-01;90;1")
    fresh = plan_at(dt.date(2026, 5, 31), "K-1;2026-02;90;1")
    assert [len(plan.warnings) for plan in (older, newer, fresh)] == [1, 0, 0]


# --- corrections


def test_a_correction_is_told_and_takes_the_place_of_the_earlier_row(contract):
    bring("K-1;2026-01;100;1", "K-1;2026-02;200;2")
    plan = bring("K-1;2026-01;150;1", "K-1;2026-02;200;2", "K-1;2026-03;300;3").plan
    assert [(change.kind, change.before) for change in plan.changes] == [
        (ChangeKind.CHANGED, Figures(Decimal(100), 1)),
        (ChangeKind.UNCHANGED, Figures(Decimal(200), 2)),
        (ChangeKind.NEW, None),
    ]
    assert counting() == [("K-1", 1, 150, 1), ("K-1", 2, 200, 2), ("K-1", 3, 300, 3)]
    assert Spend.objects.count() == 5
    assert problems() == []


def test_withdrawal_brings_the_earlier_rows_back(contract, officer):
    first = bring("K-1;2026-01;100;1", "K-1;2026-02;200;2").delivery
    second = bring("K-1;2026-01;150;1", "K-1;2026-03;300;3").delivery
    third = bring("K-1;2026-01;175;1").delivery
    withdraw_spend(second, reason="Forkert udtræk", by=officer)
    assert counting() == [("K-1", 1, 175, 1), ("K-1", 2, 200, 2)]
    withdraw_spend(third, reason="Forkert udtræk", by=officer)
    assert counting() == [("K-1", 1, 100, 1), ("K-1", 2, 200, 2)]
    reinstate_spend(second, by=officer)
    assert counting() == [("K-1", 1, 150, 1), ("K-1", 2, 200, 2), ("K-1", 3, 300, 3)]
    withdraw_spend(first, reason="Også forkert", by=officer)
    assert counting() == [("K-1", 1, 150, 1), ("K-1", 3, 300, 3)]
    assert problems() == []


def test_withdrawal_needs_a_reason_and_a_delivery_in_use(contract, officer):
    delivery = bring("K-1;2026-01;100;1").delivery
    with pytest.raises(ValidationError):
        withdraw_spend(delivery, reason="  ", by=officer)
    with pytest.raises(ValidationError):
        reinstate_spend(delivery, by=officer)
    withdraw_spend(delivery, reason="Forkert", by=officer)
    latest = delivery.history.first()
    assert (latest.history_user, latest.history_change_reason) == (officer, "Forkert")
    with pytest.raises(ValidationError):
        withdraw_spend(delivery, reason="Igen", by=officer)


def test_a_withdrawn_file_may_come_again_and_then_the_first_not_be_put_back(contract, officer):
    first = withdraw_spend(bring("K-1;2026-01;100;1").delivery, reason="Forkert", by=officer)
    bring("K-1;2026-01;100;1")
    with pytest.raises(ValidationError):
        reinstate_spend(first, by=officer)


# --- ceilings


def test_spending_above_the_ceiling_is_recorded_with_an_alarm(contract, officer):
    lot, framework = contract.lot, contract.lot.framework
    plan = bring("K-1;2026-01;200000;", "K-1;2026-02;60000;", "K-1;2026-03;250000;", by=officer).plan
    assert [(alarm.agreement, alarm.over_dkk, alarm.is_new) for alarm in plan.alarms] == [
        (framework, 10_000, True),
        (lot, 260_000, True),
    ]
    lot.refresh_from_db()
    framework.refresh_from_db()
    assert (lot.ceiling_reached_in, framework.ceiling_reached_in) == (FEBRUARY, MARCH)
    latest = framework.history.first()
    assert (latest.history_user, latest.ceiling_reached_in) == (officer, MARCH)
    assert bring("K-1;2026-04;1;").plan.alarms[0].is_new is False


def test_a_correction_or_withdrawal_takes_the_ceilings_month_back(contract, officer):
    delivery = bring("K-1;2026-01;600000;", by=officer).delivery
    withdraw_spend(delivery, reason="Forkert", by=officer)
    contract.lot.refresh_from_db()
    assert (contract.lot.ceiling_reached_in, FrameworkAgreement.objects.get().ceiling_reached_in) == (None, None)
    bring("K-1;2026-01;10;")
    reinstate_spend(delivery, by=officer)  # the newer file still counts
    assert FrameworkAgreement.objects.get().ceiling_reached_in is None
    assert problems() == []


# --- size, and two at once


@pytest.mark.parametrize("rows", [1, 24])
def test_query_count_does_not_grow_with_rows(contract, django_assert_num_queries, rows):
    lines = [f"K-1;{2024 + place // 12}-{place % 12 + 1:02};{place};1" for place in range(rows)]
    # Wagtail follows references once its addresses are loaded, and a process remembers content types: neither is what is counted.
    reverse("wagtailadmin_home")
    bring("K-1;2023-12;1;1")
    with django_assert_num_queries(35):
        bring(*lines)


def test_thousands_of_rows_come_in_batches(contract):
    others = [f"K-1;{1990 + place // 12}-{place % 12 + 1:02};{place};1" for place in range(400)]
    bring(*others)
    assert Spend.objects.current().count() == 400


def test_two_imports_of_the_same_months_at_once(transactional_db, request):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory cannot be written from two threads")
    ContractFactory(number="K-1")
    failures = []

    def run(amount):
        try:
            bring(f"K-1;2026-01;{amount};1")
        except Exception as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[amount]) for amount in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    newest = SpendDelivery.objects.order_by("pk").last()
    assert list(Spend.objects.current().values_list("delivery", flat=True)) == [newest.pk]


def test_head_is_what_the_page_says():
    assert HEAD.split(";") == ["contract_number", "month", "amount_dkk", "referrals"]
