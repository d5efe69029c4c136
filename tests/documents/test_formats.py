import datetime as dt
from decimal import Decimal

import pytest

from documents.formats import HIDDEN, MISSING, approximately, count_with_percent, day, number, percent


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1286, 0, "1.286"),
        (1234567.891, 2, "1.234.567,89"),
        (4.3, 1, "4,3"),
        (4.25, 1, "4,3"),
        (2.5, 0, "3"),
        (Decimal("0.05"), 1, "0,1"),
        (-0.01, 1, "0,0"),
        (-1286, 0, "-1.286"),
        (4, 1, "4,0"),
        (0, 0, "0"),
        (None, 1, MISSING),
    ],
)
def test_number(value, decimals, text):
    assert number(value, decimals=decimals) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (62, 1286, "4,8\u00a0%"),
        (0, 175, "0,0\u00a0%"),
        (1, 0, MISSING),
        (None, 5, MISSING),
        (5, None, MISSING),
        (1, 8, "12,5\u00a0%"),
    ],
)
def test_percent(numerator, denominator, text):
    assert percent(numerator, denominator) == text


def test_percent_rounds_the_exact_share_away_from_zero():
    assert percent(1, 1000 * 8, decimals=2) == "0,01\u00a0%"
    assert percent(5, 1000, decimals=0) == "1\u00a0%"


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [(62, 1286, "62 (4,8\u00a0%)"), (0, 0, "0"), (None, 175, MISSING), (7, None, "7")],
)
def test_count_with_percent(numerator, denominator, text):
    assert count_with_percent(numerator, denominator) == text


def test_day():
    assert (day(dt.date(2023, 8, 7)), day(None)) == ("7. august 2023", MISSING)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12034, "ca. 12.000"),
        (1356, "ca. 1.400"),
        (987, "ca. 990"),
        (999, "ca. 1.000"),
        (12, "ca. 10"),
        (4, "under 10"),
        (0, "ca. 0"),
    ],
)
def test_approximately(value, text):
    assert approximately(value) == text


def test_hidden_is_not_missing():
    assert HIDDEN != MISSING
