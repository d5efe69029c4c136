"""Files of spend as people hand them in."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

HEAD = "contract_number;month;amount_dkk;referrals"


def spend_file(*lines: str, head: str = HEAD, name: str = "forbrug.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([head, *lines, ""]).encode())


def spend_workbook(*rows: Sequence[object], head: str = HEAD) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in [head.split(";"), *rows]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("forbrug.xlsx", stream.getvalue())
