"""What may be told of ratings: from five suppliers on, and never so that a difference tells of one of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from learnings.ratings import Distribution, Said, comments, distribution, may_follow


def sheets(*scores: int | None, statement: int = 1) -> dict[int, dict[int, Said]]:
    return {supplier: {statement: Said(score)} for supplier, score in enumerate(scores)}


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ([], None),
        ([5, 4, 3, 2], None),
        ([5, 4, 3, 2, None, None], None),
        ([5, 4, 3, 2, 1], Distribution((1, 1, 1, 1, 1))),
        ([4, 4, 4, 2, None, 5], Distribution((0, 1, 0, 3, 1))),
    ],
)
def test_below_five_answers_nothing_is_told(scores: list[int | None], told: Distribution | None) -> None:
    assert distribution(scores) == told


@pytest.mark.parametrize(
    ("counts", "median", "agreeing", "mean"),
    [
        ((1, 1, 1, 1, 1), Fraction(3), 2, Fraction(3)),
        ((0, 1, 0, 3, 1), Fraction(4), 4, Fraction(19, 5)),
        ((0, 0, 3, 3, 0), Fraction(7, 2), 3, Fraction(7, 2)),
        ((5, 0, 0, 0, 0), Fraction(1), 0, Fraction(1)),
        ((2, 0, 1, 0, 3), Fraction(4), 3, Fraction(10, 3)),
    ],
)
def test_a_distribution_has_a_median_a_share_that_agrees_and_a_mean(
    counts: tuple[int, int, int, int, int], median: Fraction, agreeing: int, mean: Fraction
) -> None:
    told = Distribution(counts)
    assert (told.median, told.agreeing, told.mean) == (median, agreeing, mean)


def test_comments_come_from_five_answers_on_in_an_order_that_tells_of_nobody() -> None:
    said = [Said(5, "Ærligt."), Said(1, "bedre"), Said(2, "Alt."), Said(3), Said(None, "Godt.")]
    assert comments(said) == ()
    assert comments([*said, Said(4)]) == ("Alt.", "bedre", "Godt.", "Ærligt.")


@pytest.mark.parametrize(
    ("before", "after", "is_allowed"),
    [
        (sheets(), sheets(1, 2, 3, 4, 5), True),
        (sheets(1, 2, 3, 4), sheets(1, 2, 3, 4, 5), True),
        (sheets(1, 2, 3, 4, 5), sheets(1, 2, 3, 4, 5), True),
        (sheets(1, 2, 3, 4, 5), sheets(1, 2, 3, 4, 5, 1), False),
        (sheets(1, 2, 3, 4, 5), sheets(1, 2, 3, 4, 4), False),
        (sheets(1, 2, 3, 4, 5), sheets(1, 2, 3, 4, None), True),
        (sheets(1, 2, 3, 4, 5, 5), sheets(1, 2, 3, 4, 5, None), False),
        (sheets(1, 2, 3, 4, 5), sheets(1, 2, 3, 4, 5, 5, 5, 5, 5), False),
        (sheets(1, 2, 3, 4, 5), sheets(1, 2, 3, 4, 5, 5, 5, 5, 5, 5), True),
        (sheets(1, 2, 3, 4, 5), sheets(5, 4, 2, 1, 1), True),
    ],
)
def test_what_is_shown_changes_only_by_five_suppliers(before: dict, after: dict, is_allowed: bool) -> None:
    assert may_follow(before, after) is is_allowed


def test_a_new_comment_is_a_change_too() -> None:
    before = sheets(1, 2, 3, 4, 5)
    assert not may_follow(before, before | {4: {1: Said(5, "Det var os.")}})


def test_each_statement_is_judged_by_itself() -> None:
    many, few = sheets(1, 2, 3, 4, 5), sheets(1, 2, 3, 4, 5, statement=2)
    before = {supplier: many[supplier] | few[supplier] for supplier in many}
    after = {**before, 9: {2: Said(1)}}
    assert not may_follow(before, after)
