"""Workbooks as people would write them, for the tests of the import."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import ContentFile
from openpyxl import Workbook, load_workbook

from contracts.workbook.tables import TABLES

BY_KEY = {table.key: table for table in TABLES}


def book_of(name: str = "register.xlsx", **tables: list[dict[str, Any]]) -> ContentFile:
    """Return a workbook with a sheet for each table given; rows are dicts by field."""
    book = Workbook()
    book.remove(book.active)
    for key, rows in tables.items():
        table = BY_KEY[key]
        fields = [column.field for column in table.columns if any(column.field in row for row in rows)]
        sheet = book.create_sheet(table.title)
        sheet.append([table.head_of(name) for name in fields])
        for row in rows:
            sheet.append([row.get(name) for name in fields])
    return saved(book, name)


def saved(book: Workbook, name: str = "register.xlsx") -> ContentFile:
    stream = io.BytesIO()
    book.save(stream)
    return ContentFile(stream.getvalue(), name=name)


def cells_of(content: bytes, title: str) -> list[list[Any]]:
    """Return a sheet's values."""
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content))[title].iter_rows()]
