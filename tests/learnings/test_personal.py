"""What looks like personal data, by a table of spellings."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnings.enums import FindingKind
from learnings.personal import find_personal, looks_like_cpr, without_cpr_digits

PEOPLE = ("Lone Tangvig", "Hans Bo Kær", "Anne-Marie Høybro", "Yusuf af Brinkeå")
SIGNS = ("", " ", "-", " - ", "\u00a0", "\u00ad", "\u2013", ".", "/", " \u2013 ")


def found(text: str) -> list[tuple[str, str]]:
    return [(each.kind.value, text[each.start : each.end]) for each in find_personal(text, PEOPLE)]


@pytest.mark.parametrize(
    "number",
    [
        "0101901234",
        "010190-1234",
        "010190 1234",
        "010190 - 1234",
        "010190\u20131234",
        "010190\u00ad1234",
        "01 01 90 1234",
        "01-01-90-1234",
        "01.01.90 1234",
        "01/01/90-1234",
        "010190 12 34",
        "0 1 0 1 9 0 1 2 3 4",
        "01011990-1234",
        "01.01.1990-1234",
        "610190-1234",
        "290200-1234",
        "０１０１９０-１２３４",
    ],
)
def test_a_cpr_number_is_found_in_every_spelling(number: str) -> None:
    assert found(f"Borgeren ({number}) begyndte.") == [("cpr", number)]
    assert looks_like_cpr(number)
    assert not looks_like_cpr(without_cpr_digits(number))


@pytest.mark.parametrize(
    "text",
    ["320190-1234", "011390-1234", "300290-1234", "01019012345", "fra 01.01.2023 10 borgere", "01-01-2023", "1234567"],
)
def test_what_is_no_day_or_no_ten_digits_is_no_cpr_number(text: str) -> None:
    assert not looks_like_cpr(text)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2057, 12, 31)), st.integers(0, 9999), *[st.sampled_from(SIGNS)] * 2)
def test_no_cpr_number_gets_away(day: dt.date, serial: int, middle: str, around: str) -> None:
    number = f"{day:%d%m%y}{middle}{serial:04}"
    text = f"Han sagde{around or ' '}{number}{around or ' '}i går"
    assert looks_like_cpr(text)
    assert not looks_like_cpr(without_cpr_digits(text))


@pytest.mark.parametrize(
    "number",
    [
        "22334455",
        "22 33 44 55",
        "22-33-44-55",
        "22.33.44.55",
        "2233 4455",
        "22 334 455",
        "223 344 55",
        "+45 22 33 44 55",
        "+4522334455",
        "0045 22334455",
        "(+45) 22 33 44 55",
        "+46 70 123 45 67",
        "22\u00a033\u00a044\u00a055",
    ],
)
def test_a_phone_number_is_found_in_the_usual_spellings(number: str) -> None:
    assert found(f"Ring på {number}, så svarer vi.") == [("phone", number)]


@pytest.mark.parametrize(
    "text", ["2023-2024", "2023 – 2024 er", "CVR 22334455", "CVR-nr. 22334455", "25000000 kr.", "12345678", "2.000.000"]
)
def test_years_amounts_and_cvr_numbers_are_no_phone_numbers(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "address",
    [
        "lone@havgaard.example",
        "Lone.TANGVIG+nyt@HAVGAARD.example",
        "lone (at) havgaard.example",
        "lone snabel-a havgaard.example",
        "lone[at]havgaard(dot)example",
        "sø@ærø.example",
    ],
)
def test_an_e_mail_address_is_found_once_whatever_is_in_it(address: str) -> None:
    assert found(f"Skriv til {address} i dag") == [("email", address)]


@pytest.mark.parametrize(
    "name",
    [
        "Lone Tangvig",
        "lone tangvig",
        "LONE TANGVIG",
        "Lone T. Tangvig",
        "Lone",
        "Lones",
        "Lone's",
        "Tangvigs",
        "Hans Bo Kær",
        "hans bo kær",
        "Bo Kær",
        "Hans",
        "Anne-Marie",
        "Anne Marie Høybro",
        "Høybro",
        "Ho\u0308ybro".replace("o\u0308", "ø"),
        "Yusuf af Brinkeå",
        "Brinkea\u030a",
    ],
)
def test_names_of_the_suppliers_people_are_found(name: str) -> None:
    assert found(f"Vi spurgte {name}, og så skete det.") == [("name", name)]


@pytest.mark.parametrize("text", ["det er hans sag", "et bo i byen", "kær", "Lonely", "Klone", "Tangvigen", "af"])
def test_words_that_only_look_like_a_name_are_none(text: str) -> None:
    assert found(text) == []


def test_what_is_found_stands_in_the_order_of_the_text() -> None:
    text = "Lone på 22334455, lone@havgaard.example eller 010190-1234."
    assert [each.kind for each in find_personal(text, PEOPLE)] == [
        FindingKind.NAME,
        FindingKind.PHONE,
        FindingKind.EMAIL,
        FindingKind.CPR,
    ]
    assert "0101" not in repr(find_personal(text, PEOPLE))
