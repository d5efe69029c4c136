"""A figure as a page shows it: the drawing for wide and narrow screens, its words, and its table as plain texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents import tree as t
from documents.drawings import drawing_svg
from documents.enums import Audience
from documents.numbering import walk
from documents.redaction import for_audience
from results.pictures.parts import Figure


@dataclass(frozen=True, slots=True)
class ShownCell:
    text: str
    is_numeric: bool


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """What the template prints. `wide` and `narrow` are SVG; the first cell of a row is its header."""

    headline: str
    description: str
    alt: str
    wide: str
    narrow: str
    columns: tuple[ShownCell, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    notes: tuple[str, ...]
    source: str


def shown(figure: Figure, audience: Audience = Audience.PUBLIC) -> ShownFigure:
    """Return a figure as an audience may see it; nothing hidden, unless it is asked for inside the municipality."""
    chart = for_audience(figure.chart, audience)
    table = chart.table
    return ShownFigure(
        headline=plain(chart.headline),
        description=plain(chart.description),
        alt=chart.alt,
        wide=drawing_svg(chart.drawing) if chart.drawing else "",
        narrow=drawing_svg(figure.narrow),
        columns=tuple(_head(each) for each in table.columns),
        rows=tuple(tuple(_cells(row, table)) for row in table.rows),
        notes=tuple(plain(note) for note in table.notes),
        source=plain(chart.source),
    )


def plain(inlines: Iterable[t.Inline]) -> str:
    """Return the words of inline nodes."""
    return "".join(node.text for each in inlines for node in walk(each) if isinstance(node, t.Text | t.Value))


def _head(column: t.Column) -> ShownCell:
    label = plain(column.label)
    return ShownCell(f"{label} ({column.unit})" if column.unit else label, column.is_numeric)


def _cells(row: t.Row, table: t.Table) -> Iterator[ShownCell]:
    for cell, column in zip(row.cells, table.columns, strict=True):
        yield ShownCell(plain(cell.children), column.is_numeric)
