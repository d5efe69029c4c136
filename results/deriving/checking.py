"""What may be wrong with the courses, each told by a sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records.sheets.personal import has_cpr
from results.deriving import queries
from results.deriving.engine import Engine
from results.deriving.layouts import DIMENSIONS
from results.deriving.refusals import File, FilesRefusedError, Problem, refuse
from results.deriving.sources import LATIN_1, MOJIBAKE, Source, broken_letters

HEADS = {"supplier": "supplier_cvr"}  # where the column is called otherwise
TOLD = 20  # rows that are named of each kind of problem
MOST_COURSES = 3_000_000  # what stays below a gibibyte, with what all else takes
MOST_VALUES = 2_000  # a dimension with more holds no codes
# Of lot, supplier, benefit group, service and quarter: 48 groupings of so many take half a gibibyte.
MOST_CELLS = 100_000


def refuse_problems(engine: Engine, source: Source, places: Mapping[str, int], as_of: dt.date) -> None:
    """Read the file once more, with its rows numbered, only when something is wrong."""
    counts = dict(
        engine.rows("select problem, count(*) from course where problem > 0 group by problem order by problem")
    )
    short, long = engine.rows(
        "select count(*) filter (is_short_cpr(person_key)), count(*) filter (length(person_key) = 9) from course"
    )[0]
    if short and 2 * short > long:  # a number in nine digits is one that has lost its leading zero
        raise refuse(File.COURSES, *_sentences()["key_is_cpr"], column="person_key")
    if not counts:
        return
    rows = queries.course_rows(source, engine.linked(source), places, numbered=True)
    first = f"select problem, line from ({rows}) where problem > 0 order by problem, line"
    limited = (
        f"select problem, line from ({first}) qualify row_number() over (partition by problem order by line) <= {TOLD}"
    )
    lines = engine.rows_in_order(source, f"{limited} order by problem, line", [as_of])
    problems = [_problem(queries.PROBLEMS[number - 1], line) for number, line in lines]
    more = [_more(queries.PROBLEMS[number - 1], count - TOLD) for number, count in counts.items() if count > TOLD]
    raise FilesRefusedError([*problems, *more])


_COLUMN_OF = {
    "key_is_cpr": "person_key",
    "key_missing": "person_key",
    "id_missing": "course_id",
    "start_missing": "start",
    "start_unread": "start",
    "end_unread": "end",
    "plan_unread": "plan_on",
    "end_before_start": "end",
    "id_repeated": "course_id",
}


def _sentences() -> dict[str, tuple[str, str]]:
    unread = (
        _("This is not a date that exists."),
        _("Write it as 2026-12-31 or 31.12.2026, with four digits for the year."),
    )
    return {
        "key_is_cpr": (
            _("The key or the course's id looks like a CPR number, which may not come in here."),
            _("Replace it with a pseudonymous key in both files, and delete this file."),
        ),
        "key_missing": (_("The person's key is missing."), _("Write it, or remove the row.")),
        "id_missing": (_("The course's id is missing."), _("Write it, or remove the row.")),
        "start_missing": (_("The course has no start."), _("Write the day it started.")),
        "start_unread": unread,
        "end_unread": unread,
        "plan_unread": unread,
        "end_before_start": (_("The course ends before it starts."), _("Correct one of the dates.")),
        "id_repeated": (
            _("The id is that of a course in an earlier row."),
            _("Each course stands once. Remove the repetition, or export the file again."),
        ),
    }


def _problem(name: str, line: int) -> Problem:
    return Problem(File.COURSES, *_sentences()[name], row=line, column=_COLUMN_OF[name])


def _more(name: str, count: int) -> Problem:
    text, remedy = _sentences()[name]
    told = ngettext("The same in %(count)s more row.", "The same in %(count)s more rows.", count) % {"count": count}
    return Problem(File.COURSES, f"{told} {text}", remedy, column=_COLUMN_OF[name])


def refuse_wrong_number(engine: Engine) -> None:
    """Refuse a file without courses, and one with more ended courses than the memory holds."""
    rows, ended = engine.rows("select count(*), count(*) filter (state = 0) from course")[0]
    if ended > MOST_COURSES:
        raise refuse(
            File.COURSES,
            _("The file holds %(count)s ended courses; at most %(most)s can be counted.")
            % {"count": ended, "most": MOST_COURSES},
            _("Count fewer years at a time."),
        )
    if not rows:
        raise refuse(
            File.COURSES,
            _("The file holds no courses."),
            _("Check that the extract was saved, and choose the file again."),
        )


def refuse_repeated(engine: Engine, source: Source, places: Mapping[str, int], as_of: dt.date) -> None:
    ids, different = engine.rows("select count(*), count(distinct course_id) from course where state <> 2")[0]
    if ids == different:
        return
    rows = queries.course_rows(source, engine.linked(source), places, numbered=True)
    lines = engine.rows_in_order(
        source,
        f"select line from ({rows}) where state <> 2 and course_id in "
        "(select course_id from course where state <> 2 group by course_id having count(*) > 1) "
        f"qualify row_number() over (partition by course_id order by line) > 1 order by line limit {TOLD}",
        [as_of],
    )
    problems = [_problem("id_repeated", line) for (line,) in lines]
    more = ids - different - len(lines)
    raise FilesRefusedError([*problems, *([_more("id_repeated", more)] if more else [])])


def refuse_personal(places: list[tuple[str | None, ...]]) -> None:
    for number, name in enumerate(DIMENSIONS):
        if any(has_cpr(place[number] or "") for place in places):
            raise refuse(
                File.COURSES,
                _("The column holds what looks like a CPR number."),
                _("Check that the columns have the right heads, and delete this file."),
                column=HEADS.get(name, name),
            )


def refuse_broken_letters(source: Source, places: list[tuple[str | None, ...]]) -> None:
    if source.encoding == LATIN_1 and any(re.search(MOJIBAKE, value or "") for place in places for value in place):
        raise broken_letters(File.COURSES)


def refuse_too_many(engine: Engine) -> None:
    """Refuse what can be no codes before it is counted in 48 groupings."""
    distinct = ", ".join(f"count(distinct {name})" for name in DIMENSIONS)
    for name, count in zip(DIMENSIONS, engine.rows(f"select {distinct} from place")[0], strict=True):
        if count > MOST_VALUES:
            raise refuse(
                File.COURSES,
                _("The column holds %(count)s different values, so they are no codes.") % {"count": count},
                _("Check that the columns have the right heads."),
                column=HEADS.get(name, name),
            )
    cells = engine.rows("select count(*) from (select distinct place, year(ends), quarter(ends) from ended)")[0][0]
    if cells > MOST_CELLS:
        raise refuse(
            File.COURSES,
            _("The courses lie in %(count)s combinations of their codes and quarters; at most %(most)s can be counted.")
            % {"count": cells, "most": MOST_CELLS},
            _("Count fewer years at a time, or leave a dimension empty."),
        )
