"""How far amendments have come towards what the law allows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import wording
from contracts.meter import Basis, Change, Share, shares
from documents.formats import NO_BREAK_SPACE

MINOR = Basis(1, "Mindre ændring", Decimal(10), is_cumulative=True)
UNFORESEEN = Basis(2, "Uforudsete forhold", Decimal(50), is_cumulative=False)
CLAUSE = Basis(3, "Klar ændringsklausul", None, is_cumulative=False)
BASES = (MINOR, UNFORESEEN, CLAUSE)
MILLION = Decimal(1_000_000)
AMOUNTS = st.decimals(-1_000_000, 1_000_000, places=2)


def share_sentence(share: Share) -> str:
    """The sentence, with spaces that break."""
    return wording.share_sentence(share).replace(NO_BREAK_SPACE, " ")


def change(basis: Basis, value: object, name: str = "ændring 1") -> Change:
    return Change(basis.pk, Decimal(str(value)), name)


def test_what_adds_and_what_takes_away_both_count() -> None:
    (minor,) = shares(BASES, [change(MINOR, 60_000), change(MINOR, -24_000)], MILLION)
    assert (minor.used_dkk, minor.percent, minor.is_over) == (Decimal(84_000), Decimal("8.4"), False)
    assert share_sentence(minor) == "84.000 kr. af 1.000.000 kr. er 8,4 % – grænsen er 10 %"


def test_bases_that_are_not_cumulative_are_measured_one_by_one() -> None:
    bars = shares(BASES, [change(UNFORESEEN, 400_000), change(UNFORESEEN, 600_000), change(CLAUSE, 1)], MILLION)
    assert [(bar.basis, bar.used_dkk, bar.is_over) for bar in bars] == [
        (MINOR, 0, False),
        (UNFORESEEN, 400_000, False),
        (UNFORESEEN, 600_000, True),
        (CLAUSE, 1, False),
    ]


@pytest.mark.parametrize("value", [None, Decimal(0)])
def test_without_a_value_nothing_is_measured(value: Decimal | None) -> None:
    (minor,) = shares(BASES, [change(MINOR, 5_000_000)], value)
    assert (minor.is_measurable, minor.percent, minor.is_over) == (False, None, False)
    assert share_sentence(minor) == "5.000.000 kr."


@pytest.mark.parametrize(
    ("used", "is_over", "percent"),
    [
        ("100000", False, "10,0 %"),
        ("100000.01", True, "lidt over 10 %"),
        ("100040", True, "10,004 %"),
        ("99999", False, "lidt under 10 %"),
        ("100400", True, "10,04 %"),
    ],
)
def test_rounding_never_hides_which_side_of_the_limit_it_is(used: str, is_over: bool, percent: str) -> None:
    (minor,) = shares([MINOR], [change(MINOR, used)], MILLION)
    assert minor.is_over is is_over
    assert f" er {percent} – grænsen er 10 %" in share_sentence(minor)


def test_no_limit_is_said() -> None:
    (bar,) = shares([CLAUSE], [change(CLAUSE, "1234.5")], MILLION)
    assert share_sentence(bar) == "1.234,50 kr. af 1.000.000 kr. er 0,1 % – der er ingen grænse"


def test_amounts_are_written_as_danes_do() -> None:
    amounts = [wording.kroner(Decimal(text)).replace(NO_BREAK_SPACE, " ") for text in ("1234567", "0.5", "-84000.00")]
    assert amounts == [
        "1.234.567 kr.",
        "0,50 kr.",
        "-84.000 kr.",
    ]


@given(st.lists(AMOUNTS, max_size=6), st.decimals("0.01", 10_000_000, places=2))
def test_the_meter_never_falls_when_something_is_changed(amounts: list[Decimal], value: Decimal) -> None:
    """Neither order nor sign matter, and one more amendment only adds."""
    changes = [change(MINOR, amount) for amount in amounts]
    (whole,) = shares([MINOR], changes, value)
    (mirrored,) = shares([MINOR], [change(MINOR, -amount) for amount in reversed(amounts)], value)
    assert mirrored.used_dkk == whole.used_dkk
    for place in range(len(changes)):
        (part,) = shares([MINOR], changes[:place], value)
        assert part.used_dkk <= whole.used_dkk
        assert not part.is_over or whole.is_over


@given(AMOUNTS, st.decimals("0.01", 10_000_000, places=2), st.decimals(0, 100, places=2))
def test_over_and_the_share_in_percent_agree(amount: Decimal, value: Decimal, limit: Decimal) -> None:
    share = Share(Basis(1, "x", limit, is_cumulative=True), (change(MINOR, amount),), value)
    assert share.percent is not None
    assert share.is_over == (abs(amount) > value * limit / 100)
    assert " %" in share_sentence(share)
