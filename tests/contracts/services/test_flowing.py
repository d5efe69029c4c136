"""Sets flow to the contracts of their lots, also to those made later, and are taken away without losing what was done."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import User
from contracts.enums import ObligationKind
from contracts.models import Contract, Lot, Obligation, ObligationOccurrence, ObligationSet, ObligationTemplate
from contracts.services import (
    apply_obligation_sets,
    delete_contract,
    delete_obligation_set,
    fulfil_obligation,
    save_contract,
    save_obligation,
    save_obligation_set,
)
from records.services import restore_record
from records.versions import rows_of
from tests.factories import (
    ContractFactory,
    DecisionFactory,
    LotFactory,
    ObligationFactory,
    ObligationTemplateFactory,
    SupplierFactory,
)
from tests.reachable import require_postgres

TODAY = dt.date(2026, 3, 15)
START = dt.date(2026, 1, 1)


def a_set(*lots: Lot, **fields: object) -> ObligationSet:
    """Return a set of a yearly report and a quarterly meeting, saved through its service."""
    obligation_set = ObligationSet(name="Fælles krav", **fields)
    obligation_set.templates.set(
        [
            ObligationTemplate(title="Erfaringsopsamling", days_after_start=90, every_months=12),
            ObligationTemplate(title="Kvartalsmøde", kind=ObligationKind.MEETING, days_after_start=0, every_months=3),
        ]
    )
    return save_obligation_set(obligation_set, related={"lots": lots}, today=TODAY, by=None)


def again(obligation_set: ObligationSet, by: User | None = None, **related: object) -> ObligationSet:
    return save_obligation_set(obligation_set, related=related, today=TODAY, by=by)


def save_today(obligation_set: ObligationSet, **options: object) -> ObligationSet:
    return save_obligation_set(obligation_set, today=TODAY, **options)


def titles_of(contract: Contract) -> list[str]:
    return sorted(contract.obligations.values_list("title", flat=True))


def days_of(contract: Contract, title: str) -> list[str]:
    found = ObligationOccurrence.objects.filter(obligation__contract=contract, obligation__title=title)
    return [occurrence.due_on.isoformat() for occurrence in found]


def written() -> tuple[int, int]:
    return Obligation.history.count(), ObligationOccurrence.history.count()


@pytest.fixture
def contract(db: None) -> Contract:
    return ContractFactory(starts_on=START)


BOTH = ["Erfaringsopsamling", "Kvartalsmøde"]


def test_set_flows_to_the_contracts_of_its_lots_alone(contract: Contract, officer: User) -> None:
    decision, elsewhere = DecisionFactory(), ContractFactory()
    a_set(contract.lot, decision=decision)
    assert (titles_of(contract), titles_of(elsewhere)) == (BOTH, [])
    assert set(contract.obligations.values_list("decision", flat=True)) == {decision.pk}
    assert days_of(contract, "Erfaringsopsamling") == ["2026-04-01", "2027-04-01"]
    assert days_of(contract, "Kvartalsmøde")[:2] == ["2026-01-01", "2026-04-01"]


def test_set_flows_to_contracts_made_later(officer: User) -> None:
    lot = LotFactory()
    a_set(lot)
    later = Contract(number="K-9", supplier=SupplierFactory(), lot=lot, starts_on=dt.date(2150, 1, 1))
    save_contract(later, by=officer)
    assert titles_of(later) == BOTH
    assert days_of(later, "Erfaringsopsamling") == ["2150-04-01"]
    assert {row.history_user for row in Obligation.history.all()} == {officer}


def test_applying_again_changes_nothing(contract: Contract) -> None:
    obligation_set = a_set(contract.lot)
    before = written()
    for target in (contract, contract.lot, obligation_set):
        apply_obligation_sets(target, today=TODAY, by=None)
    again(obligation_set, lots=[contract.lot])
    assert written() == before


def test_contract_that_has_ended_gets_nothing_unless_its_past_is_entered(contract: Contract) -> None:
    contract.ends_on = contract.effective_ends_on = dt.date(2026, 2, 28)
    contract.save()
    obligation_set = a_set(contract.lot)
    assert titles_of(contract) == []
    apply_obligation_sets(obligation_set, today=TODAY, since=START, by=None)
    assert (titles_of(contract), days_of(contract, "Kvartalsmøde")) == (BOTH, ["2026-01-01"])


# --- changes of the set


def test_change_of_the_set_flows_on(contract: Contract, officer: User) -> None:
    obligation_set = a_set(contract.lot)
    report, meeting = obligation_set.templates.order_by("title")
    report.days_after_start, report.title = 120, "Årlig erfaringsopsamling"
    obligation_set.templates.set([report, meeting])
    again(obligation_set, officer, lots=[contract.lot])
    assert titles_of(contract) == ["Kvartalsmøde", "Årlig erfaringsopsamling"]
    assert days_of(contract, "Årlig erfaringsopsamling") == ["2026-05-01", "2027-05-01"]
    entry = Obligation.history.filter(history_type="~").get()
    assert (entry.history_user, entry.history_change_reason) == (officer, "Fælles krav")


def test_change_of_the_set_leaves_what_was_changed_for_one_contract(contract: Contract) -> None:
    obligation_set = a_set(contract.lot)
    own = contract.obligations.get(title="Kvartalsmøde")
    own.every_months = 6
    save_obligation(own, today=TODAY, by=None)
    report, meeting = obligation_set.templates.order_by("title")
    meeting.every_months = 2
    obligation_set.templates.set([report, meeting])
    again(obligation_set, lots=[contract.lot])
    own.refresh_from_db()
    assert (own.every_months, own.follows_set) == (6, False)


def test_obligation_added_to_the_set_flows_on(contract: Contract) -> None:
    obligation_set = a_set(contract.lot)
    added = ObligationTemplate(title="Forsikring", first_due_on=dt.date(2026, 6, 1))
    obligation_set.templates.set([*obligation_set.templates.all(), added])
    again(obligation_set, lots=[contract.lot])
    assert days_of(contract, "Forsikring") == ["2026-06-01"]


def test_obligation_taken_out_asks_for_nothing_more_and_keeps_what_was_fulfilled(
    contract: Contract, officer: User
) -> None:
    obligation_set = a_set(contract.lot)
    report = contract.obligations.get(title="Erfaringsopsamling")
    fulfil_obligation(report.occurrences.get(due_on="2027-04-01"), on=TODAY, by=officer)
    obligation_set.templates.set(obligation_set.templates.filter(title="Kvartalsmøde"))
    again(obligation_set, officer, lots=[contract.lot])
    report.refresh_from_db()
    assert (report.template, report.withdrawn_on) == (None, TODAY)
    assert days_of(contract, "Erfaringsopsamling") == ["2027-04-01"]
    last = report.history.first()
    assert (last.template_id, last.history_user, last.history_change_reason) == (None, officer, "Taget ud af sættet")


def test_set_taken_from_a_lot_and_given_back(contract: Contract) -> None:
    obligation_set = a_set(contract.lot)
    before = days_of(contract, "Kvartalsmøde")
    again(obligation_set, lots=[])
    assert set(contract.obligations.values_list("withdrawn_on", flat=True)) == {TODAY}
    assert days_of(contract, "Kvartalsmøde") == ["2026-01-01"]
    again(obligation_set, lots=[contract.lot])
    assert set(contract.obligations.values_list("withdrawn_on", flat=True)) == {None}
    assert (titles_of(contract), days_of(contract, "Kvartalsmøde")) == (BOTH, before)


def test_deleted_set_lets_go_and_is_restored(contract: Contract, officer: User) -> None:
    obligation_set = a_set(contract.lot)
    key, before = obligation_set.pk, days_of(contract, "Kvartalsmøde")
    delete_obligation_set(obligation_set, today=TODAY, by=officer)
    assert days_of(contract, "Kvartalsmøde") == ["2026-01-01"]
    assert set(contract.obligations.values_list("template", flat=True)) == {None}
    moment = rows_of(ObligationSet, key).last().history_date
    restore_record(ObligationSet, key, moment=moment, save=save_today, by=officer)
    assert (titles_of(contract), days_of(contract, "Kvartalsmøde")) == (BOTH, before)
    assert None not in set(contract.obligations.values_list("template", flat=True))


def test_contract_that_moves_to_another_lot_follows_that_lots_sets(contract: Contract, officer: User) -> None:
    a_set(contract.lot)
    contract.lot = LotFactory()
    save_contract(contract, by=officer)
    assert None not in set(contract.obligations.values_list("withdrawn_on", flat=True))


def test_contract_made_by_mistake_is_deleted_with_what_flowed_to_it(contract: Contract, officer: User) -> None:
    a_set(contract.lot)
    delete_contract(contract, reason="Oprettet ved en fejl", by=officer)
    assert (Contract.objects.count(), Obligation.objects.count(), ObligationOccurrence.objects.count()) == (0, 0, 0)
    reasons = Obligation.history.filter(history_type="-").values_list("history_change_reason", flat=True)
    assert list(reasons) == ["Oprettet ved en fejl"] * 2


def test_contract_with_fulfilled_obligations_is_not_deleted(contract: Contract, officer: User) -> None:
    a_set(contract.lot)
    fulfil_obligation(ObligationOccurrence.objects.first(), on=TODAY, by=officer)
    with pytest.raises(ValidationError, match="kan ikke slettes"):
        delete_contract(contract, by=officer)
    assert titles_of(contract) == BOTH


def test_what_does_not_hold_together_is_said(contract: Contract) -> None:
    obligation_set = ObligationSet(name="Krav")
    obligation_set.templates.set([ObligationTemplate(title="Møde", days_after_start=1, first_due_on=START)])
    with pytest.raises(ValidationError, match="enten en dag eller"):
        again(obligation_set, lots=[contract.lot])


# --- many, and at once


@pytest.mark.parametrize("count", [1, 3])
def test_flow_takes_the_same_queries_for_many(db: None, count: int, django_assert_num_queries) -> None:
    lot = LotFactory()
    obligation_set = a_set(lot)
    for _number in range(count):
        ContractFactory(lot=lot, starts_on=START)
    with django_assert_num_queries(17):
        apply_obligation_sets(obligation_set, today=TODAY, by=None)
    assert Obligation.objects.count() == 2 * count


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_set_and_contract_at_once_do_not_miss_each_other(officer: User) -> None:
    require_postgres()
    lot, supplier, start, failures = LotFactory(), SupplierFactory(), threading.Barrier(2), []

    def run(work: object) -> None:
        try:
            start.wait(timeout=10)
            work()
        except Exception as error:  # noqa: BLE001 -- told below
            failures.append(error)
        finally:
            connection.close()

    def add_contract() -> None:
        save_contract(Contract(number="K-1", supplier=supplier, lot=lot, starts_on=START), by=officer)

    threads = [threading.Thread(target=run, args=(work,)) for work in (add_contract, lambda: a_set(lot))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    assert titles_of(Contract.objects.get()) == BOTH


@pytest.mark.django_db
def test_obligations_by_hand_are_left_alone() -> None:
    own = ObligationFactory()
    apply_obligation_sets(own.contract, today=TODAY, by=None)
    own.refresh_from_db()
    assert own.withdrawn_on is None
    ObligationTemplateFactory()  # of a set in no lot
    apply_obligation_sets(own.contract.lot, today=TODAY, by=None)
    assert Obligation.objects.get() == own
