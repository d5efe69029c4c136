"""What single courses come to: the definitions, word by word."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from results.deriving.calendars import Week, add_months, month_column, week_column, week_of_column
from tests.results.deriving.worlds import Row, course, derived, figures, person, register

PENDING, NOT_FOUND, CENSORED = (0, 0, 1, 0, 0), (0, 0, 0, 0, 1), (0, 0, 0, 1, 0)
YES, NO = (1, 1, 0, 0, 0), (1, 0, 0, 0, 0)


def outcome(folder: Path, measure: str, courses: list[Row], people: list[Row], unit: str = "courses", **options: str):
    found = figures(derived(folder, courses, people, **options))
    return found[(measure, unit, "2022", "*", "*", "*", "*", "*")]


@pytest.mark.parametrize(
    ("end", "measured", "column", "month"),
    [
        ("2019-10-30", "2019-12-30", "y_2001", "branche_2020_01"),
        ("2020-11-03", "2021-01-03", "y_2053", "branche_2020_12"),
        ("2022-10-31", "2022-12-31", "y_2252", "branche_2022_12"),
        ("2022-12-31", "2023-02-28", "y_2309", "branche_2023_03"),
        ("2024-02-29", "2024-04-29", "y_2418", "branche_2024_05"),
        ("2023-11-01", "2024-01-01", "y_2401", "branche_2024_01"),
    ],
)
def test_the_week_two_months_later(end: str, measured: str, column: str, month: str) -> None:
    day = add_months(dt.date.fromisoformat(end), 2)
    assert (str(day), week_column(Week.of(day)), month_column(Week.of(day).month)) == (measured, column, month)


@pytest.mark.parametrize(
    ("name", "week"),
    [
        ("y_2053", Week(2020, 53)),
        ("Y_9952", Week(1999, 52)),
        ("y_2153", None),
        ("y_2200", None),
        ("y_22", None),
        ("alder", None),
    ],
)
def test_the_week_of_a_column(name: str, week: Week | None) -> None:
    assert week_of_column(name) == week


@pytest.mark.parametrize(
    ("code", "branch", "job", "education"),
    [
        ("771", "", YES, NO),
        ("774", "", YES, NO),
        ("", "471100", YES, NO),
        ("", "", NO, NO),
        ("121", "471100", YES, NO),
        ("121", "", NO, NO),
        ("730", "471100", NO, NO),
        ("651", "471100", NO, YES),
        ("661", "", NO, YES),
        ("521", "", NO, YES),
        ("997", "471100", CENSORED, CENSORED),
        ("999", "", CENSORED, CENSORED),
    ],
)
def test_a_code_and_a_branch(code: str, branch: str, job: tuple, education: tuple, tmp_path: Path) -> None:
    # the course ends on 31 March; two months later is in week 22, whose Thursday is in June
    people = register(person(y_2222=code, branche_2022_06=branch), person("p2", y_2222="730"))
    assert outcome(tmp_path, "job_2m", [course()], people) == job
    assert outcome(tmp_path, "education_2m", [course()], people) == education


def test_a_person_who_is_not_in_the_register_is_not_found(tmp_path: Path) -> None:
    people = register(person("p2", y_2222="730", branche_2022_06=""))
    assert outcome(tmp_path, "job_2m", [course()], people) == NOT_FOUND


def test_a_week_after_the_last_is_pending_also_for_one_who_is_not_in_the_register(tmp_path: Path) -> None:
    people = register(person("p2", y_2221="730", y_2222="", branche_2022_06=""))
    assert outcome(tmp_path, "education_2m", [course()], people) == PENDING


def test_a_month_that_is_not_delivered_makes_only_job_pending(tmp_path: Path) -> None:
    people = register(person(y_2222="771", branche_2022_05="471100"))
    assert outcome(tmp_path, "job_2m", [course()], people) == PENDING
    assert outcome(tmp_path, "education_2m", [course()], people) == NO


@pytest.mark.parametrize(
    ("plan", "as_of", "expected"),
    [
        ("2022-01-10", "2022-12-31", YES),
        ("2022-01-09", "2022-12-31", NO),
        ("2022-09-30", "2022-12-31", YES),
        ("2022-10-01", "2022-12-31", NO),
        ("", "2022-09-29", PENDING),
        ("", "2022-09-30", NO),
        ("2022-05-01", "2022-09-29", YES),
    ],
)
def test_a_plan_within_six_months(plan: str, as_of: str, expected: tuple, tmp_path: Path) -> None:
    people = register(person(y_2222="730"))
    assert outcome(tmp_path, "plan_6m", [course(plan_on=plan)], people, as_of=as_of) == expected


def test_the_last_course_of_a_person_decides_and_ties_go_by_start_and_then_by_id(tmp_path: Path) -> None:
    people = register(person(y_2222="771", y_2226="730", branche_2022_06=""))
    earlier = course(number="c1")
    later = course(number="c2", end="2022-04-30")
    assert outcome(tmp_path, "job_2m", [earlier, later], people, unit="persons") == NO
    assert outcome(tmp_path, "job_2m", [earlier, later], people) == (2, 1, 0, 0, 0)
    tied = [course(number=number, service=service) for number, service in (("c9", "mentor"), ("c10", "virksomhed"))]
    found = figures(derived(tmp_path, tied, people))
    assert found[("job_2m", "persons", "2022", "*", "*", "*", "*", "*")] == YES
    assert found[("job_2m", "persons", "2022", "*", "*", "*", "*", "virksomhed")] == YES


def test_a_plan_in_any_of_the_courses_counts_for_the_person(tmp_path: Path) -> None:
    people = register(person(y_2222="730"))
    courses = [
        course(number="c1", plan_on="2022-02-01"),
        course(number="c2", end="2022-05-31", start="2022-05-01"),
        course("p2", "c3", end="2022-12-31"),
        course("p2", "c4"),
    ]
    found = figures(derived(tmp_path, courses, people, as_of="2023-01-31"))
    assert found[("plan_6m", "persons", "2022", "*", "*", "*", "*", "*")] == (1, 1, 1, 0, 0)
    assert found[("plan_6m", "courses", "2022", "*", "*", "*", "*", "*")] == (3, 1, 1, 0, 0)


def test_running_courses_and_those_entered_by_mistake_are_left_out_and_counted(tmp_path: Path) -> None:
    people = register(person(y_2222="730"))
    courses = [
        course(number="c1"),
        course(number="c2", end=""),
        course(number="c3", end="2023-07-01"),
        # what is entered by mistake is not held to any rule
        course(number="c4", end="2021-01-01", end_reason="Fejloprettet"),
    ]
    found = derived(tmp_path, courses, people)
    assert (found.ended, found.running, found.entered_by_mistake) == (1, 2, 1)


def test_every_combination_of_scope_and_dimensions_is_there_once(tmp_path: Path) -> None:
    found = list(derived(tmp_path, [course()], register(person(y_2222="730"))).rows())
    cells = [(row.measure, row.unit, *row.cell) for row in found]
    assert len(cells) == len(set(cells)) == 3 * 2 * 48
    assert {row.cell[:4:2] for row in found} == {(p, s) for p in ("2022", "2022-Q1") for s in ("*", "11111111")}
    assert {(row.cell.framework, row.cell.lot) for row in found} == {("*", "*"), ("A", "*"), ("A", "A1")}


def test_an_empty_dimension_stands_only_in_the_totals(tmp_path: Path) -> None:
    people = register(person(y_2222="730"))
    found = derived(tmp_path, [course(service="", lot="")], people)
    assert found.without_dimension == {"lot": 1, "service": 1}
    assert {(row.cell.framework, row.cell.lot, row.cell.service) for row in found.rows()} == {("*", "*", "*")}


def test_a_lot_that_is_not_registered_has_no_framework(tmp_path: Path) -> None:
    found = derived(tmp_path, [course(lot="Z9")], register(person(y_2222="730")))
    assert found.without_framework == ("Z9",)
    assert {(row.cell.framework, row.cell.lot) for row in found.rows()} == {("*", "*"), ("*", "Z9")}


def test_denominator_pending_censored_and_not_found_are_everyone(tmp_path: Path) -> None:
    people = register(person(y_2222="771"), person("p2", y_2222="997"))
    courses = [course(), course("p2", "c2"), course("p3", "c3"), course("p1", "c4", end="2022-12-31")]
    found = figures(derived(tmp_path, courses, people))
    whole = ("2022", "*", "*", "*", "*", "*")
    for measure in ("job_2m", "education_2m", "plan_6m"):
        ripe, _yes, *rest = found[(measure, "courses", *whole)]
        assert ripe + sum(rest) == 4
        ripe, _yes, *rest = found[(measure, "persons", *whole)]
        assert ripe + sum(rest) == 3


def test_extracts_without_an_ended_course_come_to_nothing(tmp_path: Path) -> None:
    found = derived(tmp_path, [course(end="")], register(person(y_2222="730")))
    assert (found.ended, found.running, found.row_count, list(found.rows())) == (0, 1, 0, [])


def test_weeks_that_no_course_needs_may_be_missing(tmp_path: Path) -> None:
    people = register(person(y_2222="730", y_2240="890"))
    assert derived(tmp_path, [course()], people).last_week == "2022-W40"


def test_many_courses_of_one_person(tmp_path: Path) -> None:
    """One person with thousands of courses takes no longer than thousands of persons: only different cells are compared."""
    people = register(person(y_2222="771", branche_2022_06=""))
    courses = [course(number=f"c{number:05}") for number in range(5000)]
    found = figures(derived(tmp_path, courses, people))
    assert found[("job_2m", "courses", "2022", "*", "*", "*", "*", "*")] == (5000, 5000, 0, 0, 0)
    assert found[("job_2m", "persons", "2022", "A", "11111111", "A1", "syge", "mentor")] == YES
