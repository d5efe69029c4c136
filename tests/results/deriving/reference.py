"""The derivation once more, in plain Python and written from the text of the issue: slow, without a shared line of code.

One course at a time, one cell at a time, with dictionaries.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

FLEX = {"771", "774"}
EMPLOYMENT = {"121", "122", "123"}
EDUCATION = {"651", "652", "661", "521"}
GONE = {"997", "998", "999"}
MEASURES = ("job_2m", "education_2m", "plan_6m")
NUMBERS = ("denominator", "outcomes", "pending", "censored", "not_found")
Figures = dict[tuple[str, ...], tuple[int, ...]]


def later(day: dt.date, months: int) -> dt.date:
    year, month = day.year, day.month
    for _step in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for last in (31, 30, 29, 28):
        if day.day <= last:
            continue
        break
    for number in range(day.day, 27, -1):
        try:
            return dt.date(year, month, number)
        except ValueError:
            continue
    return dt.date(year, month, day.day)


def monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def week_name(day: dt.date) -> str:
    """The name of the column of the week that holds a day: the year is that of its Thursday."""
    thursday = monday(day) + dt.timedelta(days=3)
    first = monday(dt.date(thursday.year, 1, 4))
    number = (monday(day) - first).days // 7 + 1
    return f"y_{thursday.year % 100:02}{number:02}"


def month_name(day: dt.date) -> str:
    thursday = monday(day) + dt.timedelta(days=3)
    return f"branche_{thursday.year}_{thursday.month:02}"


def figures(
    courses: Iterable[Mapping[str, str]],
    register: Iterable[Mapping[str, str]],
    *,
    as_of: dt.date,
    known: set[str],
    frameworks: Mapping[str, str],
) -> Figures:
    """Return every figure by measure, unit, period, framework, supplier, lot, benefit group and service.

    Dates come as ISO. A code that is not `known` counts as not found.
    """
    people = {row["person_key"]: row for row in register}
    last = max(
        (day for row in people.values() for name, code in row.items() if code and (day := monday_of(name))),
        default=None,
    )
    assert last is not None
    columns = {name for row in people.values() for name in row}
    ended = [row for row in courses if is_ended(row, as_of)]
    cells: dict[tuple[str, ...], list[Mapping[str, str]]] = defaultdict(list)
    for row in ended:
        for cell in cells_of(row, frameworks):
            cells[cell].append(row)
    found: Figures = {}
    for measure in MEASURES:
        for cell, rows in cells.items():
            outcomes = {row["course_id"]: status(measure, row, people, last, columns, as_of, known) for row in rows}
            found[(measure, "courses", *cell)] = summed(outcomes.values())
            found[(measure, "persons", *cell)] = summed(by_person(measure, rows, outcomes))
    return found


def monday_of(column: str) -> dt.date | None:
    if not column.startswith("y_"):
        return None
    year = int(column[2:4])
    return dt.date.fromisocalendar(2000 + year if year < 90 else 1900 + year, int(column[4:6]), 1)


def is_ended(row: Mapping[str, str], as_of: dt.date) -> bool:
    return row["end_reason"] != "fejloprettet" and bool(row["end"]) and dt.date.fromisoformat(row["end"]) <= as_of


def cells_of(row: Mapping[str, str], frameworks: Mapping[str, str]) -> Iterable[tuple[str, ...]]:
    end = dt.date.fromisoformat(row["end"])
    framework = frameworks[row["lot"]]
    for period in (str(end.year), f"{end.year}-Q{(end.month + 2) // 3}"):
        for scope in (("*", "*"), (framework, "*"), (framework, row["lot"])):
            for supplier in ("*", row["supplier_cvr"]):
                for group in ("*", row["benefit_group"]):
                    for service in ("*", row["service"]):
                        yield (period, scope[0], supplier, scope[1], group, service)


def status(measure, row, people, last, columns, as_of, known) -> str:
    end = dt.date.fromisoformat(row["end"])
    if measure == "plan_6m":
        limit = later(end, 6)
        plan = dt.date.fromisoformat(row["plan_on"]) if row["plan_on"] else None
        if plan and dt.date.fromisoformat(row["start"]) <= plan <= limit:
            return "yes"
        return "pending" if limit > as_of else "no"
    target = later(end, 2)
    if monday(target) > last or (measure == "job_2m" and month_name(target) not in columns):
        return "pending"
    person = people.get(row["person_key"])
    if person is None:
        return "not_found"
    code = person[week_name(target)]
    if code and code not in known:
        return "not_found"
    if code in GONE:
        return "censored"
    if measure == "education_2m":
        return "yes" if code in EDUCATION else "no"
    works = bool(person[month_name(target)])
    return "yes" if code in FLEX or ((not code or code in EMPLOYMENT) and works) else "no"


def by_person(measure: str, rows: list[Mapping[str, str]], outcomes: Mapping[str, str]) -> Iterable[str]:
    of_person: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        of_person[row["person_key"]].append(row)
    for theirs in of_person.values():
        if measure == "plan_6m":
            seen = {outcomes[row["course_id"]] for row in theirs}
            yield "yes" if "yes" in seen else "pending" if "pending" in seen else "no"
        else:
            decides = max(theirs, key=lambda row: (row["end"], row["start"], row["course_id"]))
            yield outcomes[decides["course_id"]]


def summed(outcomes: Iterable[str]) -> tuple[int, ...]:
    outcomes = list(outcomes)
    ripe = outcomes.count("yes") + outcomes.count("no")
    return (
        ripe,
        outcomes.count("yes"),
        outcomes.count("pending"),
        outcomes.count("censored"),
        outcomes.count("not_found"),
    )
