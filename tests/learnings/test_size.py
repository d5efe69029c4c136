"""A round of 500 reports with 20 answers each is shown with the same queries as one of 5."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contracts.models import Contract, Obligation, ObligationOccurrence
from learnings.models import Answer, Excerpt, ExperienceReport, MainPoint, Question, ReportVersion, Round, Theme
from suppliers.models import Supplier
from tests.factories import (
    ContractFactory,
    LotFactory,
    MainPointFactory,
    ObligationFactory,
    RoundFactory,
    SupplierFactory,
    ThemeFactory,
)
from tests.learnings.world import DUE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

QUESTIONS = 20
MOST_QUERIES = 40
PAGES = ("round_show", "coding", "themes", "counting", "main_points", "recommendations")


def grow(this_round: Round, theme: Theme, reports: int) -> None:
    """Add submitted reports with an excerpt in each, by few queries."""
    lot = LotFactory()
    suppliers = Supplier.objects.bulk_create(SupplierFactory.build_batch(reports))
    contracts = Contract.objects.bulk_create(ContractFactory.build(lot=lot, supplier=each) for each in suppliers)
    duties = Obligation.objects.bulk_create(
        ObligationFactory.build(contract=each, kind="experience_report", first_due_on=DUE, every_months=None)
        for each in contracts
    )
    ObligationOccurrence.objects.bulk_create(ObligationOccurrence(obligation=each, due_on=DUE) for each in duties)
    rows = ExperienceReport.objects.bulk_create(ExperienceReport(round=this_round, supplier=each) for each in suppliers)
    versions = ReportVersion.objects.bulk_create(ReportVersion(report=report, number=1) for report in rows)
    questions = list(this_round.questions.all())
    answers = Answer.objects.bulk_create(
        Answer(version=version, question=question, wording=question.wording, text="En fast kontaktperson hjælper.")
        for version in versions
        for question in questions
    )
    ReportVersion.objects.filter(pk__in=[version.pk for version in versions]).update(submitted_at=timezone.now())
    excerpts = Excerpt.objects.bulk_create(
        Excerpt(answer=answer, theme=theme, start=3, end=21) for answer in answers[::QUESTIONS]
    )
    MainPoint.objects.get(round=this_round).excerpts.add(*excerpts)


def queries(client: Client, this_round: Round) -> dict[str, int]:
    counts = {}
    for name in PAGES:
        address = reverse(f"learnings:{name}", args=[this_round.pk])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, {"by": "lot"}).status_code == 200
        counts[name] = len(captured)
    return counts


def test_queries_do_not_grow_with_the_round(officer_client: Client) -> None:
    this_round = RoundFactory()
    theme = ThemeFactory(code_book=this_round.code_book)
    Question.objects.bulk_create(
        Question(round=this_round, key=f"q{number}", wording=f"Spørgsmål {number}", order=number)
        for number in range(QUESTIONS)
    )
    MainPointFactory(round=this_round)
    grow(this_round, theme, 5)
    queries(officer_client, this_round)  # fills caches
    few = queries(officer_client, this_round)

    grow(this_round, theme, 495)
    many = queries(officer_client, this_round)

    assert many == few
    assert {name: count for name, count in many.items() if count > MOST_QUERIES} == {}
