"""Files of results as people hand them in."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

HEAD = "measure;version;unit;period;framework;supplier_cvr;lot;benefit_group;service;denominator;outcomes;note"
ROW = {
    "measure": "job_2m",
    "version": "faktaark-2023",
    "unit": "persons",
    "period": "2022",
    "framework": "udsatte-sygemeldte",
    "supplier_cvr": "*",
    "lot": "*",
    "benefit_group": "aktivitetsparate",
    "service": "*",
    "denominator": "1286",
    "outcomes": "62",
    "note": "",
}


def line(*, columns: str = HEAD, **changed: str) -> str:
    return ";".join({**ROW, **changed}.get(column, "") for column in columns.split(";"))


def csv_text(*lines: str, head: str = HEAD) -> str:
    return "\n".join([head, *lines]) + "\n"


def csv_file(
    *lines: str, head: str = HEAD, name: str = "resultater.csv", encoding: str = "utf-8"
) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, csv_text(*lines, head=head).encode(encoding))


def workbook(rows: Sequence[Sequence[object]], *, name: str = "resultater.xlsx", **more: Sequence[Sequence[object]]):
    """Return a workbook with one sheet, and one for each keyword."""
    book = openpyxl.Workbook()
    for title, content in {"Ark1": rows, **more}.items():
        sheet = book.create_sheet(title)
        for row in content:
            sheet.append(row)
    book.remove(book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def cells(**changed: object) -> list[object]:
    return [
        {**ROW, "denominator": 1286, "outcomes": 62, "period": 2022, **changed}[column] for column in HEAD.split(";")
    ]
