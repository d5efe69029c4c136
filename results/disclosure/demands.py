"""What must stay possible for a reader, and whether it does: the worlds are the proof.

Three demands on every hidden cell, and on the rest of its base:

* REACHES: a small number could as well be `min_cell` or more, by the sums alone. More than "not surely small": a 1 hidden with
  a 0 would tell that two groups hold one person between them, and so for every sum of hidden cells.
* UNSURE: it is not surely from 1 to `min_cell` − 1 either for a reader who knows the policy, and so that something in the piece
  is small, and that none and all are shown.
* VARIES: it is not known exactly, by the same reader.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from results.disclosure.tables import Reading


class Kind(Enum):
    REACHES = "reaches"
    UNSURE = "unsure"
    VARIES = "varies"


@dataclass(frozen=True, order=True)
class Demand:
    """One demand on a cell (by place), or on what is left of its base without it.

    `sums` are the rows of the table that the reader took for plain sums when the demand was found to be broken.
    """

    place: int
    is_rest: bool
    kind_name: str
    reading_name: str
    sums: tuple[int, ...] = field(default=(), compare=False)

    @property
    def kind(self) -> Kind:
        return Kind(self.kind_name)

    @property
    def reading(self) -> Reading:
        return Reading(self.reading_name)
