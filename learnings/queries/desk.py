"""What the back office's own pages show of the coding of a round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from learnings.enums import Counted
from learnings.models import Answer, Excerpt, Question, ReportVersion, Round, Theme
from learnings.queries.who import SupplierRef, ref


@dataclass(frozen=True)
class ThemeRow:
    """A theme in its place in the tree, with what is coded into it and the themes below; `depth` 0 stands at the top."""

    theme: Theme
    depth: int
    suppliers: int
    excerpts: int


@dataclass(frozen=True)
class AnswerRow:
    """A submitted answer in the list beside the coding page."""

    answer_id: int
    question_id: int
    supplier: SupplierRef
    version_number: int
    excerpts: int
    not_applicable_reason: str


def theme_rows(round: Round) -> list[ThemeRow]:
    """Return the round's themes in the order of the tree, with distinct suppliers and excerpts that stand; 2 queries."""
    suppliers: dict[int, set[int]] = defaultdict(set)
    excerpts: dict[int, int] = defaultdict(int)
    tree = theme_tree(round)
    above = {theme.pk: theme.parent_id for theme, _depth in tree}
    for excerpt in standing_excerpts(round):
        theme_id: int | None = excerpt.theme_id
        while theme_id is not None:
            suppliers[theme_id].add(excerpt.answer.version.report.supplier.survivor_id)
            excerpts[theme_id] += 1
            theme_id = above.get(theme_id)
    return [ThemeRow(theme, depth, len(suppliers[theme.pk]), excerpts[theme.pk]) for theme, depth in tree]


def themes_below(rows: Iterable[ThemeRow], theme_id: int) -> set[int]:
    """Return the ids of a theme and of all that stand under it."""
    found = {theme_id}
    for row in rows:  # parents stand before children
        if row.theme.parent_id in found:
            found.add(row.theme.pk)
    return found


def theme_tree(round: Round) -> list[tuple[Theme, int]]:
    """Return the themes of the round's code book with their depth, parents before children; one query."""
    children: dict[int | None, list[Theme]] = defaultdict(list)
    for theme in Theme.objects.filter(code_book=round.code_book_id).select_related("parent"):
        children[theme.parent_id].append(theme)
    return list(_walk(children, None, 0))


def standing_excerpts(round: Round, *, counted: Counted = Counted.HANDED_IN) -> list[Excerpt]:
    """Return the round's excerpts that the newest versions still say, with supplier, question and theme; one query."""
    return [excerpt for excerpt in round_excerpts(round) if excerpt.counts(counted)]


def round_excerpts(round: Round) -> QuerySet[Excerpt]:
    """Return all excerpts of the round, also outdated ones, in the order of themes and suppliers."""
    rows = Excerpt.objects.of_round(round.pk).with_newest()
    rows = rows.select_related("theme", "answer__question", "answer__version__report__supplier__merged_into")
    return rows.order_by("theme__order", "theme__name", "answer__version__report__supplier__name", "start")


def answer_rows(round: Round) -> list[AnswerRow]:
    """Return the newest submitted answers of the round, by question and supplier; 2 queries."""
    counting = Answer.objects.counting().filter(version__report__round=round).prefetch_related("excerpts")
    counting = counting.select_related("version__report__supplier__merged_into").order_by(
        "question__order", "question", "version__report__supplier__name"
    )
    return [
        AnswerRow(
            answer_id=answer.pk,
            question_id=answer.question_id,
            supplier=ref(answer.version.report.supplier),
            version_number=answer.version.number,
            excerpts=len(answer.excerpts.all()),
            not_applicable_reason=answer.not_applicable_reason,
        )
        for answer in counting
        if answer.is_answered
    ]


def answers_of(version: ReportVersion) -> list[Answer]:
    """Return a version's answers in the order of the questions, with their excerpts and themes; 2 queries."""
    coded = Prefetch("excerpts", Excerpt.objects.select_related("theme"))
    answers = version.answers.select_related("question__target_group").prefetch_related(coded)
    return list(answers.order_by("question__order", "question"))


def next_order(rows: Iterable[Question | Theme] | QuerySet) -> int:
    """Return the place after the last of the rows."""
    return 1 + max((row.order for row in rows), default=0)


def _walk(children: dict[int | None, list[Theme]], parent_id: int | None, depth: int) -> Iterable[tuple[Theme, int]]:
    for theme in children.get(parent_id, []):
        yield theme, depth
        yield from _walk(children, theme.pk, depth + 1)
