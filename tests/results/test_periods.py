import datetime as dt

import pytest

from results.periods import Period, PeriodError, parse, quarter, year

CASES = [
    ("2022", dt.date(2022, 1, 1), dt.date(2022, 12, 31), "2022", "2022"),
    ("2022-Q1", dt.date(2022, 1, 1), dt.date(2022, 3, 31), "2022-Q1", "1. kvartal 2022"),
    ("2024-q4", dt.date(2024, 10, 1), dt.date(2024, 12, 31), "2024-Q4", "4. kvartal 2024"),
    ("2023-K2", dt.date(2023, 4, 1), dt.date(2023, 6, 30), "2023-Q2", "2. kvartal 2023"),
    (
        "2020-07-01/2023-05-31",
        dt.date(2020, 7, 1),
        dt.date(2023, 5, 31),
        "2020-07-01/2023-05-31",
        "1. juli 2020 – 31. maj 2023",
    ),
    (" 2022-01-01 / 2022-12-31 ", dt.date(2022, 1, 1), dt.date(2022, 12, 31), "2022", "2022"),
    ("2022-07-01/2022-09-30", dt.date(2022, 7, 1), dt.date(2022, 9, 30), "2022-Q3", "3. kvartal 2022"),
    ("2024-02-29/2024-02-29", dt.date(2024, 2, 29), dt.date(2024, 2, 29), "2024-02-29/2024-02-29", None),
]


@pytest.mark.parametrize(("text", "start", "end", "code", "label"), CASES)
def test_parse(text, start, end, code, label):
    period = parse(text)
    assert (period.start, period.end, period.code) == (start, end, code)
    assert label is None or period.label == str(period) == label
    assert parse(period.code) == period


@pytest.mark.parametrize(
    "text",
    [
        *("", "22", "2022-Q5", "2022-Q0", "2022-13", "2022-02-30/2022-03-01", "2023-05-31/2020-07-01", "0001", "9999"),
        *("2022Q1", "2022-01-01", "2022/2023", "1. kvartal 2022", "٢٠٢٢", "2022-01-01/2022-12-31/2023-01-01"),
    ],
)
def test_parse_refuses_with_a_sentence(text):
    with pytest.raises(PeriodError) as error:
        parse(text)
    assert str(error.value).endswith(".")


def test_lies_within_counts_both_ends():
    period = quarter(2022, 1)
    assert period.lies_within(dt.date(2022, 1, 1), dt.date(2022, 3, 31))
    assert period.lies_within(dt.date(2020, 1, 1), None)
    assert not period.lies_within(dt.date(2022, 1, 2), None)
    assert not period.lies_within(dt.date(2022, 1, 1), dt.date(2022, 3, 30))


def test_periods_sort_by_time():
    assert sorted([year(2023), quarter(2022, 2), quarter(2022, 1)]) == [quarter(2022, 1), quarter(2022, 2), year(2023)]


def test_period_refuses_to_end_before_it_starts():
    with pytest.raises(PeriodError):
        Period(dt.date(2022, 2, 1), dt.date(2022, 1, 31))
