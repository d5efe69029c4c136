"""The derivation gives the same figures as the plain reference, whatever the register."""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from results.deriving.calendars import Week, month_column, months_between, week_column, weeks_until
from tests.results.deriving import worlds
from tests.results.deriving.worlds import Row

# Ends whose follow-up week lies in another ISO year, in another month by its Thursday, or on a day that the month lacks.
EDGES = tuple(
    map(
        dt.date.fromisoformat,
        (
            "2019-10-30",
            "2019-10-31",
            "2020-10-31",
            "2020-11-03",
            "2020-12-31",
            "2019-12-29",
            "2020-02-29",
            "2019-12-31",
            "2020-12-30",
            "2019-11-30",
        ),
    )
)
LAST = Week.of(dt.date(2021, 3, 1))
AS_OF = "2021-03-07"
CODES = ("", "", "", "771", "774", "121", "651", "521", "730", "890", "997", "999", "555")


def world(chance: random.Random) -> tuple[list[Row], list[Row]]:
    """Make a few persons with several courses each, that tie on their dates and share some dimensions."""
    weeks = weeks_until(LAST, chance.choice((72, 74, 80)))
    months = months_between(weeks[0].thursday, weeks[-1].thursday)
    months = months[: len(months) - chance.choice((0, 0, 0, 1, 2))]
    blank_from = len(weeks) - chance.choice((0, 0, 1, 3))
    keys = [f"p{number}" for number in range(chance.randrange(1, 6))]
    people = []
    for key in keys[: max(1, len(keys) - chance.randrange(2))]:
        cells = {week_column(week): chance.choice(CODES) if at < blank_from else "" for at, week in enumerate(weeks)}
        people.append(
            {"person_key": key, **cells, **{month_column(m): chance.choice(("", "", "471100")) for m in months}}
        )
    people[0][week_column(weeks[blank_from - 1])] = "730"
    courses = [_course(chance, keys, number, weeks[0].thursday) for number in range(chance.randrange(1, 12))]
    return courses, people


def _course(chance: random.Random, keys: list[str], number: int, earliest: dt.date) -> Row:
    end = chance.choice((*EDGES, *EDGES, earliest + dt.timedelta(days=chance.randrange(520))))
    start = end - dt.timedelta(days=chance.choice((0, 10, 10, 90)))
    plan = chance.choice(
        ("", "", str(start), str(start - dt.timedelta(1)), str(end + dt.timedelta(days=chance.randrange(150, 200))))
    )
    return worlds.course(
        chance.choice(keys),
        chance.choice(("c", "C", "æ")) + str(number),
        lot=chance.choice(("A1", "A2", "B1")),
        supplier_cvr=chance.choice(("11111111", "22222222")),
        benefit_group=chance.choice(("syge", "ledige")),
        service=chance.choice(("mentor", "virksomhed")),
        start=str(start),
        end=chance.choice((str(end), str(end), str(end), str(end), "")),
        end_reason=chance.choice(("gennemført", "gennemført", "gennemført", "fejloprettet")),
        plan_on=plan,
    )


def check(chance: random.Random) -> None:
    courses, people = world(chance)
    with tempfile.TemporaryDirectory() as folder:
        found = worlds.derived(Path(folder), courses, people, as_of=AS_OF, count_unknown_as_not_found=True)
    assert worlds.figures(found) == worlds.expected(courses, people, as_of=AS_OF)


@settings(max_examples=200)
@given(st.randoms(use_true_random=False))
def test_small_registers_give_the_figures_of_the_reference(chance: random.Random) -> None:
    check(chance)


@pytest.mark.soak
@settings(max_examples=6000, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_thousands_of_small_registers_give_the_figures_of_the_reference(chance: random.Random) -> None:
    check(chance)


def test_a_world_with_everything_in_it() -> None:
    """The worlds are not trivial: together they have every status in both units."""
    found = dict.fromkeys(("yes", "pending", "censored", "not_found"), 0)
    for seed in range(30):
        courses, people = world(random.Random(seed))
        for _ripe, *counts in worlds.expected(courses, people, as_of=AS_OF).values():
            for name, count in zip(found, counts, strict=True):
                found[name] += count
    assert all(count > 100 for count in found.values())
