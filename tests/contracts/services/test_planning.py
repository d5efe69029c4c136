"""Days are written down by the rule; what lies ahead follows it, what is settled or past does not."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from contracts.enums import OccurrenceState, OptionState, Party
from contracts.models import Obligation, ObligationOccurrence
from contracts.services import (
    decide_option,
    extend_horizons,
    fulfil_obligation,
    give_notice,
    plan_many,
    plan_occurrences,
    save_contract,
    save_framework,
    save_obligation,
)
from contracts.services.planning import Planned
from tests.factories import (
    ContractFactory,
    ContractOptionFactory,
    FrameworkAgreementFactory,
    ObligationFactory,
    ObligationTemplateFactory,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 15)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def yearly(**fields: object) -> Obligation:
    return ObligationFactory(**{"first_due_on": day("2026-05-01"), "every_months": 12, **fields})


def days_of(obligation: Obligation, **conditions: object) -> list[str]:
    found = ObligationOccurrence.objects.filter(obligation=obligation, **conditions).order_by("due_on")
    return [due.isoformat() for due in found.values_list("due_on", flat=True)]


def plan(obligation: Obligation, *, today: dt.date = TODAY, **options: object) -> list[str]:
    plan_occurrences(obligation, today=today, by=None, **options)
    return days_of(obligation)


# --- what is written down


def test_open_end_is_planned_to_the_horizon() -> None:
    assert plan(yearly()) == ["2026-05-01", "2027-05-01"]


def test_end_of_the_agreement_is_the_end() -> None:
    assert plan(yearly(contract=ContractFactory(ends_on=day("2027-04-30")))) == ["2026-05-01"]
    assert plan(yearly(contract=None, framework=FrameworkAgreementFactory(ends_on=day("2027-05-01")))) == [
        "2026-05-01",
        "2027-05-01",
    ]


def test_own_end_comes_before_the_agreements() -> None:
    assert plan(yearly(ends_on=day("2026-12-31"))) == ["2026-05-01"]


def test_recent_past_is_asked_for_the_first_time_only() -> None:
    obligation = yearly(first_due_on=day("2025-12-20"), every_months=1, ends_on=day("2026-04-30"))
    assert plan(obligation) == ["2025-12-20", "2026-01-20", "2026-02-20", "2026-03-20", "2026-04-20"]
    ObligationOccurrence.objects.filter(obligation=obligation, due_on__lt=TODAY).delete()
    assert plan(obligation) == ["2026-03-20", "2026-04-20"]


def test_past_is_entered_afterwards_on_demand() -> None:
    obligation = yearly(first_due_on=day("2021-05-01"), ends_on=day("2026-12-31"))
    assert plan(obligation, since=day("2024-01-01")) == ["2024-05-01", "2025-05-01", "2026-05-01"]


def test_one_day_by_hand_stands_also_after_the_end() -> None:
    ended = ContractFactory(ends_on=day("2025-12-31"))
    assert plan(ObligationFactory(contract=ended, first_due_on=day("2026-04-01"))) == ["2026-04-01"]
    assert plan(ObligationFactory(contract=ended, first_due_on=day("2020-04-01"))) == ["2020-04-01"]


def test_what_flowed_begins_with_the_contract() -> None:
    contract = ContractFactory(starts_on=day("2026-06-01"))
    obligation = yearly(contract=contract, template=ObligationTemplateFactory(), first_due_on=day("2020-05-01"))
    assert plan(obligation) == ["2027-05-01"]


def test_planning_again_changes_nothing(django_assert_num_queries) -> None:
    obligation = yearly()
    plan(obligation)
    history = ObligationOccurrence.history.count()
    assert plan_occurrences(obligation, today=TODAY, by=None) == Planned()
    assert ObligationOccurrence.history.count() == history


@pytest.mark.parametrize("count", [1, 3])
def test_planning_takes_the_same_queries_for_many(count: int, django_assert_num_queries) -> None:
    keys = [yearly().pk for _number in range(count)]
    with django_assert_num_queries(6):  # obligations, occurrences, two inserts; a savepoint
        assert plan_many(keys, today=TODAY, by=None) == Planned(created=2 * count)


# --- what follows


def test_days_ahead_follow_the_rule_and_settled_ones_stay(officer: User) -> None:
    obligation = yearly(first_due_on=day("2026-02-01"))
    plan(obligation)
    fulfilled = obligation.occurrences.get(due_on=day("2027-02-01"))
    fulfil_obligation(fulfilled, on=TODAY, by=officer)
    obligation.first_due_on = day("2026-06-01")
    save_obligation(obligation, today=TODAY, by=officer)
    assert days_of(obligation, state=OccurrenceState.OPEN) == ["2026-02-01", "2026-06-01", "2027-06-01"]
    assert days_of(obligation, state=OccurrenceState.FULFILLED) == ["2027-02-01"]
    assert ObligationOccurrence.history.filter(history_type="-", due_on="2028-02-01").get().history_user == officer


def test_what_is_due_today_still_follows() -> None:
    obligation = yearly(first_due_on=TODAY)
    plan(obligation)
    obligation.ends_on = TODAY - dt.timedelta(days=1)
    save_obligation(obligation, today=TODAY, by=None)
    assert days_of(obligation) == []


def test_past_open_days_stay_when_the_obligation_ends() -> None:
    obligation = yearly(first_due_on=day("2026-02-01"), ends_on=None)
    plan(obligation)
    obligation.ends_on = TODAY
    save_obligation(obligation, today=TODAY, by=None)
    assert days_of(obligation) == ["2026-02-01"]


def test_one_day_is_moved_and_not_doubled() -> None:
    obligation = ObligationFactory(first_due_on=day("2026-03-01"))
    plan(obligation)
    obligation.first_due_on = day("2026-04-01")
    save_obligation(obligation, today=TODAY, by=None)
    assert days_of(obligation) == ["2026-04-01"]
    fulfil_obligation(obligation.occurrences.get(), on=TODAY, by=None)
    obligation.first_due_on = day("2026-05-01")
    save_obligation(obligation, today=TODAY, by=None)
    assert days_of(obligation) == ["2026-04-01"]


# --- with the agreement

FAR = dt.date(2200, 6, 30)  # the services read today's date themselves


def test_exercised_option_adds_days_and_notice_takes_them_away(officer: User) -> None:
    contract = ContractFactory(starts_on=day("2190-07-01"), ends_on=FAR, notice_months=6)
    ContractOptionFactory(contract=contract, number=1)
    obligation = ObligationFactory(contract=contract, first_due_on=day("2199-05-01"), every_months=12)
    plan(obligation, today=day("2199-01-01"))
    assert days_of(obligation) == ["2199-05-01", "2200-05-01"]
    decide_option(contract.options.get(), state=OptionState.EXERCISED, decided_on=day("2199-05-01"), by=officer)
    plan(obligation, today=day("2199-06-01"))
    assert days_of(obligation) == ["2199-05-01", "2200-05-01", "2201-05-01"]
    give_notice(contract, given_on=day("2199-06-10"), given_by=Party.SUPPLIER, by=officer)
    assert days_of(obligation) == ["2199-05-01"]
    assert {row.history_user for row in ObligationOccurrence.history.filter(history_type="-")} == {officer}


def test_framework_that_ends_earlier_takes_its_days_along() -> None:
    framework = FrameworkAgreementFactory()
    obligation = ObligationFactory(
        contract=None, framework=framework, first_due_on=day("2150-05-01"), every_months=12, ends_on=day("2151-12-31")
    )
    plan(obligation, today=day("2150-01-01"))
    framework.ends_on = day("2150-12-31")
    save_framework(framework, by=None)
    assert days_of(obligation) == ["2150-05-01"]


def test_contract_saved_without_a_change_plans_nothing(officer: User) -> None:
    contract = ContractFactory()
    obligation = ObligationFactory(contract=contract, first_due_on=day("2150-05-01"))
    plan(obligation)
    history = ObligationOccurrence.history.count()
    save_contract(contract, by=officer)
    assert (days_of(obligation), ObligationOccurrence.history.count()) == (["2150-05-01"], history)


# --- every day


def test_horizon_moves_day_by_day(django_assert_num_queries) -> None:
    monthly = yearly(first_due_on=day("2026-01-31"), every_months=1)
    yearly(ends_on=day("2026-01-01"))
    plan(monthly)
    assert days_of(monthly)[-1] == "2028-02-29"
    with django_assert_num_queries(1):
        assert extend_horizons(today=day("2026-03-16")) == Planned()
    assert extend_horizons(today=day("2026-03-31")) == Planned(created=1)
    assert extend_horizons(today=day("2026-03-31")) == Planned()
    assert days_of(monthly)[-1] == "2028-03-31"


def test_what_was_never_planned_is_found_by_the_sweep() -> None:
    obligation = yearly()
    assert extend_horizons(today=TODAY) == Planned(created=2)
    assert days_of(obligation) == ["2026-05-01", "2027-05-01"]
