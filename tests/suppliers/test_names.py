from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suppliers.names import COMPANY_FORMS, bare_name


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Nordlys Job A/S", "nordlys job"),
        ("NORDLYS JOB ApS", "nordlys job"),
        ("Nordlys-Job I/S", "nordlysjob"),
        ("Nordlys Job (A.S.)", "nordlys job"),
        ("Broen f.m.b.a.", "broen"),
        ("  Æbleø   Mentor, ApS ", "æbleø mentor"),
        ("A/S", ""),
        ("", ""),
        ("ASA Job", "asa job"),
    ],
)
def test_names_without_their_form_of_company(name: str, bare: str) -> None:
    assert bare_name(name) == bare


@given(st.text(), st.sampled_from(sorted(COMPANY_FORMS)))
def test_the_form_of_company_makes_no_difference(name: str, form: str) -> None:
    assert bare_name(f"{name} {form}") == bare_name(name)
    assert bare_name(bare_name(name)) == bare_name(name)
