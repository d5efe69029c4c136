"""No name in an archive leads out of it, and no two are the same."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.dossiers.names import LONGEST, Names, safe_file, safe_part


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kontrakt.pdf", "kontrakt.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\skjult\\aftale.docx", "aftale.docx"),
        ("..", "uden navn"),
        ("", "uden navn"),
        ("a\x00b\n.pdf", "a_b_.pdf"),
        ("x" * 200 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_names_that_people_gave(name: str, expected: str) -> None:
    assert safe_file(name) == expected


@given(st.text(max_size=120))
def test_a_part_stays_one_part(text: str) -> None:
    for name in (safe_part(text), safe_file(text)):
        assert PurePosixPath(name).parts == (name,)
        assert name not in {".", ".."}
        assert "\\" not in name


def test_the_second_of_two_gets_a_number() -> None:
    names = Names()
    assert [names.take("a", "b.pdf") for _time in range(3)] == ["a/b.pdf", "a/b (2).pdf", "a/b (3).pdf"]
    assert names.take("a", "B.pdf") == "a/B (4).pdf"
