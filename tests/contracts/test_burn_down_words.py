"""What the figures say, as a reader meets it."""

import datetime as dt
from decimal import Decimal

import pytest

from contracts import burn_down_words as words
from contracts.burn_down import BurnDown, MonthSpend
from contracts.burn_down_picture import curve_of
from contracts.forecast import Forecast, Outcome
from contracts.models import FrameworkAgreement
from contracts.terms import add_months

START = dt.date(2026, 1, 1)
TODAY = dt.date(2026, 6, 30)


def figures(*amounts, ceiling=1_000_000, missing=()):
    framework = FrameworkAgreement(
        ceiling_dkk=ceiling and Decimal(ceiling), retender_threshold_percent=70, stop_threshold_percent=95
    )
    months = tuple(MonthSpend(add_months(START, place), Decimal(amount)) for place, amount in enumerate(amounts))
    return BurnDown(framework, None, months, missing, TODAY)


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("amounts", "ceiling", "text"),
    [
        ((), 10, "Der er endnu ikke indlæst forbrug."),
        ((100_000, 50_000), None, "Der er brugt 150.000 kr. til og med februar 2026. Der er ikke sat et loft."),
        ((603,), 1000, "Der er brugt 603 kr. til og med januar 2026: 60,3 % af loftet på 1.000 kr."),
        (
            (1500,),
            1000,
            "Der er brugt 1.500 kr. til og med januar 2026: 150,0 % af loftet på 1.000 kr. Loftet er overskredet med 500 kr.",
        ),
    ],
)
def test_finding(amounts, ceiling, text):
    assert plain(words.finding(figures(*amounts, ceiling=ceiling))) == text


@pytest.mark.parametrize(
    ("amounts", "text"),
    [
        ((600_000, 500_000), "Loftet blev brugt op i februar 2026."),
        ((1, 2), "Hvornår loftet er brugt op, kan ikke siges endnu: det kræver 3 hele måneder med forbrug."),
        ((0, 0, 0), "Med samme forbrug som i de seneste måneder bliver loftet ikke brugt op."),
        (
            (100_000, 100_000, 100_000),
            "Med samme forbrug som i de seneste måneder er loftet brugt op i oktober 2026, uden nævneværdig usikkerhed.",
        ),
    ],
)
def test_outlook(amounts, text):
    assert words.outlook(figures(*amounts)) == text
    assert words.outlook(figures(*amounts, ceiling=None)) == ""


@pytest.mark.parametrize(
    ("earliest", "latest", "text"),
    [
        (dt.date(2027, 3, 1), dt.date(2027, 7, 1), "mellem marts og juli 2027"),
        (dt.date(2026, 11, 1), dt.date(2027, 7, 1), "mellem november 2026 og juli 2027"),
        (dt.date(2026, 11, 1), None, "tidligst i november 2026"),
    ],
)
def test_interval(earliest, latest, text):
    assert (
        words.interval(Forecast(Outcome.EXPECTED, expected_in=earliest, earliest_in=earliest, latest_in=latest)) == text
    )


def test_gaps_are_named_and_the_rest_counted():
    missing = [add_months(START, place) for place in range(8)]
    assert words.gaps(()) == ""
    assert "januar 2026 og februar 2026, så" in words.gaps(missing[:2])
    assert "juni 2026 og 2 flere, så" in words.gaps(missing)


def test_basis_only_where_something_is_forecast():
    assert "de seneste 3 hele måneder med gennemsnitligt 100.000 kr." in plain(words.basis(figures(*[100_000] * 3)))
    assert words.basis(figures(100, 100)) == words.basis(figures(900_000, 900_000, 1)) == ""


def test_the_picture_goes_on_to_the_ceiling_and_no_further_than_three_years():
    curve = curve_of(figures(100_000, 110_000, 90_000))
    assert [(point.day, point.value) for point in curve.observed] == [
        (dt.date(2025, 12, 31), 0),
        (dt.date(2026, 1, 31), 0.1),
        (dt.date(2026, 2, 28), 0.21),
        (dt.date(2026, 3, 31), 0.3),
    ]
    assert curve.expected[0].day == dt.date(2026, 3, 31)
    assert curve.expected[0].low == curve.expected[0].value == curve.expected[0].high == pytest.approx(0.3)
    assert curve.expected[-1].low >= 1
    assert [limit.label.split(":")[0] for limit in curve.limits] == ["70 %", "95 %", "Loft"]
    assert len(curve_of(figures(1, 2, 1, ceiling=300)).expected) == 37
    assert curve_of(figures()) is None
    assert curve_of(figures(1, 2, 3, ceiling=None)).expected == ()


def ending(*amounts, ends_on, today=TODAY):
    held = figures(*amounts)
    held.framework.effective_ends_on = ends_on
    return BurnDown(held.framework, None, held.months, (), today)


@pytest.mark.parametrize(("ends_on", "is_after"), [(dt.date(2026, 9, 30), True), (dt.date(2026, 10, 1), False)])
def test_a_ceiling_beyond_the_end_is_not_said_to_be_used_up(ends_on, is_after):
    held = ending(100_000, 100_000, 100_000, ends_on=ends_on)
    sentence = "er loftet ikke brugt op, når aftalen udløber den 30. september 2026."
    assert (sentence in words.outlook(held), "brugt op i oktober" in words.outlook(held)) == (is_after, not is_after)
    ceiling = held.thresholds[-1]
    assert (words.when(ceiling) == "ikke før aftalen udløber") == is_after
    last = curve_of(held).expected[-1].day
    assert (last <= dt.date(2026, 9, 30)) == is_after


def test_after_the_end_nothing_is_expected():
    held = ending(100_000, 100_000, 100_000, ends_on=dt.date(2026, 3, 31))
    assert curve_of(held).expected == ()


@pytest.mark.parametrize(
    ("today", "ends_on", "says"),
    [
        (dt.date(2026, 5, 30), None, False),
        (dt.date(2026, 5, 31), None, True),
        (dt.date(2026, 12, 1), dt.date(2026, 4, 30), False),
        (dt.date(2026, 12, 1), dt.date(2026, 6, 30), True),
    ],
)
def test_silence_while_the_framework_runs_is_told(today, ends_on, says):
    held = ending(1, 1, 1, ends_on=ends_on, today=today)
    text = words.gaps(held.missing, held.unreported_since)
    assert text == (
        "Der er ikke indberettet noget efter marts 2026, så der kan være brugt mere, end der står her." if says else ""
    )


def test_silence_is_not_told_of_what_never_began():
    assert ending(ends_on=None).unreported_since is None


def test_an_agreement_that_has_ended_is_spoken_of_in_the_past():
    held = ending(100_000, 100_000, 100_000, ends_on=dt.date(2026, 3, 31))
    assert words.outlook(held) == "Aftalen udløb den 31. marts 2026, før loftet var brugt op."
