"""Lists inside a page: columns declared once, shown page by page and exported whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from records.values import display

PER_PAGE = 25
BATCH = 1000


@dataclass(frozen=True)
class Column:
    """What a column is called and how it is read off a row; `url` is where the cell leads."""

    label: str
    value: Callable[[Any], Any]
    url: Callable[[Any], str | None] | None = None
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    text: str
    url: str | None
    classname: str


@dataclass(frozen=True)
class Table:
    """A list with a name of its own in the address. `rows` are fetched only as far as they are shown or exported.

    `prepare` works out what the columns show for many rows at once: a page of them, or a batch of an export.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: QuerySet | Sequence[Any]
    empty_text: str = ""
    whole_list_url: str = ""
    prepare: Callable[[Sequence[Any]], Sequence[Any]] = list

    @property
    def headings(self) -> list[str]:
        return [str(column.label) for column in self.columns]

    def lines(self) -> Iterator[list[Any]]:
        """Yield the values of every row as they are, for a spreadsheet."""
        for batch in Paginator(self.rows, BATCH):
            for row in self.prepare(list(batch)):
                yield [column.value(row) for column in self.columns]

    def page(self, number: str | int | None) -> TablePage:
        """Return one page of it; two queries for rows of the database."""
        return TablePage(self, Paginator(self.rows, PER_PAGE).get_page(number))


@dataclass(frozen=True)
class TablePage:
    table: Table
    page: Page

    @property
    def lines(self) -> list[list[Cell]]:
        rows = self.table.prepare(list(self.page))
        return [[_cell(column, row) for column in self.table.columns] for row in rows]


def _cell(column: Column, row: Any) -> Cell:
    value = column.value(row)
    kind = "register-number" if column.is_number else "record-date" if isinstance(value, dt.date) else ""
    return Cell(display(value), column.url(row) if column.url else None, kind)
