from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from suppliers.validators import is_cvr, validate_cvr


@pytest.mark.parametrize("number", ["90000004", "90000012", "90000020"])
def test_numbers_that_pass_the_check(number: str) -> None:
    assert is_cvr(number)
    validate_cvr(number)


@pytest.mark.parametrize("number", ["", "9000000", "900000040", "90000005", "9000 004", "９０００0004", "-9000004"])
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
