from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from cases.checks.cells import read_cell
from cases.checks.tables import check_sheet, derivable_cells, outcomes_that_add_up
from cases.sheets import Sheet
from documents import formats
from tests.cases.fact_sheet import FACT_SHEET, HEADINGS, ROWS


def found(sheet: Sheet, **declared: bool) -> list[tuple[str, int, int]]:
    return [(each.code, each.row, each.column) for each in check_sheet(sheet, **declared)]


def test_check_sheet_finds_the_faults_of_the_printed_fact_sheet() -> None:
    assert found(FACT_SHEET) == [
        ("percent-mismatch", 2, 4),
        ("mixed-decimals", 3, 4),
        ("small-cell", 3, 4),
        ("sum-mismatch", 6, 2),
    ]


def test_check_sheet_accepts_a_total_declared_as_unique_persons() -> None:
    assert "sum-mismatch" not in [code for code, _row, _column in found(FACT_SHEET, has_unique_persons=True)]


@pytest.mark.parametrize(("total", "is_wrong"), [("3392", True), ("3393", False), ("6090", False), ("6091", True)])
def test_check_sheet_holds_unique_persons_between_largest_group_and_sum(total: str, is_wrong: bool) -> None:
    sheet = Sheet(HEADINGS[:2], (*(row[:2] for row in ROWS[:4]), ("I alt", total)))
    assert (("sum-mismatch", 6, 2) in found(sheet, has_unique_persons=True)) is is_wrong


def test_check_sheet_says_what_the_percentage_should_be() -> None:
    (mismatch,) = [each for each in check_sheet(FACT_SHEET) if each.code == "percent-mismatch"]
    assert formats.percent(5, 1286) in mismatch.message


def test_check_sheet_of_a_sound_table_says_nothing() -> None:
    sheet = Sheet(
        ("Gruppe", "I forløb", "I job"),
        (("A", "100", "10 (10,0 %)"), ("B", "50", "20 (40,0 %)"), ("Total", "150", "30 (20,0 %)")),
    )
    assert check_sheet(sheet) == ()


def test_derivable_cells_finds_a_hidden_figure_that_the_total_gives_away() -> None:
    sheet = Sheet(("Gruppe", "I forløb", "I job"), (("A", "100", "•"), ("B", "50", "20"), ("I alt", "150", "22")))
    assert [(each.code, each.row, each.column) for each in derivable_cells(sheet)] == [("derivable-cell", 2, 3)]


def test_derivable_cells_is_content_with_two_hidden_figures() -> None:
    sheet = Sheet(
        ("Gruppe", "I forløb", "I job"), (("A", "100", "•"), ("B", "50", "•"), ("C", "50", "9"), ("I alt", "200", "42"))
    )
    assert derivable_cells(sheet) == ()


def test_derivable_cells_sees_through_two_hidden_figures_that_must_both_be_small() -> None:
    sheet = Sheet(
        ("Gruppe", "I forløb", "I job"), (("A", "100", "•"), ("B", "50", "•"), ("C", "50", "9"), ("I alt", "200", "10"))
    )
    assert [each.row for each in derivable_cells(sheet)] == [2, 3]


def test_outcomes_that_add_up_warns_when_only_the_base_counts_unique_persons() -> None:
    assert [(each.row, each.column) for each in outcomes_that_add_up(FACT_SHEET)] == [(6, 3), (6, 4)]


def test_outcomes_that_add_up_is_silent_when_the_base_adds_up_too() -> None:
    sheet = Sheet(HEADINGS[:3], (("A", "10", "5"), ("B", "10", "6"), ("Total", "20", "11")))
    assert outcomes_that_add_up(sheet) == ()


@pytest.mark.parametrize(
    ("cell", "is_mixed"), [("0 (0 %)", False), ("0 %", False), ("0 (0,00 %)", True), ("5 (5 %)", True)]
)
def test_check_sheet_takes_none_at_all_for_no_precision(cell: str, is_mixed: bool) -> None:
    sheet = Sheet(
        ("Gruppe", "Antal", "Job"), (("A", "100", "10 (10,0 %)"), ("B", "100", "20 (20,0 %)"), ("C", "100", cell))
    )
    assert (("mixed-decimals", 4, 3) in found(sheet)) is is_mixed


@pytest.mark.parametrize(("is_about_persons", "codes"), [(True, ["small-cell"]), (False, [])])
def test_check_sheet_looks_for_small_cells_only_among_persons(is_about_persons: bool, codes: list[str]) -> None:
    sheet = Sheet(("Udvalg", "Møder"), (("A", "4"), ("B", "12")))
    assert [code for code, _row, _column in found(sheet, is_about_persons=is_about_persons)] == codes


@pytest.mark.parametrize(
    ("text", "count", "percent"),
    [
        ("1.286", 1286, None),
        ("62 (4,8 %)", 62, 4.8),
        ("5 (0,3%)", 5, 0.3),
        ("4,9 %", None, 4.9),
        ("–", None, None),
        ("", None, None),
        ("12\u00a0345 (50 pct.)", 12345, 50.0),
        ("ca. 12.000", 12000, None),
        ("4,1", None, None),
        ("3*", 3, None),
        ("3 borgere", 3, None),
        ("2 gange", None, None),
        ("12 uger", None, None),
        ("2023-2024", None, None),
        ("1. kvartal", None, None),
        ("3 af 8 (37,5 %)", None, 37.5),
    ],
)
def test_read_cell(text: str, count: int | None, percent: float | None) -> None:
    value = read_cell(text)
    assert (value.count, value.percent) == (count, percent)


@given(base=st.integers(5, 10_000), share=st.floats(0, 1), decimals=st.integers(1, 2))
def test_a_percentage_that_we_print_always_follows_from_its_counts(base: int, share: float, decimals: int) -> None:
    count = int(base * share)
    cell = f"{formats.number(count)} ({formats.percent(count, base, decimals=decimals)})"
    sheet = Sheet(("Gruppe", "Antal", "Job"), (("A", formats.number(base), cell),))
    assert "percent-mismatch" not in [code for code, _row, _column in found(sheet)]


def test_check_table_prints_json(tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    lines = [";".join(HEADINGS), *(";".join(row) for row in ROWS)]
    path.write_text("\n".join(lines), encoding="utf-8")
    printed = StringIO()
    call_command("check_table", str(path), "--json", stdout=printed)
    entries = json.loads(printed.getvalue())
    assert {entry["code"] for entry in entries} == {"percent-mismatch", "sum-mismatch", "small-cell", "mixed-decimals"}
    assert entries[0]["row_label"] == "Aktivitetsparate"
    assert entries[0]["column_label"] == "I uddannelse"


def test_check_table_says_when_there_is_nothing_to_remark(tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text("Gruppe;Antal\nA;10\nTotal;10", encoding="utf-8")
    printed = StringIO()
    call_command("check_table", str(path), stdout=printed)
    assert len(printed.getvalue().splitlines()) == 1


def test_check_table_refuses_a_missing_file() -> None:
    with pytest.raises(CommandError, match="mangler.csv"):
        call_command("check_table", "mangler.csv")
