"""Question by question: who was asked, what the main points and themes are, and the strong passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contracts.models import TargetGroup
from learnings.enums import Counted
from learnings.models import Excerpt, Question, Round, Theme
from learnings.queries.desk import standing_excerpts, theme_tree
from learnings.queries.evidence import MainPointSummary, main_points
from learnings.queries.panel import AskedSuppliers, Panel, Support
from learnings.queries.sections import in_sections


@dataclass(frozen=True)
class ThemeSaid:
    """A theme that answers to a question were coded under, and who says something of it or of the themes below."""

    theme: Theme
    support: Support


@dataclass(frozen=True)
class QuestionTold:
    """What came of one question. `strong_ids` are its strong passages that count, in the order of the suppliers."""

    question: Question
    asked: AskedSuppliers
    points: tuple[MainPointSummary, ...]
    themes: tuple[ThemeSaid, ...]
    strong_ids: tuple[int, ...]


@dataclass(frozen=True)
class SectionTold:
    """The general questions (`target_group` None), or those for a target group."""

    target_group: TargetGroup | None
    questions: tuple[QuestionTold, ...]


@dataclass(frozen=True)
class Elaboration:
    """`across` are the published main points that rest on several questions."""

    round: Round
    sections: tuple[SectionTold, ...]
    across: tuple[MainPointSummary, ...]

    @property
    def questions(self) -> tuple[QuestionTold, ...]:
        return tuple(row for section in self.sections for row in section.questions)

    @property
    def points(self) -> tuple[MainPointSummary, ...]:
        return (*self.across, *(point for row in self.questions for point in row.points))


def elaboration(
    round: Round, *, question: Question | None = None, target_group: TargetGroup | None = None
) -> Elaboration:
    """Return the questions in the order of a report, or one, or those for a target group; at most 21 queries.

    Accepted reports alone count. A question that was taken out stands there as long as somebody's answer does.
    """
    panel = Panel(round)
    points = main_points(round, is_published=True)
    said = _Said(panel, theme_tree(round), standing_excerpts(round, counted=Counted.ACCEPTED))
    rows = [_told(row, panel, points, said) for row in _chosen(round, question, target_group)]
    told = [row for row in rows if row.question.withdrawn_on is None or row.asked.answered]
    is_whole = question is None and target_group is None
    return Elaboration(
        round=round,
        sections=_sections(told),
        across=tuple(point for point in points if point.question_id is None) if is_whole else (),
    )


def _chosen(round: Round, question: Question | None, target_group: TargetGroup | None) -> list[Question]:
    rows = round.questions.select_related("target_group")
    rows = rows.filter(pk=question.pk) if question else rows
    return in_sections(rows.filter(target_group=target_group) if target_group else rows)


def _sections(rows: Iterable[QuestionTold]) -> tuple[SectionTold, ...]:
    found: dict[TargetGroup | None, list[QuestionTold]] = defaultdict(list)
    for row in rows:
        found[row.question.target_group].append(row)
    return tuple(SectionTold(group, tuple(told)) for group, told in found.items())


def _told(question: Question, panel: Panel, points: list[MainPointSummary], said: _Said) -> QuestionTold:
    return QuestionTold(
        question=question,
        asked=panel.asked(question),
        points=tuple(point for point in points if point.question_id == question.pk),
        themes=said.themes(question),
        strong_ids=said.strong_ids(question),
    )


class _Said:
    """The passages that count, by question and theme."""

    def __init__(self, panel: Panel, tree: list[tuple[Theme, int]], excerpts: list[Excerpt]) -> None:
        self.panel = panel
        self.tree = tree
        self.above: Mapping[int, int | None] = {theme.pk: theme.parent_id for theme, _depth in tree}
        self.by_question: dict[int, list[Excerpt]] = defaultdict(list)
        for excerpt in excerpts:
            self.by_question[excerpt.answer.question_id].append(excerpt)

    def themes(self, question: Question) -> tuple[ThemeSaid, ...]:
        """Return the themes that something was coded under, those of most suppliers first."""
        below: dict[int, list[Excerpt]] = defaultdict(list)
        for excerpt in self.by_question[question.pk]:
            for theme_id in self._upwards(excerpt.theme_id):
                below[theme_id].append(excerpt)
        coded = {excerpt.theme_id for excerpt in self.by_question[question.pk]}
        found = [
            ThemeSaid(theme, self.panel.support(below[theme.pk], question=question))
            for theme, _depth in self.tree
            if theme.pk in coded
        ]
        return tuple(sorted(found, key=lambda row: -row.support.n))

    def strong_ids(self, question: Question) -> tuple[int, ...]:
        strong = [excerpt for excerpt in self.by_question[question.pk] if excerpt.is_strong]
        # The same passage under several themes is one quote.
        spans = {(excerpt.answer_id, excerpt.start, excerpt.end): excerpt for excerpt in reversed(strong)}
        first = sorted(spans.values(), key=lambda each: (each.answer.version.report.supplier.survivor.name, each.start))
        return tuple(excerpt.pk for excerpt in first)

    def _upwards(self, theme_id: int | None) -> Iterable[int]:
        while theme_id is not None:
            yield theme_id
            theme_id = self.above.get(theme_id)
