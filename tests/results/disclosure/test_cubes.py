"""Random registers: measures, groups, suppliers, quarters and their half year, persons and courses; some of it public."""

import datetime as dt
import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from results.disclosure import Policy, PublishedFigure, decide_for_observations, new_leaks
from results.models import Observation
from tests.results.disclosure.outside_attacker import NUMBERS, Attacker

POLICY = Policy()
SPANS = {
    1: (dt.date(2022, 1, 1), dt.date(2022, 3, 31)),
    2: (dt.date(2022, 4, 1), dt.date(2022, 6, 30)),
    None: (dt.date(2022, 1, 1), dt.date(2022, 6, 30)),
}


def cube(chance, *, suppliers, quarters, measures, units):
    """Count people who have one or two courses each, in every cell and margin, for every measure."""
    courses = [
        (person, chance.choice((1, 2)), chance.choice(suppliers), chance.choice(quarters))
        for person in range(chance.randint(15, 90))
        for _course in range(chance.choice((1, 1, 2)))
    ]
    status = {(p, m): chance.choices(("yes", "no", "pending"), (2, 5, 1))[0] for p, *_c in courses for m in measures}
    keys = itertools.product(measures, units, (1, 2, None), (*suppliers, None), (*quarters, None))
    figures = []
    for number, (measure, unit, group, supplier, quarter) in enumerate(dict.fromkeys(keys), start=1):
        inside = [
            p
            for p, *what in courses
            if all(w in {None, h} for w, h in zip((group, supplier, quarter), what, strict=True))
        ]
        counted = [status[p, measure] for p in (sorted(set(inside)) if unit == "persons" else inside)]
        figures.append(figure(number, measure, unit, (group, supplier, quarter), counted))
    return figures


def figure(number, measure, unit, place, counted):
    group, supplier, quarter = place
    return Observation(
        pk=number,
        delivery_id=1,
        measure_version_id=measure,
        unit=unit,
        period_start=SPANS[quarter][0],
        period_end=SPANS[quarter][1],
        framework_id=1,
        supplier_id=supplier,
        benefit_group_id=group,
        denominator=len(counted) - counted.count("pending"),
        outcomes=counted.count("yes"),
        pending=counted.count("pending"),
        censored=0,
        not_found=0,
    )


def hidden_in(figures, decision):
    return {(each.pk, name) for each in figures for name in decision.hidden_names(each)}


def check_together(seed, shape):
    figures = cube(random.Random(seed), **shape)
    everything = hidden_in(figures, decide_for_observations(figures, policy=POLICY))
    assert Attacker(figures, everything).told(min_cell=5) == []


def check_after_another_paper(seed, shape):
    """What would be told by a later paper beside an earlier one, the check before publishing tells first."""
    chance = random.Random(seed)
    figures = cube(chance, **shape)
    before = chance.sample(figures, len(figures) // 3)
    later = [each for each in figures if each not in before]
    first = decide_for_observations(before, policy=POLICY)
    published = _paper(before, first)
    second = decide_for_observations(later, policy=POLICY, published=published)
    hidden = hidden_in(before, first) | hidden_in(later, second)
    if Attacker(figures, hidden).told(min_cell=5):
        assert new_leaks(_paper(later, second), published=published, policy=POLICY)


def check_two_measures_after_another_paper(chance):
    """What a later paper shows tells nothing that would not be told with all of it hidden."""
    figures = cube(chance, suppliers=(None,), quarters=(None,), measures=(1, 2), units=("courses",))
    before = chance.sample(figures, chance.randint(1, len(figures) - 1))
    later = [each for each in figures if each not in before]
    first = decide_for_observations(before, policy=POLICY)
    second = decide_for_observations(later, policy=POLICY, published=_paper(before, first))
    hidden = hidden_in(before, first)
    everything = hidden | {(each.pk, name) for each in later for name in NUMBERS}
    assert told(figures, hidden | hidden_in(later, second)) <= told(figures, everything)


def told(figures, hidden):
    return {label for label, _low, _high in Attacker(figures, hidden).told(min_cell=5)}


def _paper(figures, decision):
    return [PublishedFigure(each, frozenset(decision.hidden_names(each))) for each in figures]


SHAPES = st.sampled_from(
    (
        {"suppliers": (1, 2), "quarters": (1, 2), "measures": (1,), "units": ("courses",)},
        {"suppliers": (1, 2, 3), "quarters": (None,), "measures": (1, 2), "units": ("courses",)},
        {"suppliers": (None,), "quarters": (1, 2), "measures": (1, 2), "units": ("courses",)},
        {"suppliers": (1, 2), "quarters": (None,), "measures": (1,), "units": ("courses", "persons")},
        {"suppliers": (1, 2), "quarters": (1, 2), "measures": (1,), "units": ("persons",)},
    )
)
pytestmark = pytest.mark.django_db


@given(st.integers(0, 10**6), SHAPES)
@settings(max_examples=2)
def test_an_outside_attacker_learns_nothing_of_a_random_register(seed, shape):
    check_together(seed, shape)


@given(st.randoms(use_true_random=False))
@settings(max_examples=8)
def test_a_later_paper_of_two_measures_gives_nothing_away(chance):
    check_two_measures_after_another_paper(chance)


@pytest.mark.soak
@given(st.randoms(use_true_random=False))
@settings(max_examples=1000)
def test_soak_later_papers_of_two_measures(chance):
    check_two_measures_after_another_paper(chance)


@pytest.mark.soak
@given(st.integers(0, 10**6), SHAPES)
@settings(max_examples=100)
def test_soak_random_registers(seed, shape):
    check_together(seed, shape)
    check_after_another_paper(seed, shape)
