import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.formats import day as danish
from records.sheets import dates
from records.sheets.decoding import Cell
from records.sheets.errors import CellError

NEW_YEARS_EVE = dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        *["2026-12-31", "31.12.2026", "31-12-2026", "31/12/2026", "31. 12. 2026", "31. december 2026", "31 dec 2026"],
        *["den 31. DECEMBER 2026", "2026-12-31 00:00:00", "2026-12-31T00:00:00"],
    ],
)
def test_day(text):
    assert dates.day(Cell(text)) == NEW_YEARS_EVE


@pytest.mark.parametrize(
    "text", ["2026-03", "03-2026", "3/2026", "03.2026", "2026/3", "marts 2026", "Mar. 2026", "mar-2026"]
)
@pytest.mark.parametrize("form", ["{}", " {} "])
def test_month(text, form):
    assert dates.month(Cell(form.format(text))) == dt.date(2026, 3, 1)


@pytest.mark.parametrize("text", ["2026-03-31", "31.03.2026", "2026-03-01 00:00:00", "17. marts 2026"])
def test_any_day_is_a_month(text):
    assert dates.month(Cell(text)) == dt.date(2026, 3, 1)


def test_empty_is_nothing():
    assert (dates.day(Cell("")), dates.month(Cell(""))) == (None, None)


@pytest.mark.parametrize(
    "text", ["31.12.26", "31.02.2026", "12/31/2026", "46387", "i går", "31.12-2026", "2026", "31.12.0026"]
)
def test_day_refuses(text):
    with pytest.raises(CellError) as error:
        dates.day(Cell(text))
    assert error.value.problem.endswith(".")
    assert error.value.remedy.endswith(".")


@pytest.mark.parametrize(
    "text", ["2026", "2026-13", "13-2026", "03-26", "march 2026", "202603", "marts", "2026-Q1", "03-0026"]
)
def test_month_refuses(text):
    with pytest.raises(CellError):
        dates.month(Cell(text))


@given(st.dates(dt.date(1990, 1, 1), dt.date(2200, 12, 31)))
def test_every_way_to_write_a_day_is_the_same_day(day):
    forms = [day.isoformat(), f"{day:%d.%m.%Y}", f"{day.day}/{day.month}/{day.year}", danish(day)]
    assert {dates.day(Cell(text)) for text in forms} == {day}
    assert {dates.month(Cell(text)) for text in forms} == {day.replace(day=1)}


@given(st.text(max_size=20))
def test_no_text_brings_the_reader_down(text):
    for read in (dates.day, dates.month):
        with contextlib.suppress(CellError):
            read(Cell(text))
