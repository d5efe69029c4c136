"""Reading, decoding and parsing, each with its own small cases."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from hypothesis import given, settings
from hypothesis import strategies as st

from records.sheets import decoding
from records.sheets.decoding import decode
from records.sheets.reading import read_source
from results.services import ImportRefusedError
from results.services.importing.parsing import SHEET, parse_sheet
from tests.results.files import HEAD, cells, csv_file, csv_text, line, workbook


def table(file):
    return parse_sheet(decode(read_source(file), SHEET))


def errors_of(file):
    return [(error.row, error.column, error.value) for error in table(file)[1]]


def head_errors(file):
    with pytest.raises(ImportRefusedError) as error:
        table(file)
    return [(e.row, e.column) for e in error.value.errors]


# --- encodings and separators


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_separators(encoding, delimiter):
    text = csv_text(line(note="også jobafklaringsforløb – æøå")).replace(";", delimiter)
    rows, errors = table(ContentFile(text.encode(encoding), name="a.csv"))
    assert errors == []
    assert [(row.codes["measure"], row.counts["denominator"], row.note) for row in rows] == [
        ("job_2m", 1286, "også jobafklaringsforløb – æøå")
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_and_blank_lines(newline):
    text = newline.join(["", HEAD, "", line(), ";" * 11, line(lot="1"), ""])
    rows, errors = table(ContentFile(text.encode(), name="a.csv"))
    assert errors == []
    assert [row.number for row in rows] == [4, 6]


def test_quoted_cells_and_excels_own_hint():
    text = "sep=;\n" + csv_text(line(note='"fordelt; på ""to"" centre"'))
    rows, _errors = table(ContentFile(text.encode(), name="a.csv"))
    assert [(row.number, row.note) for row in rows] == [(3, 'fordelt; på "to" centre')]


def test_columns_in_any_order_and_any_case():
    names = HEAD.split(";")[::-1]
    head = ";".join(name.upper() for name in names)
    rows, errors = table(csv_file(line(columns=";".join(names)), head=head))
    assert errors == []
    assert rows[0].counts["outcomes"] == 62


# --- heads


def test_missing_and_unknown_columns_are_all_named():
    head = HEAD.replace("outcomes", "outcome").replace("unit;", "") + ";cpr;note"
    assert head_errors(csv_file(line(), head=head)) == [
        (1, "outcome"),
        (1, "cpr"),
        (1, "note"),
        (1, "unit"),
        (1, "outcomes"),
    ]


def test_a_column_without_a_name():
    assert head_errors(csv_file(line() + ";x", head=HEAD.replace("note", ";note"))) == [(1, "")]


def test_a_file_of_something_else_entirely():
    missing = [place for _row, place in head_errors(csv_file("1;2", head="navn;alder"))]
    assert missing[:2] == ["navn", "alder"]
    assert "measure" in missing


def test_a_cell_outside_the_head():
    assert errors_of(csv_file(line() + ";ekstra")) == [(2, "", "ekstra")]


# --- workbooks


def test_workbook_numbers_are_never_in_doubt():
    head = [*HEAD.split(";"), "mean"]
    row = [*cells(outcomes="", denominator=25.0, lot=1, period="2022-Q1"), 4.123]
    (parsed,), errors = table(workbook([head, row]))
    assert errors == []
    assert (parsed.mean, parsed.counts["denominator"], parsed.codes["lot"]) == (Decimal("4.123"), 25, "1")


def test_workbook_formulas_are_refused():
    assert errors_of(workbook([HEAD.split(";"), cells(outcomes="=SUM(A1:A9)")])) == [(2, "outcomes", "=SUM(A1:A9)")]


def test_workbook_with_notes_on_another_sheet():
    rows, _errors = table(workbook([["Vejledning"], ["Udfyld næste ark"]], Tal=[HEAD.split(";"), cells()]))
    assert len(rows) == 1


def test_workbook_with_two_sheets_of_figures_is_refused():
    with pytest.raises(ImportRefusedError):
        table(workbook([HEAD.split(";"), cells()], Mere=[HEAD.split(";"), cells()]))


def test_workbook_that_unpacks_to_far_too_much(settings):
    settings.IMPORT_MAX_BYTES = 100_000
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 1_000_001)
    with pytest.raises(ImportRefusedError) as error:
        decode(read_source(ContentFile(stream.getvalue(), name="bombe.xlsx")), SHEET)
    assert error.value.errors[0].row is None


def test_workbook_with_entities_is_refused():
    """A billion laughs in the sheet: defusedxml refuses, and we say that the workbook is damaged."""
    book = openpyxl.Workbook()
    book.active["A1"] = "measure"
    stream = io.BytesIO()
    book.save(stream)
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            target.writestr(item, bomb if item.filename.endswith("sheet1.xml") else source.read(item))
    with pytest.raises(ImportRefusedError):
        decode(read_source(ContentFile(out.getvalue(), name="bombe.xlsx")), SHEET)


@pytest.mark.parametrize(("limit", "file"), [("MAX_ROWS", csv_file(line(), line())), ("MAX_COLUMNS", csv_file(line()))])
def test_tables_that_are_no_aggregates(monkeypatch, limit, file):
    monkeypatch.setattr(decoding, limit, 2)
    with pytest.raises(ImportRefusedError):
        decode(read_source(file), SHEET)


# --- what must never be read


@pytest.mark.parametrize("column", ["measure", "supplier_cvr", "lot", "note", "denominator", "version"])
@pytest.mark.parametrize("value", ["0101901234", "010190-1234", "310599 1234", "id 010190-1234 x"])
def test_cpr_is_refused_and_never_repeated(column, value):
    _rows, errors = table(csv_file(line(**{column: value})))
    assert [(error.row, error.column, error.value) for error in errors] == [(2, column, "")]
    assert not any("1234" in str(error) for error in errors)


def test_cpr_that_lost_its_zero_in_a_workbook():
    assert errors_of(workbook([HEAD.split(";"), cells(denominator=101901234)])) == [(2, "denominator", "")]


def test_cpr_as_a_head_is_not_repeated():
    with pytest.raises(ImportRefusedError) as error:
        table(csv_file(line() + ";1", head=HEAD + ";010190-1234"))
    assert "1234" not in str(error.value)


FORMULAS = [
    *["=1+1", "@SUM(A1)", "+SUM(A1)", "-A1", "=HYPERLINK(x)", "-$A$1", "-(2)"],
    *["-2+3", "+2*3", "- 2 + 3", "--2-1", "-2,5/B4", "- A1*2", "-2+SUM(A1)", "-2+cmd|' /C calc'!A0", '-"2"&A1'],
]


@pytest.mark.parametrize("value", FORMULAS)
def test_formulas_are_refused(value):
    assert errors_of(csv_file(line(note=value))) == [(2, "note", value)]


@pytest.mark.parametrize("column", ["benefit_group", "measure", "version", "service"])
def test_formulas_in_place_of_codes_are_refused(column):
    assert errors_of(csv_file(line(**{column: "-2+3"}))) == [(2, column, "-2+3")]


WORDS = [
    *["- kun jobcenter 2", "+45 er landekoden", "a = b", "-5", "-5 %", "- 5 borgere", "-5 - heraf to ukendte", "2+3"],
    *["+45 12 34 56 78", "- leverandør(er) mangler", "- (kun jobcenter 2)", "-", "+", "--- se fodnoten", "5-6 borgere"],
]


@pytest.mark.parametrize("value", WORDS)
def test_what_only_looks_like_a_formula(value):
    assert errors_of(csv_file(line(note=value))) == []


def test_a_negative_number_is_told_as_one_and_a_formula_as_one():
    rows = [line(denominator="-5"), line(denominator="-2+3")]
    problems = [error.problem for error in table(csv_file(*rows))[1]]
    assert problems == [str(problem) for problem in (_("The number is negative."), _("The cell is a formula."))]


# --- anything at all


def refusal_of(file):
    """Read a file that may be anything; what is refused is refused with sentences."""
    try:
        table(file)
    except ImportRefusedError as error:
        return error.errors
    return ()


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_no_bytes_bring_the_reader_down(content):
    assert all(error.problem and error.remedy for error in refusal_of(ContentFile(content, name="a.csv")))


@given(st.binary(min_size=1, max_size=40), st.integers(0, 4000))
@settings(deadline=None, max_examples=50)
def test_no_damage_to_a_workbook_brings_the_reader_down(noise, place):
    content = bytearray(workbook([HEAD.split(";"), cells()]).read())
    content[place : place + len(noise)] = noise
    assert all(error.problem and error.remedy for error in refusal_of(ContentFile(bytes(content), name="a.xlsx")))


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters='";'), max_size=30
    )
)
@settings(deadline=None)
def test_any_text_in_a_cell_is_a_note_or_an_error(text):
    rows, errors = table(csv_file(line(note=text)))
    assert errors or rows[0].note == text.replace("\N{NO-BREAK SPACE}", " ").strip()
