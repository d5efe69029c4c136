"""What the public will see of a report, and what somebody has to look at before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from learnings.enums import FindingDecision, FindingKind, WithholdingDecision
from learnings.models import Answer, ExperienceReport, ReportVersion, Resolution, Round, Withholding
from learnings.passages import Span, stands_in
from learnings.personal import Found, find_personal, without_cpr_digits
from learnings.publication import PublicPiece, is_covered, public_pieces, withheld_spans

AROUND = 60  # characters beside what was found


@dataclass(frozen=True)
class Marked:
    """A withholding of an answer; one that is lost no longer stands in it, and keeps all of it out."""

    withholding: Withholding
    is_lost: bool


@dataclass(frozen=True)
class Place:
    """What was found, and a little of what stands around it; the digits of CPR numbers are dots."""

    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Finding:
    """Something that looks like personal data in an answer, and what was decided on it.

    `is_covered` says that the public would not see it anyway, since the supplier's own mark or another decision keeps it out.
    """

    answer: Answer
    span: Span
    kind: FindingKind
    place: Place
    resolution: Resolution | None
    is_covered: bool

    @property
    def is_open(self) -> bool:
        """Tell whether somebody has to decide before the report is published."""
        return self.resolution is None and not self.is_covered

    @property
    def key(self) -> str:
        return f"{self.answer.pk}-{self.span[0]}-{self.span[1]}"

    @property
    def may_stand(self) -> bool:
        return self.kind != FindingKind.CPR


@dataclass(frozen=True)
class PublicAnswer:
    """An answer as it will be published. `said` is the text, or why the question does not apply."""

    answer: Answer
    pieces: tuple[PublicPiece, ...]
    marks: tuple[Marked, ...]
    resolutions: tuple[Resolution, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def said(self) -> str:
        return self.answer.said

    @property
    def is_redacted(self) -> bool:
        """Tell whether the municipality keeps personal data out of it."""
        return any(row.decision != FindingDecision.STANDS for row in self.resolutions)

    @property
    def is_withheld(self) -> bool:
        """Tell whether nothing of it is left."""
        return all(piece.is_withheld or not piece.text.strip() for piece in self.pieces)


def public_answers(version: ReportVersion) -> list[PublicAnswer]:
    """Return the answers of a version that say something, in the order of the questions; three queries."""
    marks = _by_question(Withholding.objects.filter(report=version.report_id).select_related("marked_by", "decided_by"))
    decided = _by_answer(Resolution.objects.filter(answer__version=version))
    answers = version.answers.select_related("question__target_group").order_by("question__order", "question")
    return [
        public_answer(answer, marks[version.report_id, answer.question_id], decided[answer.pk])
        for answer in answers
        if answer.is_answered
    ]


def public_answer(
    answer: Answer, marks: Iterable[Withholding], resolutions: Iterable[Resolution], found: Iterable[Found] = ()
) -> PublicAnswer:
    """Return what is published of an answer, given the supplier's marks, what was decided, and what was found in it.

    What was found and is not decided is kept out, too.
    """
    said, marks, decided = answer.said, list(marks), {row.span: row for row in resolutions}
    passages = [row.passage for row in marks if row.decision != WithholdingDecision.PUBLISHED]
    hidden = [*withheld_spans(said, passages), *_decided_spans(said, decided.values())]
    places = {each.span: each.kind for each in found}
    places |= {span: FindingKind(row.kind) for span, row in decided.items()}
    masked = without_cpr_digits(said) if places else said
    findings = [
        Finding(answer, span, kind, _place(masked, span), decided.get(span), is_covered(span, hidden))
        for span, kind in sorted(places.items())
    ]
    open_spans = [each.span for each in findings if each.is_open]
    return PublicAnswer(
        answer,
        public_pieces(said, passages, [*_decided_spans(said, decided.values()), *open_spans]),
        tuple(Marked(row, bool(row.passage) and not stands_in(said, row.passage)) for row in marks),
        tuple(decided.values()),
        tuple(findings),
    )


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


def marks_and_resolutions(
    answers: list[Answer],
) -> tuple[Mapping[tuple[int, int], list[Withholding]], Mapping[int, list[Resolution]]]:
    """Return the supplier's marks by report and question, and what was decided by answer; two queries."""
    reports = {answer.version.report_id for answer in answers}
    marks = Withholding.objects.filter(report__in=reports)
    decided = Resolution.objects.filter(answer__version__in={answer.version_id for answer in answers})
    return _by_question(marks), _by_answer(decided.select_related("decided_by"))


def found_in(answer: Answer, names: Iterable[str]) -> list[Found]:
    return find_personal(answer.said, names)


def _by_question(rows: Iterable[Withholding]) -> dict[tuple[int, int], list[Withholding]]:
    found: dict[tuple[int, int], list[Withholding]] = defaultdict(list)
    for row in rows:
        found[row.report_id, row.question_id].append(row)
    return found


def _by_answer(rows: Iterable[Resolution]) -> dict[int, list[Resolution]]:
    found: dict[int, list[Resolution]] = defaultdict(list)
    for row in rows:
        found[row.answer_id].append(row)
    return found


def _decided_spans(said: str, resolutions: Iterable[Resolution]) -> list[Span]:
    whole = (0, len(said))
    return [
        whole if row.decision == FindingDecision.WITHHELD else row.span
        for row in resolutions
        if row.decision != FindingDecision.STANDS
    ]


def _place(masked: str, span: Span) -> Place:
    start, end = span
    begin, stop = max(start - AROUND, 0), min(end + AROUND, len(masked))
    before, after = masked[begin:start].lstrip(), masked[end:stop].rstrip()
    return Place(f"{'…' if begin else ''}{before}", masked[start:end], f"{after}{'…' if stop < len(masked) else ''}")
