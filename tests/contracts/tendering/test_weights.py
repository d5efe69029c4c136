from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contracts.models import AwardCriterion
from contracts.tendering.weights import LevelSum, leaves_of, level_sums, tree_of


def criterion(pk: int, weight: object, parent: AwardCriterion | None = None) -> AwardCriterion:
    return AwardCriterion(pk=pk, position=pk, weight_percent=Decimal(str(weight)), parent=parent, name=f"K{pk}")


def test_the_tree_is_numbered_and_knows_what_counts_for_how_much():
    quality, price = criterion(1, 60), criterion(4, 40)
    staff, methods = criterion(2, 70, quality), criterion(3, 30, quality)
    nodes = tree_of([price, methods, staff, quality])
    assert [(node.number, node.criterion.name, node.depth, node.share, node.is_leaf) for node in nodes] == [
        ("1", "K1", 0, Fraction(60, 100), False),
        ("1.1", "K2", 1, Fraction(42, 100), True),
        ("1.2", "K3", 1, Fraction(18, 100), True),
        ("2", "K4", 0, Fraction(40, 100), True),
    ]
    assert [node.share_percent for node in leaves_of(nodes)] == [42, 18, 40]


def test_each_level_is_summed_for_itself():
    quality, price = criterion(1, 60), criterion(4, "39.5")
    staff = criterion(2, 100, quality)
    sums = level_sums([quality, price, staff])
    assert sums == [LevelSum(None, Decimal("99.5")), LevelSum(quality, Decimal(100))]
    assert [(level.is_whole, level.missing) for level in sums] == [(False, Decimal("0.5")), (True, 0)]


def test_no_criteria_have_no_sums():
    assert (tree_of([]), level_sums([])) == ([], [])


@st.composite
def whole_levels(draw):
    """Return the weights of one level that come to exactly 100.00."""
    cuts = sorted(draw(st.sets(st.integers(1, 9999), max_size=5)))
    return [Decimal(high - low) / 100 for low, high in zip([0, *cuts], [*cuts, 10000], strict=True)]


@given(whole_levels(), st.data())
def test_the_leaves_of_a_whole_tree_count_for_all(top, data):
    rows = [criterion(number, weight) for number, weight in enumerate(top, start=1)]
    for parent in list(rows):
        if data.draw(st.booleans()):
            below = data.draw(whole_levels())
            rows += [criterion(len(rows) + number, weight, parent) for number, weight in enumerate(below, start=1)]
    assert all(level.is_whole for level in level_sums(rows))
    assert sum(node.share for node in leaves_of(tree_of(rows))) == 1
