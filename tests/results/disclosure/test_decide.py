import itertools
import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from results.disclosure import Cell, Mark, Policy, Relation, decide, leaks
from results.disclosure.protection import Limits
from tests.results.disclosure.brute_force import broken

POLICY = Policy()


def column(values, bases, *, total=None, base_total=None):
    """Return the cells and relations of a column with its total; bases add up unless a total is given for them."""
    values, bases = [*values, sum(values) if total is None else total], [*bases, base_total or sum(bases)]
    cells = [Cell(("n", row), base) for row, base in enumerate(bases)]
    cells += [Cell(("x", row), value, part_of=("n", row)) for row, value in enumerate(values)]
    last = len(bases) - 1
    relations = []
    if sum(bases[:-1]) == bases[-1]:
        relations.append(Relation(("n", last), tuple(("n", row) for row in range(last))))
    if sum(values[:-1]) == values[-1]:
        relations.append(Relation(("x", last), tuple(("x", row) for row in range(last))))
    return cells, relations


def hidden_rows(cells, relations, *, kind="x", policy=POLICY):
    marks = decide(cells, relations, policy=policy)
    return [key[1] for key, mark in sorted(marks.items()) if key[0] == kind and mark.is_hidden]


GROUP_BASES = (1286, 1236, 3393, 175)


def test_education_of_the_fact_sheet():
    """The 1 is small; with the total of 15 shown, hiding the 0 as well would tell that the two hold one person between them."""
    cells, relations = column((5, 1, 9, 0), GROUP_BASES, base_total=6065)
    marks = decide(cells, relations, policy=POLICY)
    assert [marks["x", row] for row in range(5)] == [
        Mark.COMPLEMENTARY,
        Mark.PRIMARY,
        Mark.SHOWN,
        Mark.SHOWN,
        Mark.SHOWN,
    ]
    assert all(marks["n", row] is Mark.SHOWN for row in range(5))


@pytest.mark.parametrize(("values", "total"), [((62, 8, 206, 24), 300), ((202, 293, 783, 13), 1291)])
def test_job_and_plan_of_the_fact_sheet_are_shown(values, total):
    cells, relations = column(values, GROUP_BASES, base_total=6065)
    assert hidden_rows(cells, relations) == []


@pytest.mark.parametrize(
    ("values", "bases", "hidden"),
    [
        ((3, 18, 25), (60, 70, 80), [0, 1]),  # 46 in all: the 3 needs one more, the smaller of the two
        ((3, 2, 25), (60, 70, 80), [0, 1, 2]),  # 5 between two: with none shown, both were surely small
        ((3, 3, 25), (60, 70, 80), [0, 1]),  # 6 between two: one of them may be 5
        ((1, 2, 25, 40), (60, 70, 80, 90), [0, 1, 2]),  # 3 between two: both surely small
        ((0, 0, 25), (60, 70, 80), []),  # none is no small cell
        ((58, 18, 25), (60, 70, 80), [0, 1]),  # all but two
        ((60, 18, 25), (60, 70, 80), []),  # all
        ((4, 0, 0), (60, 70, 80), [0, 3]),  # the total itself is small, and the zeros that tell it are shown
        ((6, 5, 7), (60, 70, 80), []),
        ((5, 4, 10), (60, 70, 80), [0, 1]),
    ],
)
def test_a_column_with_its_total(values, bases, hidden):
    cells, relations = column(values, bases)
    assert hidden_rows(cells, relations) == hidden


def test_a_single_small_figure_is_hidden_alone():
    marks = decide([Cell("n", 100), Cell("x", 3, part_of="n")], [], policy=POLICY)
    assert marks == {"n": Mark.SHOWN, "x": Mark.PRIMARY}


@pytest.mark.parametrize(("min_cell", "hidden"), [(3, []), (5, [0, 1]), (10, [0, 1, 2])])
def test_the_limit_is_a_setting(min_cell, hidden):
    cells, relations = column((4, 8, 9, 60), (100, 100, 100, 100))
    assert hidden_rows(cells, relations, policy=Policy(min_cell)) == hidden


@pytest.mark.parametrize(("base", "value"), [(3, 0), (3, 2), (4, 4)])
def test_a_small_base_hides_itself_and_its_part(base, value):
    marks = decide([Cell("n", base), Cell("x", value, part_of="n")], [], policy=POLICY)
    assert marks == {"n": Mark.PRIMARY, "x": Mark.PRIMARY}


@pytest.mark.parametrize(("value", "is_hidden"), [(0, False), (2, True), (5, False)])
def test_a_base_of_the_limit_goes_with_its_hidden_part(value, is_hidden):
    """Of 5, none and all would be shown: whatever is hidden is from 1 to 4."""
    marks = decide([Cell("n", 5), Cell("x", value, part_of="n")], [], policy=POLICY)
    assert [mark.is_hidden for mark in marks.values()] == [is_hidden, is_hidden]


def test_a_small_base_with_its_total_hides_another_base_and_its_part():
    cells, relations = column((1, 12, 30), (3, 40, 90))
    assert hidden_rows(cells, relations, kind="n") == [0, 1]
    assert set(hidden_rows(cells, relations)) >= {0, 1}


def test_unique_persons_bound_the_cell_by_their_overlap():
    """Groups 20, 3, 40 with 62 unique persons: at most one is counted twice, so the 3 is 2 or 3."""
    values = {"a": 20, "b": 3, "c": 40, "t": 62}
    cells = [Cell("n", 500), *(Cell(key, value, part_of="n") for key, value in values.items())]
    cells = [Cell(f"n{c.key}", 500) for c in cells[1:]] + [Cell(c.key, c.value, part_of=f"n{c.key}") for c in cells[1:]]
    tight = decide(cells, [Relation("t", ("a", "b", "c"), low=0, high=1)], policy=POLICY)
    loose = decide(cells, [Relation("t", ("a", "b", "c"), low=0, high=40)], policy=POLICY)
    assert [key for key in values if tight[key].is_hidden] == ["a", "b"]
    # at most 42 of 500: whatever is hidden alone is small itself, and not its rest
    assert [key for key in values if loose[key].is_hidden] == ["a", "b"]


def test_a_two_way_table_needs_a_rectangle():
    """sdcTable's lesson: one further cell in the row and one in the column are not enough."""
    values = [[20, 50, 10], [8, 19, 22], [17, 32, 3]]
    cells, relations = two_way(values)
    marks = decide(cells, relations, policy=POLICY)
    hidden = {key[1:] for key, mark in marks.items() if key[0] == "x" and mark.is_hidden}
    assert (2, 2) in hidden
    assert len(hidden) == 4
    rows, columns = zip(*hidden, strict=True)
    assert len(set(rows)) == len(set(columns)) == 2


def test_totals_are_hidden_last():
    """Where the whole is told nowhere, one total of the row and one of the column would do: three cells within go instead."""
    cells, relations = two_way([[3, 20], [30, 40]])
    whole = {("x", 2, 2), ("n", 2, 2)}
    cells = [cell for cell in cells if cell.key not in whole]
    relations = [relation for relation in relations if not whole & set(relation.keys)]
    marks = decide(cells, relations, policy=POLICY)
    assert {key[1:] for key, mark in marks.items() if mark.is_hidden} == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert leaks(cells, relations, hidden={("x", 0, 0), ("x", 0, 2), ("x", 2, 0)}, policy=POLICY) == []


def two_way(values, *, base=1000):
    """Return a two-way table with all margins shown; every cell is part of a base of its own, margins of a larger one."""
    height, width = len(values), len(values[0])
    full = [[*row, sum(row)] for row in values]
    full.append([sum(column) for column in zip(*full, strict=True)])
    places = [(row, column) for row in range(height + 1) for column in range(width + 1)]
    cells = [Cell(("n", row, column), base * (1 + (row == height)) * (1 + (column == width))) for row, column in places]
    cells += [Cell(("x", row, column), full[row][column], part_of=("n", row, column)) for row, column in places]
    relations = [
        Relation(("x", row, width), tuple(("x", row, column) for column in range(width))) for row in range(height + 1)
    ]
    relations += [
        Relation(("x", height, column), tuple(("x", row, column) for row in range(height)))
        for column in range(width + 1)
    ]
    return cells, relations


def test_contradictions_are_refused():
    with pytest.raises(ValueError, match="two cells"):
        decide([Cell("x", 1), Cell("x", 2)], [], policy=POLICY)
    with pytest.raises(ValueError, match="does not hold"):
        decide([Cell("x", 1), Cell("t", 2)], [Relation("t", ("x",))], policy=POLICY)
    with pytest.raises(ValueError, match="base"):
        decide([Cell("n", 1), Cell("x", 2, part_of="n")], [], policy=POLICY)
    with pytest.raises(ValueError, match="negative"):
        decide([Cell("x", -1)], [], policy=POLICY)
    with pytest.raises(ValueError, match="min_cell"):
        Policy(1)


# --- properties


@st.composite
def columns(draw, *, largest=5, rows=3, room=2):
    values = draw(st.lists(st.integers(0, largest), min_size=1, max_size=rows))
    bases = [value + draw(st.integers(0, room)) for value in values]
    return column(values, bases)


FEW = settings(max_examples=20, deadline=None)
THOUSANDS = settings(max_examples=3000, deadline=None)


def check_against_everything(cells, relations, *, ceiling):
    """The attacker who tries every table finds nothing, and neither does the program's own attack."""
    hidden = {key for key, mark in decide(cells, relations, policy=Policy(3)).items() if mark.is_hidden}
    assert leaks(cells, relations, hidden=hidden, policy=Policy(3)) == []
    assume(len(hidden) <= 4)
    for takes_for_sums in (False, True):
        found = broken(cells, relations, hidden, min_cell=3, ceiling=ceiling, takes_for_sums=takes_for_sums)
        assert found == set()


def check_column(table):
    cells, relations = table
    # The attacker must be able to think of a total in which the smallest cell is no longer small.
    check_against_everything(cells, relations, ceiling=max(cell.value for cell in cells) + 3)


def check_two_way(values):
    check_against_everything(*two_way(values, base=10), ceiling=0)


SMALL_TWO_WAY = st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2)


@st.composite
def unique_columns(draw):
    """Return three groups of persons who may overlap, each of a base of 9, and their total."""
    values = draw(st.lists(st.integers(0, 5), min_size=2, max_size=3))
    total = draw(st.integers(max(values), sum(values)))
    cells = [Cell(("n", row), 9) for row in range(len(values) + 1)]
    cells += [Cell(("x", row), value, part_of=("n", row)) for row, value in enumerate([*values, min(total, 9)])]
    surplus = sum(values) - min(total, 9)
    parts = tuple(("x", row) for row in range(len(values)))
    relation = Relation(("x", len(values)), parts, low=0, high=surplus + draw(st.integers(0, 5)), may_be_sum=True)
    return cells, [relation]


test_no_attacker_can_tell_a_hidden_cell_of_a_column = FEW(given(columns())(check_column))
test_no_attacker_can_tell_a_hidden_cell_of_a_two_way_table = FEW(given(SMALL_TWO_WAY)(check_two_way))


@given(unique_columns())
@FEW
def test_no_attacker_can_tell_a_hidden_cell_of_unique_persons(table):
    check_against_everything(*table, ceiling=9)


@pytest.mark.soak
@given(columns())
@THOUSANDS
def test_soak_columns(table):
    check_column(table)


@pytest.mark.soak
@given(SMALL_TWO_WAY)
@THOUSANDS
def test_soak_two_way_tables(values):
    check_two_way(values)


@pytest.mark.soak
@given(unique_columns())
@THOUSANDS
def test_soak_unique_persons(table):
    check_against_everything(*table, ceiling=9)


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3), st.integers(0, 3))
@settings(max_examples=10, deadline=None)
def test_a_search_that_is_cut_short_hides_more_and_never_less(values, looks):
    cells, relations = two_way(values)
    hurried = Limits(nodes=1, columns=0, cells=0, looks=looks)
    hidden = {key for key, mark in decide(cells, relations, policy=POLICY, limits=hurried).items() if mark.is_hidden}
    assert leaks(cells, relations, hidden=hidden, policy=POLICY) == []


@given(st.lists(st.integers(0, 5), min_size=2, max_size=4))
@settings(max_examples=15, deadline=None)
def test_no_fewer_cells_would_do(values):
    """Every smaller choice of further cells is broken by the attacker who tries everything."""
    cells, relations = column(values, [20] * len(values))
    marks = decide(cells, relations, policy=Policy(3))
    primary = {key for key, mark in marks.items() if mark is Mark.PRIMARY}
    further = {key for key, mark in marks.items() if mark is Mark.COMPLEMENTARY}
    others = [key for key, mark in marks.items() if (key[0] == "x" and mark is Mark.SHOWN) or key in further]
    for count in range(len(further)):
        assume(len(primary) + count <= 3)
        for choice in itertools.combinations(others, count):
            assert broken(cells, relations, primary | set(choice), min_cell=3, ceiling=0)


@given(columns(largest=30, rows=6), st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_the_order_means_nothing(table, shuffler: random.Random):
    cells, relations = table
    expected = decide(cells, relations, policy=POLICY)
    shuffled = [Relation(r.total, tuple(shuffler.sample(r.parts, len(r.parts)))) for r in relations]
    shuffler.shuffle(shuffled)
    assert decide(shuffler.sample(cells, len(cells)), shuffled, policy=POLICY) == expected


@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=3, max_size=4))
@settings(max_examples=6, deadline=None)
def test_every_further_cell_is_needed(values):
    """Showing any one of the further cells again would let a reader compute something."""
    cells, relations = two_way(values)
    marks = decide(cells, relations, policy=POLICY)
    hidden = {key for key, mark in marks.items() if mark.is_hidden}
    for key in [key for key, mark in marks.items() if mark is Mark.COMPLEMENTARY]:
        assert leaks(cells, relations, hidden=hidden - {key}, policy=POLICY)
