"""The document tree: what a paper says, before any file format.

Cases, and later minutes, receipts and reports, are turned into this tree once. Every rendering (HTML, PDF, Word) reads
the same tree after `documents.numbering.numbered`, so numbers, order and texts cannot differ between formats. Nodes are
immutable and hold plain values only, so that a tree survives as JSON in a `Snapshot` (see `documents.serialisation`).

Words are already Danish and formatted: a node never knows the locale, a measure or a model.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from documents import drawings

# --- inline nodes


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a table, figure or annex by its anchor; `text` ("tabel 2") is given by numbering."""

    target: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note set where its mark stands in the text; `number` is given by numbering."""

    children: tuple[Inline, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Value:
    """A figure or quote that can be traced: `evidence` holds ids of the snapshot's evidence entries.

    `is_hidden` marks a figure that may not leave the municipality. Redaction replaces its text by the neutral mark.
    """

    text: str
    evidence: tuple[str, ...] = ()
    is_hidden: bool = False


Inline = Text | Strong | Emphasis | Link | Reference | Footnote | Value

# --- block nodes


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 2 is a chapter, level 1 the document's title. `number` ("2.1") is given by numbering when `is_numbered`."""

    level: int
    children: tuple[Inline, ...]
    anchor: str = ""
    is_numbered: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """`at` is the numbered list of an indstilling: its points continue the sentence before ("1. at udvalget …")."""

    kind: Literal["bullet", "decimal", "at"]
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    children: tuple[Paragraph, ...]
    attribution: tuple[Inline, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A remark set apart from the running text: method, data basis, reservation."""

    title: str
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`unit` stands in the head under the label; figures are right-aligned on the decimal sign."""

    label: tuple[Inline, ...]
    unit: str = ""
    is_numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The first cell of a row is its header. `total` rows are set apart by a rule."""

    cells: tuple[Cell, ...]
    kind: Literal["body", "total"] = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """One logical table: caption above, one head row, source and notes below."""

    anchor: str
    caption: tuple[Inline, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    source: tuple[Inline, ...] = ()
    notes: tuple[tuple[Inline, ...], ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One mark of a chart. `value`, `low` and `high` are in the chart's unit; hidden or missing ones are None."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    text: str = ""
    evidence: tuple[str, ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure drawn from data: the finding as headline, a description below, its numbers as a table beside it.

    `table` is what a reader gets who cannot see the picture, under the same suppression. A "share" is drawn from `rows`. A
    "drawing" is laid out already, and holds nothing that anybody may not see: what is hidden from one reader is drawn for none.
    """

    anchor: str
    headline: tuple[Inline, ...]
    description: tuple[Inline, ...]
    alt: str
    kind: Literal["share", "drawing"]
    unit: str
    rows: tuple[ChartRow, ...]
    table: Table
    source: tuple[Inline, ...] = ()
    number: int = 0
    drawing: drawings.Drawing | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored picture, known by the SHA-256 of its bytes so that a frozen document cannot change."""

    anchor: str
    asset: str
    media_type: Literal["image/png", "image/jpeg"]
    alt: str
    caption: tuple[Inline, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex starts on a new page and carries its number ("Bilag 1") in heading and running header."""

    anchor: str
    title: tuple[Inline, ...]
    children: tuple[Block, ...]
    number: int = 0


Block = Heading | Paragraph | ListBlock | Quote | Note | Table | Chart | Picture | Annex


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the narrow right column on page one: "Sagsnummer i F2" / "2023 - 7083"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. `short_title` and `case_numbers` stand in the running header from page two."""

    title: str
    short_title: str
    author: str
    subject: str
    dated_on: dt.date
    children: tuple[Block, ...]
    lead: tuple[Inline, ...] = ()
    facts: tuple[Fact, ...] = ()
    case_numbers: str = ""
    language: str = "da"
    keywords: tuple[str, ...] = ()
