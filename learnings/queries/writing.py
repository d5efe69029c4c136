"""A report as the supplier writes it: sections, progress, what stands there, and what was answered the year before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from learnings.enums import ReportState, RoundState
from learnings.models import Answer, Discussion, ExperienceReport, Question, ReportVersion
from learnings.passages import count_words
from learnings.queries.discussions import discussion_before
from learnings.queries.evaluation import RatingSection, rating_section
from learnings.queries.sections import Section, sections_of
from learnings.queries.standing import OwedReport, owed


@dataclass(frozen=True)
class Asked:
    """A question with what stands there now, what the supplier answered the year before, and what is to be changed."""

    question: Question
    answer: Answer | None
    before: Answer | None
    comment: str

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else ""

    @property
    def reason(self) -> str:
        return self.answer.not_applicable_reason if self.answer else ""

    @property
    def revision(self) -> int:
        return self.answer.revision if self.answer else 0

    @property
    def is_answered(self) -> bool:
        return bool(self.answer and self.answer.is_answered)

    @property
    def is_missing(self) -> bool:
        return self.question.is_required and not self.is_answered

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def words_above(self) -> int:
        """Return by how many words the answer is too long."""
        return max(self.words - (self.question.word_limit or self.words), 0)

    @property
    def is_wording_changed(self) -> bool:
        """Tell whether the question reads otherwise than the year before."""
        return self.before is not None and self.before.wording != self.question.wording


@dataclass(frozen=True)
class AnsweredSection:
    """The questions of one page. `slug` stands in its address."""

    slug: str
    title: str
    rows: tuple[Asked, ...]

    @property
    def answered(self) -> int:
        return sum(row.is_answered for row in self.rows)

    @property
    def missing(self) -> tuple[Asked, ...]:
        return tuple(row for row in self.rows if row.is_missing)

    @property
    def too_long(self) -> tuple[Asked, ...]:
        return tuple(row for row in self.rows if row.words_above)

    @property
    def is_complete(self) -> bool:
        return not (self.missing or self.too_long)


@dataclass(frozen=True)
class Writing:
    """A report with the version that is being written, or the newest when none is."""

    report: ExperienceReport
    version: ReportVersion | None
    sections: tuple[AnsweredSection, ...]
    standing: OwedReport
    year_before: int | None
    discussion: Discussion | None
    ratings: RatingSection

    @property
    def closed(self) -> str:
        """Return what the supplier is told when its report takes no answers now; nothing when it does."""
        return why_closed(self.standing)

    @property
    def rows(self) -> tuple[Asked, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.sections)

    @property
    def is_complete(self) -> bool:
        return bool(self.sections) and all(section.is_complete for section in self.sections)

    @property
    def is_empty(self) -> bool:
        return not self.answered

    def section(self, slug: str) -> AnsweredSection | None:
        return next((section for section in self.sections if section.slug == slug), None)

    def after(self, section: AnsweredSection) -> AnsweredSection | None:
        """Return the section that follows."""
        place = self.sections.index(section) + 1
        return self.sections[place] if place < len(self.sections) else None


def writing(report: ExperienceReport) -> Writing:
    """Return the report with its sections, the general one first; a fixed number of queries, however many questions."""
    version = report.versions.order_by("-number").first()
    answers = _by_question(version.answers.select_related("saved_by")) if version else {}
    before, year = _year_before(report)
    standing = owed(report.round, report, today=timezone.localdate())
    comments = _comments(standing)

    def asked(question: Question) -> Asked:
        return Asked(question, answers.get(question.pk), before.get(question.key), comments.get(question.pk, ""))

    parts = tuple(_section(part, tuple(asked(question) for question in part.questions)) for part in sections_of(report))
    ratings = rating_section(report, version)
    return Writing(report, version, parts, standing, year, discussion_before(report), ratings)


def why_closed(standing: OwedReport) -> str:
    """Return what the supplier is told when its report takes no answers now; nothing when it does. No query."""
    if standing.may_write:
        return ""
    if standing.round.state == RoundState.DRAFT:
        return _("The municipality is still preparing the questions. You can write when the round is open.")
    if standing.state == ReportState.ACCEPTED:
        return _("The municipality has accepted the report. It can only be read.")
    if standing.state == ReportState.SUBMITTED:
        return _("The report is handed in, so it can only be read. The municipality can send it back to be changed.")
    return _("The round is closed. Write to the municipality if you need more time.")


def _section(part: Section, rows: tuple[Asked, ...]) -> AnsweredSection:
    title = str(part.target_group) if part.target_group else _("General questions")
    return AnsweredSection(part.key, title, rows)


def _comments(standing: OwedReport) -> dict[int, str]:
    review = standing.review
    return {row.question_id: row.text for row in review.comments.all()} if review else {}


def _by_question(answers: Iterable[Answer]) -> dict[int, Answer]:
    return {answer.question_id: answer for answer in answers}


def _year_before(report: ExperienceReport) -> tuple[dict[str, Answer], int | None]:
    """Return the answers of the supplier's newest report of an earlier round by the questions' stable keys, and its year."""
    earlier = ExperienceReport.objects.of_supplier(report.supplier).filter(round__year__lt=report.round.year)
    version = (
        ReportVersion.objects.newest()
        .filter(report__in=earlier)
        .select_related("report__round")
        .order_by("-report__round__year", "-number")
        .first()
    )
    if version is None:
        return {}, None
    filled = version.answers.select_related("question")
    return {row.question.key: row for row in filled if row.is_answered}, version.report.round.year
