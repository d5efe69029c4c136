from __future__ import annotations

from pathlib import Path

import pytest

from cases.sheets import Sheet, parse_pasted, read_text_file


@pytest.mark.parametrize(
    "text",
    [
        "Gruppe\tAntal\nA\t1.286\nB\t175",
        "| Gruppe | Antal |\n|---|---|\n| A | 1.286 |\n| B | 175 |",
        "Gruppe;Antal\nA;1.286\nB;175\n\n",
        'Gruppe,Antal\nA,"1.286"\nB,175',
    ],
)
def test_parse_pasted_reads_every_separator(text: str) -> None:
    assert parse_pasted(text) == Sheet(("Gruppe", "Antal"), (("A", "1.286"), ("B", "175")))


def test_parse_pasted_fills_ragged_rows() -> None:
    assert parse_pasted("A\tB\tC\n1\t2").rows == (("1", "2", ""),)


def test_parse_pasted_keeps_separators_inside_quotes() -> None:
    assert parse_pasted('Gruppe;Antal\n"A; B";2').rows == (("A; B", "2"),)


def test_parse_pasted_of_nothing_is_empty() -> None:
    assert parse_pasted(" \n\n") == Sheet((), ())


def test_read_text_file_reads_windows_1252(tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    path.write_bytes("Gruppe;Antal\nSygedagpenge på øen;3".encode("windows-1252"))
    assert read_text_file(path).rows == (("Sygedagpenge på øen", "3"),)


def test_read_text_file_ignores_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    path.write_bytes("Gruppe;Antal\nA;3".encode("utf-8-sig"))
    assert read_text_file(path).headings == ("Gruppe", "Antal")


@pytest.mark.parametrize("content", ["", "kun en linje", "en kolonne\nværdi"])
def test_read_text_file_refuses_what_is_no_table(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"tabel\.csv"):
        read_text_file(path)


def test_read_text_file_refuses_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mangler.csv"):
        read_text_file(tmp_path / "mangler.csv")


def test_read_text_file_refuses_a_huge_file(tmp_path: Path) -> None:
    path = tmp_path / "stor.csv"
    path.write_bytes(b"A;1\n" * 300_000)
    with pytest.raises(ValueError, match="stor.csv"):
        read_text_file(path)
