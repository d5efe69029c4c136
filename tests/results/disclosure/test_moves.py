"""Worlds that are found by hand: every sum holds in them, and only what may move has moved."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from results.disclosure import Cell, Policy, Relation, decide, leaks
from results.disclosure.cells import by_key, check_relations
from results.disclosure.moves import Moves
from results.disclosure.protection import Limits
from results.disclosure.solver import Model, Rows
from results.disclosure.tables import Table
from tests.results.disclosure.test_decide import two_way

HURRIED = Limits(cells=0)  # every group as if it were large


def table_of(cells, relations):
    given_ = by_key(cells)
    return Table.of(given_, check_relations(given_, relations))


def test_a_box_is_found_with_its_cheapest_partners():
    table = table_of(*two_way([[3, 50, 10], [8, 19, 22], [17, 32, 9]]))
    costs = {table.place["x", row, column]: 1 + 10 * row + column for row in range(3) for column in range(3)}
    shifts = Moves(table).find(table.place["x", 0, 0], 2, costs)
    expected = {("x", 0, 0): 2, ("x", 0, 1): -2, ("x", 1, 0): -2, ("x", 1, 1): 2}
    assert {table.keys[place]: shift for place, shift in shifts.items()} == expected


def test_nothing_is_found_where_nothing_may_move():
    table = table_of(*two_way([[3, 50], [8, 19]]))
    assert Moves(table).find(table.place["x", 0, 0], 2, {table.place["x", 0, 0]: 0}) is None


def test_persons_move_one_by_one_where_no_cell_has_enough():
    """Nobody else has four to give, but four have one each."""
    cells = [Cell("a", 1), *(Cell(name, 1) for name in "bcde"), Cell("t", 5)]
    table = table_of(cells, [Relation("t", tuple("abcde"))])
    shifts = Moves(table).find(table.place["a"], 4, dict.fromkeys(map(table.place.get, "abcde"), 0))
    assert {table.keys[place]: shift for place, shift in shifts.items()} == {"a": 4} | dict.fromkeys("bcde", -1)


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3), st.sampled_from((-1, 1, 4))
)
@settings(max_examples=40, deadline=None)
def test_every_sum_holds_in_a_world_that_is_found(values, amount):
    table = table_of(*two_way(values, base=21))
    costs = {place: 1 for place, key in enumerate(table.keys) if key[0] == "x"}
    place = table.place["x", 1, 1]
    shifts = Moves(table).find(place, amount, costs) or {}
    world = table.values.copy()
    for moved, shift in shifts.items():
        world[moved] += shift
    assert not shifts or world[place] == table.values[place] + amount
    assert set(shifts) <= set(costs)
    assert all(sum(s * world[p] for p, s in zip(row.places, row.signs, strict=True)) == 0 for row in table.rows)
    assert (world >= 0).all()
    assert all(world[p] <= world[base] for p, base in enumerate(table.bases) if base >= 0)


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3))
@settings(max_examples=10, deadline=None)
def test_large_groups_are_as_safe_as_small_ones(values):
    cells, relations = two_way(values)
    marks = decide(cells, relations, policy=Policy(), limits=HURRIED)
    hidden = {key for key, mark in marks.items() if mark.is_hidden}
    assert leaks(cells, relations, hidden=hidden, policy=Policy()) == []


@pytest.mark.parametrize("whole", [None, np.ones(2, dtype=bool)])
def test_the_solver_says_nothing(capfd, whole):
    rows = Rows([(0, 0, 1.0), (0, 1, 2.0)], np.array([3.0]), np.array([np.inf]))
    model = Model(rows, np.array([[0.0, 5.0], [0.0, 5.0]]), nodes=10, whole=whole)
    assert model.minimum(np.array([3.0, 4.0])).tolist() == ([1, 1] if whole is not None else [0, 1.5])
    model.bound(np.array([[0.0, 5.0], [0.0, 1.0]]))
    assert model.minimum(np.array([3.0, 4.0])).tolist() == [1, 1]
    assert capfd.readouterr() == ("", "")
