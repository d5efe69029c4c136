"""How far amendments have come towards the share of the value that the law allows. Pure functions.

What adds and what takes away both count as change, so absolute values are summed. Some bases are counted together, others
are measured one amendment at a time. Without a value nothing can be measured, and that is not the same as 0 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Basis:
    """A legal basis as far as the meter needs it. No limit: it allows any value."""

    pk: int
    name: str
    limit_percent: Decimal | None
    is_cumulative: bool


@dataclass(frozen=True)
class Change:
    """One amendment's value on its basis; `is_draft` for the one that is being written."""

    basis: int
    value_dkk: Decimal
    name: str
    is_draft: bool = False


@dataclass(frozen=True)
class Share:
    """One bar of the meter: what has been changed on a basis, against the value that it is measured by."""

    basis: Basis
    changes: tuple[Change, ...]
    value_dkk: Decimal | None

    @property
    def used_dkk(self) -> Decimal:
        return sum((abs(change.value_dkk) for change in self.changes), Decimal(0))

    @property
    def is_measurable(self) -> bool:
        return bool(self.value_dkk)

    @property
    def percent(self) -> Decimal | None:
        """The share in percent; None when there is no value to measure by."""
        return self.used_dkk * 100 / self.value_dkk if self.value_dkk else None

    @property
    def is_over(self) -> bool:
        """Whether the changes pass the limit; exactly at the limit they do not."""
        limit = self.basis.limit_percent
        return bool(self.value_dkk) and limit is not None and self.used_dkk * 100 > limit * self.value_dkk  # type: ignore[operator]

    @property
    def has_draft(self) -> bool:
        return any(change.is_draft for change in self.changes)


def shares(bases: Iterable[Basis], changes: Iterable[Change], value_dkk: Decimal | None) -> tuple[Share, ...]:
    """Return the bars of the meter: the sum on each basis that is counted together, else each amendment alone.

    A basis with a common limit is there from the start, with nothing used of it yet.
    """
    found = list(changes)
    bars: list[Share] = []
    for basis in bases:
        own = tuple(change for change in found if change.basis == basis.pk)
        if basis.is_cumulative:
            groups = [own] if own or basis.limit_percent is not None else []
        else:
            groups = [(change,) for change in own]
        bars += [Share(basis, group, value_dkk) for group in groups]
    return tuple(bars)
