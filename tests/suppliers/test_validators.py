from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from suppliers.validators import is_cvr, validate_cvr, validate_p_number, validate_postal_code


@pytest.mark.parametrize("number", ["90000004", "90000012", "90000020"])
def test_numbers_that_pass_the_check(number: str) -> None:
    assert is_cvr(number)
    validate_cvr(number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "9000000",
        "900000040",
        "90000005",
        "9000 004",
        "９０００0004",
        "-9000004",
        "DK90000004",
        "90 00 00 04",
        "00000000",
    ],
)
def test_numbers_that_do_not(number: str) -> None:
    assert not is_cvr(number)
    with pytest.raises(ValidationError, match=r"\w+ .*\."):
        validate_cvr(number)


def test_one_mistyped_digit_is_always_noticed() -> None:
    right = "90000004"
    for place in range(8):
        for digit in "0123456789":
            wrong = right[:place] + digit + right[place + 1 :]
            assert is_cvr(wrong) == (wrong == right)


def test_a_p_number_has_ten_digits() -> None:
    validate_p_number("1000000000")


@pytest.mark.parametrize(
    "number", ["", "100000000", "10000000000", "0101701234", "2000000000", "1OOOOOOOOO", "١٠٠٠٠٠٠٠٠٠"]
)
def test_what_is_no_p_number(number: str) -> None:
    with pytest.raises(ValidationError, match=r"ten digits|ti cifre"):
        validate_p_number(number)


@pytest.mark.parametrize("code", ["", "100", "DK-1000", "10000"])
def test_what_is_no_postal_code(code: str) -> None:
    with pytest.raises(ValidationError, match=r"four digits|fire cifre"):
        validate_postal_code(code)
