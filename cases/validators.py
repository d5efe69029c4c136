"""Formats of the records systems' numbers. Warnings only: the systems change, and a number is stored as typed."""

from __future__ import annotations

import re

F2_CASE = re.compile(r"^\d{4}\s*[-–]\s*\d+$")  # 2023 - 7083
F2_DOCUMENT = re.compile(r"^\d{5,}$")
EDOC_CASE = re.compile(r"^\d{4}-\d{7}(-\d+)?$")  # 2023-0158729


def looks_like_f2_case(number: str) -> bool:
    return bool(F2_CASE.match(number))


def looks_like_f2_document(number: str) -> bool:
    return bool(F2_DOCUMENT.match(number))


def looks_like_edoc_case(number: str) -> bool:
    return bool(EDOC_CASE.match(number))
