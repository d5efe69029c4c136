"""How many suppliers say what: theme by theme, for all and for each lot or target group. Suppliers, never mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from contracts.models import Lot, TargetGroup
from learnings.enums import Counted
from learnings.models import Excerpt, Question, Round, Theme
from learnings.queries.desk import standing_excerpts, theme_tree
from learnings.queries.panel import Panel
from learnings.queries.who import EVERYBODY, Scope, SupplierRef, lots_by_supplier, ref, target_groups_by_supplier
from learnings.rules import Thresholds, count_word


@dataclass(frozen=True)
class Column:
    """Those who are counted: all, a lot or a target group. `key` names it in addresses; "" is all."""

    key: str
    label: str
    scope: Scope
    answered: frozenset[SupplierRef]
    not_applicable: tuple[SupplierRef, ...]
    did_not_answer: tuple[SupplierRef, ...]
    not_accepted: tuple[SupplierRef, ...]

    @property
    def m(self) -> int:
        return len(self.answered)


@dataclass(frozen=True)
class Cell:
    n: int
    m: int
    word: str
    key: str


@dataclass(frozen=True)
class CountRow:
    """A theme in its place in the tree, with the count for each column."""

    theme: Theme
    depth: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class CountTable:
    """`unaccepted` have handed in a report that is not accepted: as long as they are counted, the table is provisional."""

    columns: tuple[Column, ...]
    rows: tuple[CountRow, ...]
    unaccepted: tuple[SupplierRef, ...]
    counted: Counted

    @property
    def is_provisional(self) -> bool:
        return self.counted == Counted.HANDED_IN and bool(self.unaccepted)


def count_table(
    round: Round, *, question: Question | None = None, by: str = "", counted: Counted = Counted.ACCEPTED
) -> CountTable:
    """Count each theme; `by` is "lot", "target_group" or "" for all only. At most 14 queries, whatever the size."""
    panel = Panel(round)
    tree = theme_tree(round)
    said = _said(tree, standing_excerpts(round, counted=counted), question)
    columns = tuple(_columns(panel, question, by, counted))
    rows = tuple(
        CountRow(theme, depth, tuple(_cell(said[theme.pk], column, panel.thresholds) for column in columns))
        for theme, depth in tree
    )
    return CountTable(columns, rows, panel.summary.not_accepted, counted)


def _said(
    tree: list[tuple[Theme, int]], excerpts: list[Excerpt], question: Question | None
) -> dict[int, set[SupplierRef]]:
    """Return who says something of each theme or of those below it."""
    above = {theme.pk: theme.parent_id for theme, _depth in tree}
    said: dict[int, set[SupplierRef]] = defaultdict(set)
    for excerpt in excerpts:
        if question is not None and excerpt.answer.question_id != question.pk:
            continue
        theme_id: int | None = excerpt.theme_id
        while theme_id is not None:
            said[theme_id].add(ref(excerpt.answer.version.report.supplier))
            theme_id = above.get(theme_id)
    return said


def _columns(panel: Panel, question: Question | None, by: str, counted: Counted) -> Iterable[Column]:
    def column(key: str, label: str, scope: Scope) -> Column:
        asked = panel.asked(question, scope, counted)
        return Column(
            key,
            label,
            scope,
            answered=frozenset(asked.answered),
            not_applicable=asked.not_applicable,
            did_not_answer=asked.did_not_answer,
            not_accepted=asked.not_accepted,
        )

    yield column("", "", EVERYBODY)
    if by == "lot":
        ids = set().union(*lots_by_supplier(panel.round).values())
        for lot in Lot.objects.filter(pk__in=ids).select_related("framework"):
            yield column(f"lot-{lot.pk}", str(lot), Scope(lot_id=lot.pk))
    if by == "target_group":
        ids = set().union(*target_groups_by_supplier(panel.round).values())
        for group in TargetGroup.objects.filter(pk__in=ids):
            yield column(f"target_group-{group.pk}", str(group), Scope(target_group_id=group.pk))


def _cell(suppliers: set[SupplierRef], column: Column, thresholds: Thresholds) -> Cell:
    n = len(suppliers & column.answered)
    return Cell(n, column.m, count_word(n, column.m, thresholds=thresholds), column.key)
