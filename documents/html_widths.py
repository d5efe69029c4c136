"""How much room a table needs on paper, so that none runs off the page."""

from __future__ import annotations

import re

from documents.numbering import Node, walk
from documents.tree import Column, Table

_WIDE = 5  # columns; more of them are set smaller, and their heads may be hyphenated
_CHARACTER_MM, _GAP_MM = 1.4, 3.5  # IBM Plex Sans at 8 points, and the space between columns
_FIRST_MM = 25  # the column that says what a row is about
_TEXT_MM = 166  # of an upright A4 page
_SYLLABLES = 8  # characters of a long word that stay together
_WORDS = re.compile(r"[ \-/]+")


def width_class(table: Table) -> str:
    """Return "" for a table set as the others, "wide" for one set smaller, "landscape" for one that needs the page turned."""
    if len(table.columns) <= _WIDE and _needed_mm(table) <= _TEXT_MM:
        return ""
    return "wide" if _needed_mm(table) <= _TEXT_MM else "landscape"


def _needed_mm(table: Table) -> float:
    return sum(_column_mm(table, index, column) + _GAP_MM for index, column in enumerate(table.columns)) - _GAP_MM


def _column_mm(table: Table, index: int, column: Column) -> float:
    """Return the least width of a column: figures stay on one line, words may be hyphenated."""
    cells = [_text(row.cells[index]) for row in table.rows]
    words = [word[:_SYLLABLES] for text in (_text(column), *cells) for word in _WORDS.split(text)]
    whole = cells if column.is_numeric else []
    longest = max(map(len, [*words, *whole, column.unit]))
    return max(longest * _CHARACTER_MM, 0 if index else _FIRST_MM)


def _text(node: Node) -> str:
    return "".join(each.text for each in walk(node) if hasattr(each, "text"))
