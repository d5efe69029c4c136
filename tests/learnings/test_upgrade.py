"""Rounds from before obligations decided who owes a report: what the data migration makes of them."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from contracts.models import Obligation, ObligationOccurrence
from learnings.models import Round
from learnings.queries import owing_suppliers, report_in, state_of
from tests.factories import ContractFactory, QuestionFactory, ReportVersionFactory, SupplierFactory
from tests.learnings.world import DUE, owe

pytestmark = pytest.mark.django_db

migration = import_module("learnings.migrations.0004_reports_follow_from_obligations")


@pytest.fixture
def closed() -> Round:
    return QuestionFactory(round__state="closed").round


def test_contracts_that_ran_in_a_round_get_the_obligation(closed: Round) -> None:
    running, ended = ContractFactory(), ContractFactory(ends_on=dt.date(2024, 2, 11))
    asked = owe(ContractFactory()).obligation

    for _again in range(2):
        migration.write_obligations(apps, closed)

    made = Obligation.objects.exclude(pk=asked.pk).get()
    assert (made.contract, made.title, made.first_due_on) == (running, closed.title, DUE)
    assert made.history.exclude(history_change_reason=None).get().history_type == "+"
    assert ended.supplier not in owing_suppliers(closed)
    assert running.supplier in owing_suppliers(closed)


def test_what_came_in_in_a_closed_round_is_accepted_and_fulfils_it(closed: Round) -> None:
    supplier = SupplierFactory()
    occurrence = owe(ContractFactory(supplier=supplier))
    report = ReportVersionFactory(
        report__round=closed, report__supplier=supplier, submitted_at=dt.datetime(2024, 3, 20, 12, tzinfo=dt.UTC)
    ).report

    migration.accept_reports(apps, closed)

    assert state_of(report_in(closed, supplier)) == "accepted"
    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.settled_on, occurrence.evidence) == ("fulfilled", dt.date(2024, 3, 20), report)
    assert ObligationOccurrence.history.latest().history_type == "~"
