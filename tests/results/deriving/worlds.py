"""Small registers and courses: written to files, derived, and read back as the reference gives them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from results.deriving.definitions import Attribution, Definitions, PlanRule, WeekRule
from results.deriving.running import Derivation, derive
from tests.results.deriving import reference

COLUMNS = (
    "person_key",
    "course_id",
    "supplier_cvr",
    "lot",
    "benefit_group",
    "service",
    "start",
    "end",
    "end_reason",
    "plan_on",
)
GROUPS = (
    dict.fromkeys(("771", "774"), "fleksjob")
    | dict.fromkeys(("121", "122", "123"), "beskaeftigelse")
    | dict.fromkeys(("651", "652", "661", "521"), "uddannelse")
    | dict.fromkeys(("997", "998", "999"), "censur")
    | {"730": "kontanthjaelp", "890": "sygedagpenge"}
)
DEFINITIONS = Definitions(
    rules=(
        WeekRule(
            "job_2m",
            "1",
            2,
            yes=frozenset({"fleksjob"}),
            yes_if_employed=frozenset({"beskaeftigelse"}),
            blank_if_employed=True,
            censored=frozenset({"censur"}),
        ),
        WeekRule(
            "education_2m",
            "1",
            2,
            yes=frozenset({"uddannelse"}),
            yes_if_employed=frozenset(),
            blank_if_employed=False,
            censored=frozenset({"censur"}),
        ),
        PlanRule("plan_6m", "1", 6, Attribution.ANY),
    ),
    group_of_code=GROUPS,
)
FRAMEWORKS = {"A1": "A", "A2": "A", "B1": "B"}
Row = dict[str, str]


def course(person: str = "p1", number: str = "c1", **fields: str) -> Row:
    """A course of 2022 with everything in it."""
    return {
        "person_key": person,
        "course_id": number,
        "supplier_cvr": "11111111",
        "lot": "A1",
        "benefit_group": "syge",
        "service": "mentor",
        "start": "2022-01-10",
        "end": "2022-03-31",
        "end_reason": "gennemført",
        "plan_on": "",
        **fields,
    }


def person(key: str = "p1", **cells: str) -> Row:
    return {"person_key": key, **cells}


def register(*people: Row) -> list[Row]:
    """Give every person every column that one of them has."""
    names = list(dict.fromkeys(name for row in people for name in row))
    return [{name: row.get(name, "") for name in names} for row in people]


def written(path: Path, rows: Sequence[Mapping[str, str]], columns: Sequence[str] = (), delimiter: str = ";") -> Path:
    names = list(columns or rows[0])
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def derived(
    folder: Path, courses: Sequence[Row], people: Sequence[Row], *, as_of: str = "2023-06-30", **options: Any
) -> Derivation:
    """Write both files and count them."""
    return derive(
        written(folder / "courses.csv", courses, COLUMNS),
        written(folder / "register.csv", people),
        **{
            "as_of": dt.date.fromisoformat(as_of),
            "definitions": DEFINITIONS,
            "frameworks": FRAMEWORKS,
            "work_in": folder / "work",
            **options,
        },
    )


def figures(found: Derivation) -> reference.Figures:
    return {
        (row.measure, row.unit, *row.cell): (row.denominator, row.outcomes, row.pending, row.censored, row.not_found)
        for row in found.rows()
    }


def expected(courses: Sequence[Row], people: Sequence[Row], *, as_of: str = "2023-06-30") -> reference.Figures:
    return reference.figures(
        courses, people, as_of=dt.date.fromisoformat(as_of), known=set(GROUPS), frameworks=FRAMEWORKS
    )
