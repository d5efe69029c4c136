"""Load the extract of courses: narrow, checked, and in the order in which courses decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from results.deriving import queries
from results.deriving.checking import (
    refuse_broken_letters,
    refuse_personal,
    refuse_problems,
    refuse_repeated,
    refuse_too_many,
    refuse_wrong_number,
)
from results.deriving.deciding import NO_DAY, Courses
from results.deriving.engine import Engine, WrongLettersError
from results.deriving.layouts import COURSES as COLUMNS
from results.deriving.layouts import DIMENSIONS, course_places
from results.deriving.refusals import File
from results.deriving.sources import LATIN_1, Kind, Source, look_at


@dataclass(frozen=True)
class LoadedCourses:
    """The ended courses; `places` are the distinct values of lot, supplier, benefit group and service."""

    courses: Courses
    order: np.ndarray  # the number of each course in the engine's table
    places: list[tuple[str | None, ...]]
    years: np.ndarray
    quarters: np.ndarray
    end_days: list[dt.date]
    running: int
    entered_by_mistake: int
    without_dimension: Mapping[str, int]


def load_courses(engine: Engine, path: Path, *, as_of: dt.date, tell: Callable[[float], None]) -> LoadedCourses:
    """Read and check the courses; raises FilesRefusedError. Leaves the table `ended` in the engine."""
    source = _opened(engine, path)
    places = course_places(source.head)
    try:
        _read(engine, source, places, as_of, tell)
    except WrongLettersError:
        source = replace(source, encoding=LATIN_1)
        _read(engine, source, places, as_of, tell)
    refuse_wrong_number(engine)
    refuse_problems(engine, source, places, as_of)
    refuse_repeated(engine, source, places, as_of)
    running, mistakes = engine.rows("select count(*) filter (state = 1), count(*) filter (state = 2) from course")[0]
    _number(engine)
    refuse_too_many(engine)
    loaded = _loaded(engine, running, mistakes)
    refuse_personal(loaded.places)
    refuse_broken_letters(source, loaded.places)
    return loaded


def _opened(engine: Engine, path: Path) -> Source:
    source = look_at(path, File.COURSES, wanted=COLUMNS)
    return source if source.kind is not Kind.PARQUET else replace(source, head=tuple(engine.parquet_head(source)))


def _read(
    engine: Engine, source: Source, places: Mapping[str, int], as_of: dt.date, tell: Callable[[float], None]
) -> None:
    rows = queries.course_rows(source, engine.linked(source), places)
    engine.read(source, f"create or replace temp table course as {rows}", [as_of], tell=tell)


def _number(engine: Engine) -> None:
    """Give persons and places numbers, so that no text need leave the engine row by row."""
    dims = ", ".join(DIMENSIONS)
    same = " and ".join(f"c.{name} is not distinct from p.{name}" for name in DIMENSIONS)
    engine.execute(
        f"create temp table place as select (row_number() over ()) - 1 as place, * "
        f"from (select distinct {dims} from course where state = 0)"
    )
    engine.execute(
        "create temp table person as select (row_number() over ()) - 1 as person, * "
        "from (select distinct person_key from course where state = 0)"
    )
    engine.execute(
        f"create temp table ended as select (row_number() over ()) - 1 as ix, c.person_key, course_id, person, place, "
        f"starts, ends, plan from course c join person using (person_key) join place p on {same} where state = 0"
    )
    engine.execute("drop table course")  # its room is needed for the register
    engine.execute("drop table person")


def _loaded(engine: Engine, running: int, mistakes: int) -> LoadedCourses:
    day = "cast({0} - date '1970-01-01' as integer)"
    found = engine.columns(
        f"select ix, cast(person as integer) as person, cast(place as integer) as place, {day.format('starts')} as starts, "
        f"{day.format('ends')} as ends, coalesce({day.format('plan')}, {NO_DAY}) as plans, "
        "cast(year(ends) as integer) as years, cast(quarter(ends) - 1 as integer) as quarters "
        "from ended order by person, ends, ended.starts, course_id"
    )
    places = [tuple(row) for row in engine.rows(f"select {', '.join(DIMENSIONS)} from place order by place")]
    missing = engine.rows(
        f"select {', '.join(f'count(*) - count({name})' for name in DIMENSIONS)} from ended join place using (place)"
    )
    return LoadedCourses(
        courses=Courses(*(found[name] for name in ("person", "place", "starts", "ends", "plans"))),
        order=found["ix"],
        places=places,
        years=found["years"],
        quarters=found["quarters"],
        end_days=engine.dates("select distinct ends from ended order by ends"),
        running=running,
        entered_by_mistake=mistakes,
        without_dimension={name: count for name, count in zip(DIMENSIONS, missing[0], strict=True) if count},
    )
