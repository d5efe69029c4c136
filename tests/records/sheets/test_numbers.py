from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.sheets import numbers
from records.sheets.decoding import Cell
from records.sheets.errors import CellError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("1286", 1286), ("1.286", 1286), ("1 286", 1286), ("12.034", 12034), ("1.286.000", 1286000)],
        *[("0", 0), ("62,0", 62), ("62.0", 62), ("1.286,00", 1286), ("", None)],
    ],
)
def test_count(text, value):
    assert numbers.count(Cell(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        *(
            "-5",
            "−5",
            "(5)",
            "-1.286",
            "62,5",
            "62.5",
            "1,286",
            "1,286.0",
            "4,8 %",
            "62 (4,8 %)",
            "<5",
            "1e3",
            "٤",
            "nan",
        ),
        *("x", "–", "1..2", "12.34.567", "99999999999", "0x10", "1_000", "TRUE"),
    ],
)
def test_count_refuses(text):
    with pytest.raises(CellError) as error:
        numbers.count(Cell(text))
    assert error.value.problem.endswith(".")
    assert error.value.remedy.endswith(".")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4,1", "4.1"),
        ("4.1", "4.1"),
        ("4", "4"),
        ("4,123", "4.123"),
        ("1.234,5", "1234.5"),
        ("4,12345", "4.1234"),
        ("", None),
    ],
)
def test_mean(text, value):
    assert numbers.mean(Cell(text)) == (value and Decimal(value))


@pytest.mark.parametrize("text", ["4.123", "-4", "4,1,2", "1,234.5", "4 af 5", "9999999"])
def test_mean_refuses(text):
    with pytest.raises(CellError):
        numbers.mean(Cell(text))


@given(st.integers(0, numbers.LARGEST))
def test_danish_and_plain_counts_are_the_same(value):
    danish = f"{value:,}".replace(",", ".")
    assert numbers.count(Cell(str(value))) == numbers.count(Cell(danish)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("1.234,50", "1234.50"), ("1234.5", "1234.50"), ("1.234", "1234.00"), ("1.234.567,89 kr.", "1234567.89")],
        *[("kr. 1.234", "1234.00"), ("DKK 5", "5.00"), ("5 dkk", "5.00"), ("12,- kr.", "12.00"), ("0", "0.00")],
        *[("", None), ("1 234,5", "1234.50"), ("1234,000", "1234.00")],
    ],
)
def test_amount(text, value):
    assert str(numbers.amount(Cell(text))) == str(value)
    assert str(numbers.signed_amount(Cell(text))) == str(value)


@pytest.mark.parametrize(
    "text", ["-1.234,50", "−1.234,50", "1.234,50-", "(1.234,50)", "-1.234,50 kr.", "kr. -1.234,50"]
)
def test_amount_below_zero_only_where_it_may_be(text):
    assert numbers.signed_amount(Cell(text)) == Decimal("-1234.50")
    with pytest.raises(CellError):
        numbers.amount(Cell(text))


@pytest.mark.parametrize(
    "text", ["1,234", "1,234.50", "1,2345", "100000000000", "mange", "kr.", "5 EUR", "--5", "5 %", "-"]
)
def test_amount_refuses(text):
    for read in (numbers.amount, numbers.signed_amount):
        with pytest.raises(CellError) as error:
            read(Cell(text))
        assert error.value.problem.endswith(".")
        assert error.value.remedy.endswith(".")


def test_amount_of_a_workbook_is_never_in_doubt():
    assert numbers.amount(Cell("1234.567", number=Decimal("1234.5600000001"))) == Decimal("1234.56")
    assert numbers.signed_amount(Cell("-12.5", number=Decimal("-12.5"))) == Decimal("-12.50")


@given(st.decimals(-(10**10), 10**10, places=2))
def test_danish_amounts_are_read_back(value):
    danish = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    assert numbers.signed_amount(Cell(danish)) == numbers.signed_amount(Cell(str(value))) == value
