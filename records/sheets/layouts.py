"""How a sheet that somebody hands in must look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RIGHT_FILE = _("Check that it is the right file.")


@dataclass(frozen=True)
class Layout:
    """The columns of a sheet by the names that the program uses; the first required one tells the head from other rows.

    `aliases` are other names that a head may use, in small letters: `{"kontraktnummer": "contract_number"}`. `amounts` are the
    columns in which round millions may look like a CPR number; in `certain` ones no number is ever taken for one. In `words` a
    text may begin as a formula does, when a workbook says that it is text. `advice` is what to check when the file holds far more
    than such a sheet does.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    amounts: frozenset[str] = frozenset()
    certain: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    advice: str | Promise = RIGHT_FILE

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.required, *self.optional)

    def column_of(self, head: str) -> str:
        """Return the column that a head's cell names, or its own text in small letters when it names none."""
        name = " ".join(head.casefold().split())
        return self.aliases.get(name, name)

    def is_head(self, cells: Iterable[str]) -> bool:
        return any(self.column_of(cell) == self.required[0] for cell in cells)
