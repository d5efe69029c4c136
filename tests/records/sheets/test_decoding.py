"""What any register may be handed: sheets with a layout of their own, and workbooks with several."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.base import ContentFile

from records.sheets import dates, numbers
from records.sheets.columns import as_written
from records.sheets.decoding import decode, decode_book
from records.sheets.errors import ImportRefusedError, RowError
from records.sheets.layouts import Layout
from records.sheets.reading import read_source
from records.sheets.rows import read_rows

LAYOUT = Layout(
    ("number", "month"),
    ("amount",),
    aliases={"kontraktnummer": "number", "måned": "month", "beløb": "amount"},
    amounts=frozenset({"amount"}),
    advice="Se efter.",
)
KEYS = {"kontrakter": "contracts", "contracts": "contracts", "rammer": "frameworks"}


def csv(text, name="a.csv"):
    return read_source(ContentFile(text.encode(), name=name), advice=LAYOUT.advice)


def book(**sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return read_source(ContentFile(stream.getvalue(), name="a.xlsx"))


def rows_of(source):
    return list(read_rows(decode(source, LAYOUT), LAYOUT))


def refusal(call, *args):
    with pytest.raises(ImportRefusedError) as error:
        call(*args)
    return [(e.sheet, e.row, e.column) for e in error.value.errors]


@pytest.mark.parametrize("head", ["number;month;amount", "Kontraktnummer;Måned;Beløb", "kontraktnummer; MÅNED ;amount"])
def test_heads_may_use_other_names(head):
    (row,) = rows_of(csv(f"{head}\n12;2026-03;1.000,50\n"))
    assert (row.text("number"), row.read("month", dates.month), row.errors) == ("12", dt.date(2026, 3, 1), [])
    assert str(row.read("amount", numbers.amount)) == "1000.50"


def test_the_separator_is_found_by_another_name_too():
    (row,) = rows_of(
        csv("kontraktnummer\tmåned\tbeløb;med;semikolon\n1\t2026-03\t\n".replace("beløb;med;semikolon", "beløb"))
    )
    assert row.text("number") == "1"


def test_one_column_under_two_names_is_there_twice():
    assert refusal(rows_of, csv("number;kontraktnummer;month\n1;1;2026-03\n")) == [("", 1, "kontraktnummer")]


def test_errors_name_columns_as_the_sheet_does():
    sheet = decode(csv("Kontraktnummer;month\n1;x\n"), LAYOUT)
    errors = [RowError(2, name, "", "Forkert.", "Ret.") for name in ("number", "month", "amount", "")]
    assert [error.column for error in as_written(errors, sheet, LAYOUT)] == ["Kontraktnummer", "month", "amount", ""]


def test_advice_is_given_when_there_is_far_too_much(settings):
    settings.IMPORT_MAX_BYTES = 10
    with pytest.raises(ImportRefusedError) as error:
        csv("number;month\n1;2026-03\n")
    assert error.value.errors[0].remedy == "Se efter."


def test_round_millions_are_amounts_and_no_persons():
    head = ["number", "month", "amount"]
    rows = rows_of(
        book(Ark=[head, ["1", "2026-03", 110500000], ["2", "2026-03", 101901234], [110500000, "2026-03", 1]])
    )
    assert [[(error.row, error.column, error.value) for error in row.errors] for row in rows] == [
        [],
        [(3, "amount", "")],
        [(4, "number", "")],
    ]


def test_dates_of_a_workbook_are_days_and_months():
    (row,) = rows_of(book(Ark=[["number", "month"], [1, dt.datetime(2026, 3, 31)]]))  # noqa: DTZ001
    assert (row.read("month", dates.month), row.read("month", dates.day)) == (dt.date(2026, 3, 1), dt.date(2026, 3, 31))


def test_a_book_gives_its_sheets_by_key_and_names_the_others():
    found = decode_book(book(Kontrakter=[["number"], ["1"]], RAMMER=[["code"]], Vejledning=[["Læs"]], Tom=[]), KEYS)
    assert {key: (sheet.name, len(sheet.rows)) for key, sheet in found.sheets.items()} == {
        "contracts": ("Kontrakter", 1),
        "frameworks": ("RAMMER", 0),
    }
    assert found.unknown == ("Vejledning",)


def test_errors_of_a_book_name_the_sheet():
    sheet = decode_book(book(Kontrakter=[["number", "month"], ["=1+1", "x", "y"]]), KEYS).sheets["contracts"]
    (row,) = read_rows(sheet, LAYOUT)
    row.read("month", dates.month)
    assert [(error.sheet, error.row, error.column) for error in row.errors] == [
        ("Kontrakter", 2, "number"),
        ("Kontrakter", 2, ""),
        ("Kontrakter", 2, "month"),
    ]
    assert "Kontrakter" in str(row.errors[0])
    head = decode_book(book(Kontrakter=[["number", "x"]]), KEYS).sheets["contracts"]
    assert refusal(read_rows, head, LAYOUT) == [("Kontrakter", 1, "x"), ("Kontrakter", 1, "month")]


def test_the_same_kind_of_record_in_two_sheets_is_refused():
    source = book(Kontrakter=[["number"]], contracts=[["number"]])
    assert refusal(decode_book, source, KEYS) == [("contracts", None, "")]


def test_what_is_no_book_is_refused():
    assert refusal(decode_book, csv("number;month\n"), KEYS) == [("", None, "")]
    assert refusal(decode_book, book(Ark1=[["number"]]), KEYS) == [("", None, "")]


def test_the_report_counts_and_lists():
    error = ImportRefusedError(
        [RowError(2, "month", "x", "Forkert.", "Ret.", "Ark"), RowError(None, "", "", "Tom.", "Vælg.")]
    )
    first, *rest = error.report.splitlines()
    assert "2" in first
    assert [line.strip() for line in rest] == [str(each) for each in error.errors]


WORDS = Layout(("number",), ("note", "amount"), certain=frozenset({"amount"}), words=frozenset({"note"}))


def words_of(*rows):
    made = book(a=[["number", "note", "amount"], *rows])
    return [row.errors for row in read_rows(decode(made, WORDS), WORDS)]


def test_a_text_may_begin_as_a_formula_where_words_stand():
    made = openpyxl.Workbook()
    made.active.append(["number", "note"])
    made.active.append(["1"])
    cell = made.active.cell(2, 2)
    cell.value, cell.data_type = "=SUM(A1)", "s"
    stream = io.BytesIO()
    made.save(stream)
    source = read_source(ContentFile(stream.getvalue(), name="a.xlsx"))
    (row,) = read_rows(decode(source, WORDS), WORDS)
    assert (row.text("note"), row.errors) == ("=SUM(A1)", [])


def test_a_real_formula_is_refused_there_too():
    ((error,),) = words_of(["1", "=SUM(A1)"])
    assert error.column == "note"


def test_a_number_is_no_person_where_only_amounts_stand():
    assert words_of(["1", "", 101_701_234]) == [[]]
    ((error,),) = words_of(["1", "", "0101701234"])
    assert (error.column, error.value) == ("amount", "")
