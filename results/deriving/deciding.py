"""What each course is under each rule: yes, no, pending, censored or not found."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from results.deriving.calendars import Month, Week, add_months
from results.deriving.definitions import Definitions, PlanRule, WeekRule, normal_code

EPOCH = dt.date(1970, 1, 1).toordinal()
NO_DAY = np.iinfo(np.int32).min
BLANK = ""


class Status(IntEnum):
    """What a course is; the numbers are places in the counts of a cell."""

    NO = 0
    YES = 1
    PENDING = 2
    CENSORED = 3
    NOT_FOUND = 4


@dataclass(frozen=True)
class Courses:
    """The ended courses, in the order in which they decide for a person: by person, end, start and id."""

    person: np.ndarray
    place: np.ndarray
    starts: np.ndarray  # days since 1970
    ends: np.ndarray
    plans: np.ndarray  # NO_DAY for none

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True)
class Found:
    """What the register says of each course in one window: whether the person is there, which code, whether there is work.

    `code` points into `codes`; a blank is a code too.
    """

    is_there: np.ndarray
    code: np.ndarray
    works: np.ndarray
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Delivered:
    """How far the register reaches."""

    last_week: Week
    months: frozenset[Month]


def decide_by_week(
    rule: WeekRule, courses: Courses, found: Found, delivered: Delivered, definitions: Definitions
) -> np.ndarray:
    """Return the status of each course under a rule that reads the register. A code without a group is not found."""
    kinds = _kinds_of_codes(rule, found.codes, definitions.group_of_code)
    kind = kinds[found.code] if len(courses) else np.zeros(0, np.int8)
    status = np.where(kind == _IF_EMPLOYED, np.where(found.works, Status.YES, Status.NO), kind).astype(np.int8)
    status[~found.is_there] = Status.NOT_FOUND
    status[_is_pending(rule, courses, delivered)] = Status.PENDING
    return status


def decide_by_plan(rule: PlanRule, courses: Courses, as_of: dt.date) -> np.ndarray:
    """Return the status of each course under a rule about the day of its plan."""
    limits = _by_end(courses.ends, lambda end: add_months(end, rule.months).toordinal() - EPOCH, np.int32)
    is_yes = (courses.plans != NO_DAY) & (courses.plans >= courses.starts) & (courses.plans <= limits)
    may_come = limits > as_of.toordinal() - EPOCH
    return np.where(is_yes, Status.YES, np.where(may_come, Status.PENDING, Status.NO)).astype(np.int8)


def unknown_codes(
    definitions: Definitions, courses: Courses, found: Mapping[int, Found], delivered: Delivered
) -> dict[str, int]:
    """Return the codes that decide something and have no group, with how many courses have each in some window."""
    counts: Counter[str] = Counter()
    for window, seen in found.items():
        is_read = np.zeros(len(courses), bool)
        for rule in definitions.week_rules:
            if rule.months == window:
                is_read |= ~_is_pending(rule, courses, delivered)
        times = np.bincount(seen.code[is_read & seen.is_there], minlength=len(seen.codes))
        for code, count in zip(seen.codes, times.tolist(), strict=True):
            if count and code != BLANK and code not in definitions.group_of_code:
                counts[code] += count
    return dict(counts.most_common())


_IF_EMPLOYED = 5


def _kinds_of_codes(rule: WeekRule, codes: tuple[str, ...], groups: Mapping[str, str]) -> np.ndarray:
    return np.array([_kind(rule, code, groups.get(code)) for code in codes] or [0], dtype=np.int8)


def _kind(rule: WeekRule, code: str, group: str | None) -> int:
    if code == BLANK:
        return _IF_EMPLOYED if rule.blank_if_employed else Status.NO
    if group is None:
        return Status.NOT_FOUND
    if group in rule.censored:
        return Status.CENSORED
    if group in rule.yes:
        return Status.YES
    return _IF_EMPLOYED if group in rule.yes_if_employed else Status.NO


def _is_pending(rule: WeekRule, courses: Courses, delivered: Delivered) -> np.ndarray:
    def waits(end: dt.date) -> bool:
        week = Week.of(add_months(end, rule.months))
        return week > delivered.last_week or (rule.needs_employment and week.month not in delivered.months)

    return _by_end(courses.ends, waits, bool)


def _by_end(ends: np.ndarray, answer, kind) -> np.ndarray:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Ask once for each day on which a course ended: there are few of them, and the calendar is Python's own."""
    days, where = np.unique(ends, return_inverse=True)
    answers = [answer(dt.date.fromordinal(day + EPOCH)) for day in days.tolist()]
    return np.array(answers, dtype=kind)[where] if answers else np.zeros(0, kind)


def codes_as_compared(raw: list[str | None]) -> tuple[str, ...]:
    return tuple(BLANK if code is None else normal_code(code) for code in raw)
