"""Small papers written by hand, for tests of one thing at a time."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from documents import tree as t
from documents.numbering import numbered


def paper(*children: t.Block, **fields: Any) -> t.Document:
    """Return a numbered document of these blocks."""
    given = {
        "title": "Erfaringer med beskæftigelsesindsatser",
        "short_title": "Erfaringer",
        "author": "Center for Eksempler",
        "subject": "Resultater og tilfredshed",
        "dated_on": dt.date(2023, 8, 7),
        "case_numbers": "F2 2023 - 7083",
        **fields,
    }
    return numbered(t.Document(children=children, **given))


def said(*parts: str | t.Inline) -> t.Paragraph:
    return t.Paragraph(tuple(t.Text(part) if isinstance(part, str) else part for part in parts))


def listed(kind: Any, *items: str | Sequence[t.Block]) -> t.ListBlock:
    """Return a list; an item is a text or blocks."""
    return t.ListBlock(kind, tuple(t.ListItem((said(i),) if isinstance(i, str) else tuple(i)) for i in items))


def tabled(*rows: Sequence[str], head: Sequence[str] = ("Ydelsesgruppe", "I job"), anchor: str = "tabel") -> t.Table:
    """Return a table whose columns after the first hold figures."""
    columns = tuple(t.Column((t.Text(label),), is_numeric=n > 0) for n, label in enumerate(head))
    body = tuple(t.Row(tuple(t.Cell((t.Text(cell),) if cell else ()) for cell in row)) for row in rows)
    return t.Table(anchor, (t.Text("Borgere i job"),), columns, body, source=(t.Text("DREAM, 7. august 2023"),))


def footnote(text: str) -> t.Footnote:
    return t.Footnote((t.Text(text),))
