"""Which column is what: the courses' ten, and the register's key, weeks and months. Any other column is ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from results.deriving.calendars import Month, Week, month_of_column, week_of_column
from results.deriving.refusals import File, FilesRefusedError, refuse, shown

KEY = "person_key"
COURSES = (KEY, "course_id", "supplier_cvr", "lot", "benefit_group", "service", "start", "end", "end_reason", "plan_on")
DIMENSIONS = ("lot", "supplier", "benefit_group", "service")  # of a course, as the engine's tables name them


@dataclass(frozen=True)
class RegisterLayout:
    """Places of the columns in the register's head."""

    key: int
    weeks: Mapping[Week, int]
    months: Mapping[Month, int]


def course_places(head: Sequence[str]) -> dict[str, int]:
    """Return where the ten columns stand; raises FilesRefusedError when one is missing or stands twice."""
    names = [name.strip().casefold() for name in head]
    missing = [name for name in COURSES if name not in names]
    if missing:
        raise refuse(
            File.COURSES,
            _("These columns are missing: %(names)s.") % {"names": ", ".join(missing)},
            _("Write the head %(head)s, in any order.") % {"head": ";".join(COURSES)},
        )
    twice = [name for name in COURSES if names.count(name) > 1]
    if twice:
        raise _twice(File.COURSES, twice)
    return {name: names.index(name) for name in COURSES}


def register_layout(head: Sequence[str]) -> RegisterLayout:
    """Return the register's columns; raises FilesRefusedError without a key or weeks, or when one stands twice."""
    names = [name.strip().casefold() for name in head]
    if KEY not in names:
        raise refuse(
            File.REGISTER,
            _("The column %(name)s is missing.") % {"name": KEY},
            _("Name the column with the pseudonymous key so. It must be the same key as in the courses."),
        )
    weeks = [(week, place) for place, name in enumerate(names) if (week := week_of_column(name))]
    months = [(month, place) for place, name in enumerate(names) if (month := month_of_column(name))]
    if not weeks:
        raise refuse(
            File.REGISTER,
            _("There are no weeks: no column is named as y_2231 (year and ISO week)."),
            _("Choose the extract with the weekly codes."),
        )
    read = [KEY, *(names[place] for _what, place in (*weeks, *months))]
    twice = sorted({name for name in read if names.count(name) > 1})
    if twice:
        raise _twice(File.REGISTER, twice)
    return RegisterLayout(names.index(KEY), dict(weeks), dict(months))


def _twice(file: File, names: Sequence[str]) -> FilesRefusedError:
    return refuse(
        file,
        _("These columns stand twice: %(names)s.") % {"names": shown(names)},
        _("Remove one of each, or give it another name."),
    )
