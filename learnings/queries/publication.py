"""What the public will see of a report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from learnings.enums import WithholdingDecision
from learnings.models import Answer, ExperienceReport, ReportVersion, Round, Withholding
from learnings.passages import stands_in
from learnings.publication import PublicPiece, public_pieces


@dataclass(frozen=True)
class Marked:
    """A withholding of an answer; one that is lost no longer stands in it, and keeps all of it out."""

    withholding: Withholding
    is_lost: bool


@dataclass(frozen=True)
class PublicAnswer:
    """An answer as it will be published. `said` is the text, or why the question does not apply."""

    answer: Answer
    pieces: tuple[PublicPiece, ...]
    marks: tuple[Marked, ...]

    @property
    def said(self) -> str:
        return self.answer.said


def public_answers(version: ReportVersion) -> list[PublicAnswer]:
    """Return the answers of a version that say something, in the order of the questions; two queries."""
    marks: dict[int, list[Withholding]] = defaultdict(list)
    for row in Withholding.objects.filter(report=version.report_id).select_related("marked_by", "decided_by"):
        marks[row.question_id].append(row)
    answers = version.answers.select_related("question__target_group").order_by("question__order", "question")
    return [_public(answer, marks[answer.question_id]) for answer in answers if answer.is_answered]


def withholdings_of(round: Round) -> list[tuple[Withholding, Answer | None]]:
    """Return the round's withholdings, the undecided first, each with the answer of the report's newest version; two queries."""
    rows = Withholding.objects.filter(report__round=round).select_related(
        "report__supplier__merged_into", "question", "marked_by", "decided_by"
    )
    reports = {row.report_id for row in rows}
    answers = {
        (answer.version.report_id, answer.question_id): answer
        for answer in Answer.objects.filter(version__report__in=reports)
        .select_related("version")
        .order_by("version__number")
    }
    ordered = sorted(rows, key=lambda row: (bool(row.decision), row.report.supplier.name, row.question.order))
    return [(row, answers.get((row.report_id, row.question_id))) for row in ordered]


def newest_version(report: ExperienceReport) -> ReportVersion | None:
    """Return the draft that is being written, or the newest submitted version."""
    version: ReportVersion | None = report.versions.order_by("-number").first()
    return version


def _public(answer: Answer, marks: list[Withholding]) -> PublicAnswer:
    said = answer.said
    standing = [row for row in marks if row.decision != WithholdingDecision.PUBLISHED]
    pieces = public_pieces(said, [row.passage for row in standing])
    lost = tuple(Marked(row, bool(row.passage) and not stands_in(said, row.passage)) for row in marks)
    return PublicAnswer(answer, pieces, lost)
