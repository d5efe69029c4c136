import pytest

from results.statistics import RunChart, run_chart
from results.statistics.runs import run_limits
from tests.results.statistics.worked import worked


@worked("run_chart_anhoej_rules")
def test_worked_example(case):
    expected = case["expected"]
    limits = (expected["longest_run_upper_limit"], expected["crossings_lower_limit"])
    assert run_limits(case["inputs"]["useful_observations"]) == limits


@pytest.mark.parametrize(("useful", "limits"), [(10, (6, 2)), (12, (7, 3)), (16, (7, 4)), (20, (7, 6)), (24, (8, 8))])
def test_limits(useful, limits):
    assert run_limits(useful) == limits


def test_a_shift_is_a_long_run():
    found = run_chart([1, 2, 1, 2, 1, 1, 2, 1, 9, 8, 9, 8, 9, 9, 8, 9])
    assert (found.longest_run, found.crossings, found.has_long_run, found.has_few_crossings) == (8, 1, True, True)
    assert found.has_shift


def test_chance_is_no_shift():
    found = run_chart([1, 4, 2, 5, 1, 4, 2, 5, 1, 5, 2, 4])
    assert found == RunChart(centre=3, useful=12, longest_run=1, longest_run_limit=7, crossings=11, crossings_limit=3)
    assert not found.has_shift


def test_points_on_the_centre_are_not_useful():
    found = run_chart([1, 3, 3, 2], centre=3)
    assert (found.useful, found.longest_run, found.crossings) == (2, 2, 0)


def test_few_points_have_no_rules():
    found = run_chart([1, 1, 1, 9, 9, 9, 9, 9, 9])
    assert (found.longest_run_limit, found.crossings_limit, found.has_shift) == (None, None, False)


def test_all_alike():
    found = run_chart([4, 4, 4])
    assert (found.useful, found.longest_run, found.crossings) == (0, 0, 0)


@pytest.mark.parametrize(("values", "named"), [([], "none"), ([1, float("nan")], "nan")])
def test_nonsense_is_refused_with_its_value(values, named):
    with pytest.raises(ValueError, match=named):
        run_chart(values)
