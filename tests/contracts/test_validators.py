from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from contracts.validators import validate_edoc_number, validate_f2_number


@pytest.mark.parametrize("number", ["2023 - 7083", "2023 – 96", "2023-7083", " 2023 - 7083 "])
def test_numbers_as_f2_writes_them_are_taken(number):
    validate_f2_number(number)


@pytest.mark.parametrize("number", ["7083", "23 - 7083", "2023", "2023 - ", "2023 - 70a", "2023 — 7083"])
def test_what_is_no_f2_number_is_refused_with_an_example(number):
    with pytest.raises(ValidationError, match="2023 - 7083"):
        validate_f2_number(number)


@pytest.mark.parametrize("number", ["2023-0158729", "2023-0158729-12"])
def test_numbers_as_edoc_writes_them_are_taken(number):
    validate_edoc_number(number)


@pytest.mark.parametrize("number", ["2023-158729", "2023 - 0158729", "0158729", "2023-0158729-"])
def test_what_is_no_edoc_number_is_refused_with_an_example(number):
    with pytest.raises(ValidationError, match="2023-0158729"):
        validate_edoc_number(number)
