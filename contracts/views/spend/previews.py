"""What an import of spend changes, in words and numbers for a page."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.services.spend import SpendPlan
from contracts.services.spend.comparing import ChangeKind, SpendChange
from contracts.spend_words import figures_text
from documents.formats import month

SHOWN = 200


@dataclass(frozen=True)
class ChangeRow:
    """One month before and after."""

    contract: str
    month: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeGroup:
    """The months to which the same happens; `rows` are the first of them."""

    kind: ChangeKind
    count: int
    rows: tuple[ChangeRow, ...]

    @property
    def left_out(self) -> int:
        return self.count - len(self.rows)


def change_groups(plan: SpendPlan) -> list[ChangeGroup]:
    """Return what happens, what matters most first: corrected, new, unchanged; without empty groups."""
    order = (ChangeKind.CHANGED, ChangeKind.NEW, ChangeKind.UNCHANGED)
    groups = ((kind, [change for change in plan.changes if change.kind is kind]) for kind in order)
    return [ChangeGroup(kind, len(found), tuple(map(_row, found[:SHOWN]))) for kind, found in groups if found]


def _row(change: SpendChange) -> ChangeRow:
    return ChangeRow(
        contract=change.row.contract.number,
        month=month(change.row.month),
        before=figures_text(change.before),
        after=figures_text(change.after),
    )
