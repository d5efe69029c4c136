"""Reports of a supplier that was merged since: what was submitted stays and counts as the survivor's."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from learnings.models import ExperienceReport, Question
from learnings.queries import main_points, report_rows, round_summary, suppliers_behind, theme_rows
from learnings.services import start_report
from suppliers.models import Supplier
from suppliers.services import merge_suppliers, preview_merge, undo_merge
from tests.factories import (
    ExperienceReportFactory,
    MainPointFactory,
    QuestionFactory,
    ReportVersionFactory,
    RoundFactory,
)
from tests.learnings.world import DUE, FIXED, accepted, code, supplier_on


@pytest.fixture
def pair(db: None) -> tuple[Supplier, Supplier]:
    return supplier_on(name="Broen ApS"), supplier_on(name="Broen")


@pytest.fixture
def question(db: None) -> Question:
    return QuestionFactory(round=RoundFactory(), key="virker")


def merge(pair: tuple[Supplier, Supplier], by: User) -> None:
    merge_suppliers(pair[0], into=pair[1], reason="Samme", by=by)
    for each in pair:
        each.refresh_from_db()


def test_what_was_submitted_stays(pair: tuple[Supplier, Supplier], question: Question, officer: User) -> None:
    version = accepted(question.round, pair[0], virker=FIXED)
    parts = [
        part for part in preview_merge(pair[0], into=pair[1]) if part.label == "Erfaringsopsamlinger" and part.kept
    ]
    assert [(part.moved, part.kept) for part in parts] == [((), (str(question.round),))]
    merge(pair, officer)
    version.report.refresh_from_db()
    assert version.report.supplier == pair[0]
    assert [row.name for row in round_summary(question.round).submitted] == ["Broen"]
    assert round_summary(question.round).missing == ()
    assert [(row.supplier.name, row.report_id) for row in report_rows(question.round, today=DUE)] == [
        ("Broen ApS (nu Broen)", version.report_id)
    ]


def test_what_is_only_begun_moves_and_moves_back(
    pair: tuple[Supplier, Supplier], question: Question, officer: User
) -> None:
    report = start_report(question.round, pair[0], by=officer)
    merge(pair, officer)
    report.refresh_from_db()
    assert (report.supplier, report.history.latest().history_user) == (pair[1], officer)
    undo_merge(pair[0], by=officer)
    report.refresh_from_db()
    assert report.supplier == pair[0]


def test_handed_in_since_it_moved_it_stays_with_the_survivor(
    pair: tuple[Supplier, Supplier], question: Question, officer: User
) -> None:
    report = start_report(question.round, pair[0], by=officer)
    merge(pair, officer)
    accepted(question.round, pair[1], virker=FIXED)
    undo_merge(pair[0], by=officer)
    report.refresh_from_db()
    assert report.supplier == pair[1]


def test_a_draft_beside_the_survivors_own_stays(
    pair: tuple[Supplier, Supplier], question: Question, officer: User
) -> None:
    for supplier in pair:
        ReportVersionFactory(report=ExperienceReportFactory(round=question.round, supplier=supplier))
    merge(pair, officer)
    assert set(ExperienceReport.objects.values_list("supplier__name", flat=True)) == {"Broen", "Broen ApS"}


def test_both_count_as_one(pair: tuple[Supplier, Supplier], question: Question, officer: User) -> None:
    third = supplier_on(name="Kompas")
    versions = [accepted(question.round, supplier, virker=FIXED) for supplier in (*pair, third)]
    point = MainPointFactory(round=question.round, question=question)
    theme = None
    for version in versions:
        excerpt = code(version, question, "kontaktperson", theme=theme)
        theme = excerpt.theme
        point.excerpts.add(excerpt)
    assert (main_points(question.round)[0].support.n, main_points(question.round)[0].support.m) == (3, 3)
    merge(pair, officer)
    support = main_points(question.round)[0].support
    assert (support.n, support.m, support.supplier_names) == (2, 2, ("Broen", "Kompas"))
    assert suppliers_behind(point) == [pair[1], third]
    assert theme_rows(question.round)[0].suppliers == 2


def test_a_report_begun_under_the_old_name_is_the_survivors(
    pair: tuple[Supplier, Supplier], question: Question, officer: User
) -> None:
    version = accepted(question.round, pair[0], virker=FIXED)
    merge(pair, officer)
    assert start_report(question.round, pair[1], by=officer) == version.report
    with pytest.raises(ValidationError, match="er lagt sammen med"):
        start_report(QuestionFactory(round=RoundFactory()).round, pair[0], by=officer)


def test_excerpts_are_filtered_by_the_survivor(
    pair: tuple[Supplier, Supplier], question: Question, officer: User, officer_client: Client
) -> None:
    excerpt = code(accepted(question.round, pair[0], virker=FIXED), question, "kontaktperson")
    merge(pair, officer)
    address = "/admin/erfaringsopsamling/register/uddrag/"
    shown = officer_client.get(address, {"answer__version__report__supplier": pair[1].pk}).context["object_list"]
    assert list(shown) == [excerpt]
