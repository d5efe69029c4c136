"""Many rows in few queries, and none of them without an entry in history."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from contracts.models import Obligation, ObligationOccurrence
from records.bulk import create_many, delete_many, update_many
from tests.factories import ObligationFactory, ObligationOccurrenceFactory

DAYS = [dt.date(2026, month, 1) for month in range(1, 13)]


def entries(model: type, user: User) -> list[tuple[str, str | None, bool]]:
    rows = model.history.order_by("history_id")
    return [(row.history_type, row.history_change_reason, row.history_user == user) for row in rows]


def test_rows_are_made_with_who_and_why(officer: User, django_assert_num_queries) -> None:
    obligation = ObligationFactory()
    with django_assert_num_queries(2):
        made = create_many(
            [ObligationOccurrence(obligation=obligation, due_on=day) for day in DAYS], reason="Plan", by=officer
        )
    assert [row.due_on for row in ObligationOccurrence.objects.order_by("due_on")] == DAYS
    assert all(row.pk for row in made)
    assert entries(ObligationOccurrence, officer) == [("+", "Plan", True)] * 12


def test_rows_are_changed_with_who_and_why(officer: User) -> None:
    rows = [ObligationFactory(), ObligationFactory()]
    Obligation.history.all().delete()
    for row in rows:
        row.title = "Ny titel"
    update_many(rows, ["title"], reason="Rettet", by=officer)
    assert set(Obligation.objects.values_list("title", flat=True)) == {"Ny titel"}
    assert entries(Obligation, officer) == [("~", "Rettet", True)] * 2


def test_rows_are_deleted_with_who_and_why(officer: User) -> None:
    rows = [ObligationOccurrenceFactory(due_on=day) for day in DAYS]
    ObligationOccurrence.history.all().delete()
    delete_many(rows[:2], reason="Ophørt", by=officer)
    assert ObligationOccurrence.objects.count() == 10
    assert entries(ObligationOccurrence, officer) == [("-", "Ophørt", True)] * 2
    gone = ObligationOccurrence.history.get(id=rows[0].pk)
    assert (gone.due_on, gone.obligation_id) == (DAYS[0], rows[0].obligation_id)


@pytest.mark.django_db
def test_nothing_cascades() -> None:
    occurrence = ObligationOccurrenceFactory()
    delete_many([occurrence.obligation], by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()  # as the end of the transaction does
    create_many([occurrence.obligation], by=None)


@pytest.mark.django_db
def test_nothing_to_write_is_no_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert create_many([], by=None) == []
        update_many([], ["title"], by=None)
        delete_many([], by=None)
