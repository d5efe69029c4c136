from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.files.names import LONGEST, clean_name, extension_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kontrakt.pdf", "Kontrakt.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\kim\\Kontrakt æøå.docx", "Kontrakt æøå.docx"),
        ("A\u030arsrapport.pdf", "Årsrapport.pdf"),
        ("fak\u202efdp.exe", "fakfdp.exe"),
        ("linje\r\nskift\x00.pdf", "linjeskift.pdf"),
        ('a<b>:"c"|?*.txt', "a_b___c____.txt"),
        ("  mange   rum .pdf ", "mange rum .pdf"),
        (".pdf", "pdf"),
        ("", "_"),
        ("con.txt", "_con.txt"),
    ],
)
def test_name_is_cleaned(name: str, expected: str) -> None:
    assert clean_name(name) == expected


@given(st.text())
def test_cleaned_name_is_one_short_visible_name(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= LONGEST
    assert clean.isprintable()
    assert not set(clean) & set('/\\<>:"|?*')
    assert clean.strip() == clean


def test_long_name_keeps_its_extension() -> None:
    clean = clean_name("x" * 500 + ".docx")
    assert (len(clean), extension_of(clean)) == (LONGEST, ".docx")
