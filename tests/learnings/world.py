"""A round with questions, and suppliers who answer them, as services make them."""

from __future__ import annotations

import datetime as dt

from contracts.models import Contract, ObligationOccurrence, TargetGroup
from learnings.models import Answer, Excerpt, ExperienceReport, Question, ReportVersion, Review, Round, Theme
from learnings.services import (
    DraftAnswer,
    accept,
    code_excerpt,
    reopen_as_new_version,
    save_draft_answers,
    start_report,
    submit_report,
    take_back_review,
)
from suppliers.models import Supplier
from tests.factories import (
    ContractFactory,
    LotFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
    SupplierFactory,
    ThemeFactory,
)

DUE = dt.date(2024, 3, 22)  # the rounds' last day
FIXED = "En fast kontaktperson gør en forskel."


def supplier_on(*groups: TargetGroup, name: str = "", lots: int = 1) -> Supplier:
    """Return a supplier with a contract in each of `lots` lots that serve the target groups, each asking for a report."""
    supplier = SupplierFactory(**({"name": name} if name else {}))
    for _number in range(lots):
        lot = LotFactory()
        lot.target_groups.set(groups)
        owe(ContractFactory(supplier=supplier, lot=lot))
    return supplier


def owe(contract: Contract, *, due_on: dt.date = DUE) -> ObligationOccurrence:
    """Let the contract ask for an experience report, once."""
    obligation = ObligationFactory(contract=contract, kind="experience_report", first_due_on=due_on, every_months=None)
    return ObligationOccurrenceFactory(obligation=obligation, due_on=due_on)


def write(report: ExperienceReport, **answers: str | DraftAnswer) -> ReportVersion:
    """Save a draft with answers by question key."""
    questions = {question.key: question.pk for question in report.round.questions.all()}
    given = {
        questions[key]: answer if isinstance(answer, DraftAnswer) else DraftAnswer(text=answer)
        for key, answer in answers.items()
    }
    return save_draft_answers(report, answers=given, by=None)


def hand_in(round: Round, supplier: Supplier, **answers: str | DraftAnswer) -> ReportVersion:
    """Submit the supplier's answers by question key: its first version, or a new one."""
    report = start_report(round, supplier, by=None)
    if report.versions.submitted().exists():
        reopen_as_new_version(report, by=None)
    write(report, **answers)
    return submit_report(report, by=None)


def accepted(round: Round, supplier: Supplier, **answers: str | DraftAnswer) -> ReportVersion:
    """Submit the supplier's answers and accept them, so that they count; what was accepted before is taken back."""
    if Review.objects.filter(version__report__round=round, version__report__supplier=supplier).exists():
        take_back_review(start_report(round, supplier, by=None), by=None)
    version = hand_in(round, supplier, **answers)
    accept(version.report, by=None)
    return version


def answer_to(version: ReportVersion, question: Question) -> Answer:
    return version.answers.get(question=question)


def code(version: ReportVersion, question: Question, passage: str, *, theme: Theme | None = None) -> Excerpt:
    theme = theme or ThemeFactory(code_book=version.report.round.code_book)
    return code_excerpt(answer_to(version, question), theme=theme, passage=passage, by=None)
