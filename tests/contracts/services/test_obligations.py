"""Obligations of one agreement: saved, changed, deleted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from contracts.enums import ObligationState
from contracts.models import Obligation, ObligationOccurrence
from contracts.services import (
    delete_obligation,
    follow_set_again,
    fulfil_obligation,
    save_obligation,
)
from records.services import restore_record
from records.versions import rows_of
from tests.factories import (
    ContractFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
    ObligationTemplateFactory,
)

TODAY = dt.date(2026, 3, 15)
DUE = dt.date(2026, 5, 1)


def saved(officer: User, **fields: object) -> Obligation:
    obligation = Obligation(**{"contract": ContractFactory(), "title": "Forsikring", "first_due_on": DUE, **fields})
    return save_obligation(obligation, today=TODAY, by=officer)


def flowed(**fields: object) -> Obligation:
    template = ObligationTemplateFactory(title="Forsikring", first_due_on=DUE, days_after_start=None)
    return ObligationFactory(**{"title": "Forsikring", "first_due_on": DUE, "template": template, **fields})


def test_new_obligation_is_planned_and_attributed(officer: User) -> None:
    obligation = saved(officer)
    assert [row.due_on for row in obligation.occurrences.all()] == [DUE]
    assert [row.history_user for row in ObligationOccurrence.history.all()] == [officer]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"days_after_start": 3}, "enten en dag eller"),
        ({"first_due_on": None}, "enten en dag eller"),
        ({"every_months": 0}, "tidligst efter en måned"),
        ({"contract": None}, "én kontrakt eller én rammeaftale"),
        ({"title": ""}, "kan ikke være tomt"),
    ],
)
def test_what_does_not_hold_together_is_said(officer: User, fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        saved(officer, **fields)
    assert Obligation.objects.count() == 0


def test_obligation_stays_with_its_agreement(officer: User) -> None:
    obligation = saved(officer)
    obligation.contract = ContractFactory()
    with pytest.raises(ValidationError, match="bliver ved sin aftale"):
        save_obligation(obligation, today=TODAY, by=officer)


def test_change_for_one_contract_leaves_the_set_and_comes_back(officer: User) -> None:
    obligation = flowed()
    obligation.first_due_on = dt.date(2026, 8, 1)
    save_obligation(obligation, today=TODAY, by=officer)
    assert not obligation.follows_set
    follow_set_again(obligation, today=TODAY, by=officer)
    obligation.refresh_from_db()
    assert (obligation.follows_set, obligation.first_due_on) == (True, DUE)
    assert [row.due_on for row in obligation.occurrences.all()] == [DUE]
    with pytest.raises(ValidationError, match="ikke fra et sæt"):
        follow_set_again(saved(officer), today=TODAY, by=officer)


def test_owner_and_end_are_no_change_of_the_rule(officer: User) -> None:
    obligation = flowed()
    obligation.owner, obligation.ends_on = officer, dt.date(2030, 1, 1)
    save_obligation(obligation, today=TODAY, by=officer)
    assert obligation.follows_set


def test_deleted_with_its_open_days_and_restored(officer: User) -> None:
    obligation = saved(officer)
    key = obligation.pk
    delete_obligation(obligation, reason="Fejl", by=officer)
    assert (Obligation.objects.count(), ObligationOccurrence.objects.count()) == (0, 0)
    moment = rows_of(Obligation, key).last().history_date

    def save(record: Obligation, **options: object) -> Obligation:
        return save_obligation(record, today=TODAY, **options)

    restore_record(Obligation, key, moment=moment, save=save, by=officer)
    assert [row.due_on for row in Obligation.objects.get(pk=key).occurrences.all()] == [DUE]


def test_what_was_settled_or_comes_from_a_set_is_not_deleted(officer: User) -> None:
    obligation = saved(officer)
    fulfil_obligation(obligation.occurrences.get(), on=TODAY, by=officer)
    with pytest.raises(ValidationError, match="afsluttet 1 gang"):
        delete_obligation(obligation, by=officer)
    with pytest.raises(ValidationError, match="kommer fra sættet"):
        delete_obligation(flowed(), by=officer)
    assert Obligation.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "due", "state"),
    [
        ({}, ["2026-03-01", "2026-06-01"], ObligationState.OVERDUE),
        ({}, ["2026-03-15"], ObligationState.UPCOMING),
        ({}, [], ObligationState.NOTHING_LEFT),
        ({"withdrawn_on": TODAY}, [], ObligationState.ENDED),
        ({"ends_on": dt.date(2026, 3, 14)}, [], ObligationState.ENDED),
        ({"ends_on": dt.date(2026, 3, 14)}, ["2026-03-01"], ObligationState.OVERDUE),
    ],
)
def test_standing_of_an_obligation(fields: dict[str, object], due: list[str], state: ObligationState) -> None:
    obligation = ObligationFactory(**fields)
    for day in due:
        ObligationOccurrenceFactory(obligation=obligation, due_on=day)
    row = Obligation.objects.with_standing(today=TODAY).get(pk=obligation.pk)
    first = dt.date.fromisoformat(due[0]) if due else None
    assert (row.state, row.next_due_on, row.overdue_count) == (state, first, int(state == ObligationState.OVERDUE))
