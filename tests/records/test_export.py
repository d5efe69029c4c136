from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from records.export import csv_lines, safe_text, workbook_bytes

FORMULAS = ["=1+1", "+45 12 34 56 78", "-2", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "\r=1"]


def parsed(headings: list[str], rows: list[list[object]]) -> list[list[str]]:
    text = "".join(csv_lines(headings, rows))
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def test_csv_is_what_danish_excel_reads() -> None:
    text = "".join(csv_lines(["Navn", "Loft"], [["Ærø; A/S", Decimal("1234.50")]]))
    assert text == '\ufeffNavn;Loft\r\n"Ærø; A/S";1234,50\r\n'


def test_csv_values() -> None:
    row = [None, "", True, 0, 6090, dt.date(2023, 8, 7), ["b", "a"]]
    assert parsed(["x"], [row])[1] == ["", "", "Ja", "0", "6090", "2023-08-07", "a, b"]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_never_holds_a_formula(text: str) -> None:
    (cell,) = parsed(["x"], [[text]])[1]
    assert cell.startswith("'")


def test_csv_keeps_a_negative_number_a_number() -> None:
    assert parsed(["x"], [[-2]])[1] == ["-2"]


@given(st.text())
def test_safe_text_is_never_run(text: str) -> None:
    assert not safe_text(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_xlsx_keeps_types() -> None:
    rows = [["Broen", Decimal("1234.5"), dt.date(2023, 8, 7), None, True]]
    data = workbook_bytes("Rammer: 2020/2024", ["a", "b", "c", "d", "e"], rows)
    sheet = load_workbook(io.BytesIO(data)).active
    name, ceiling, start, nothing, yes = (cell.value for cell in sheet[2])
    assert (name, ceiling, start.date(), nothing, yes) == ("Broen", 1234.5, dt.date(2023, 8, 7), None, "Ja")
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_never_holds_a_formula(text: str) -> None:
    sheet = load_workbook(io.BytesIO(workbook_bytes("x", ["x"], [[text]]))).active
    cell = sheet["A2"]
    assert (cell.data_type, bool(cell.quotePrefix)) == ("s", True)


def test_xlsx_survives_signs_that_excel_forbids() -> None:
    sheet = load_workbook(io.BytesIO(workbook_bytes("x", ["x"], [["a\x00b\x0bc"]]))).active
    assert sheet["A2"].value == "abc"
