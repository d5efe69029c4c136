"""Widths of a Word table's columns, from the texts in them: Word would measure, LibreOffice takes what the file says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.tree import Table
from documents.word_inline import plain_text

_CHARACTER = 110  # twips, about the mean of IBM Plex Sans at 9 points, bold
_CELL_MARGINS = 160
_LONGEST_WORD, _LONGEST_LINE = 26, 120
_HYPHENATED_WORD = 13  # what is left of a long word's line when a crowded table must hyphenate


@dataclass(frozen=True, slots=True)
class _Lengths:
    """Numbers of characters in a column: its longest word, its longest cell, and its head."""

    word: int
    cell: int
    label: int
    unit: int
    is_numeric: bool

    def needed(self, longest_word: int) -> int:
        """Return the least width in twips. A figure such as "62 (4,8 %)" is never broken."""
        word = min(self.word, longest_word)
        return _twips(max(word, self.unit, self.cell) if self.is_numeric else word)

    def wanted(self) -> int:
        """Return the width in twips at which no more would help; a label of figures may take two lines."""
        label = (self.label + 1) // 2 if self.is_numeric else self.label
        return max(_twips(min(max(label, self.cell), _LONGEST_LINE)), self.needed(_LONGEST_WORD))


def column_widths(table: Table, total: int) -> list[int]:
    """Divide `total` twips: every column gets its longest word, the rest goes where the text is."""
    columns = [_lengths(table, index) for index in range(len(table.columns))]
    needed = [column.needed(_LONGEST_WORD) for column in columns]
    if sum(needed) > total:
        needed = [column.needed(_HYPHENATED_WORD) for column in columns]
    spare = total - sum(needed)
    if spare <= 0:
        return _shared(needed, total)
    extra = [max(column.wanted() - need, 0) for column, need in zip(columns, needed, strict=True)]
    more = _shared(extra if any(extra) else needed, spare)
    return [need + plus for need, plus in zip(needed, more, strict=True)]


def _lengths(table: Table, index: int) -> _Lengths:
    column, label = table.columns[index], plain_text(table.columns[index].label)
    cells = [plain_text(row.cells[index].children) for row in table.rows if index < len(row.cells)]
    broken = [label, *([] if column.is_numeric else cells)]
    return _Lengths(
        word=_longest(word for text in broken for word in re.split("[ -]", text)),
        cell=_longest(cells),
        label=len(label),
        unit=len(column.unit),
        is_numeric=column.is_numeric,
    )


def _longest(texts: Iterable[str]) -> int:
    return max((len(text) for text in texts), default=0)


def _twips(characters: int) -> int:
    return characters * _CHARACTER + _CELL_MARGINS


def _shared(weights: Sequence[int], total: int) -> list[int]:
    """Divide `total` by `weights`, without losing a twip."""
    whole = sum(weights) or 1
    edges = [round(total * sum(weights[:n]) / whole) for n in range(len(weights) + 1)]
    return [after - before for before, after in pairwise(edges)]
