"""Look the ended courses up in the register: one pass of the wide file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from results.deriving import queries
from results.deriving.calendars import Week, add_months, week_column
from results.deriving.courses import LoadedCourses
from results.deriving.deciding import Delivered, Found, codes_as_compared
from results.deriving.definitions import Definitions
from results.deriving.engine import Columns, Engine, NotNumbersError, WrongLettersError
from results.deriving.layouts import KEY, RegisterLayout, register_layout
from results.deriving.refusals import File, refuse, shown
from results.deriving.sources import LATIN_1, Kind, Source, look_at

NUMERIC = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "FLOAT", "DOUBLE")


@dataclass(frozen=True)
class _Plan:
    """What is read of the register: its layout, the weeks that may be the last one, and which columns hold numbers."""

    source: Source
    layout: RegisterLayout
    last_seen: Week | None
    numbers: frozenset[int]

    @property
    def tail(self) -> list[Week]:
        """Weeks after the last one that the sample found filled, in order."""
        return sorted(week for week in self.layout.weeks if self.last_seen is None or week > self.last_seen)


def look_up(
    engine: Engine,
    path: Path,
    loaded: LoadedCourses,
    *,
    definitions: Definitions,
    as_of: dt.date,
    tell: Callable[[float], None],
) -> tuple[dict[int, Found], Delivered]:
    """Return what each course finds in each follow-up window, and how far the register reaches.

    Raises FilesRefusedError when the register cannot be read, holds CPR numbers, lacks weeks or reaches past `as_of`.
    """
    plan = _planned(engine, path)
    pointers = _Pointers(plan.layout, loaded.end_days, definitions.windows)
    pointers.write(engine)
    _pass(engine, plan, pointers, definitions.windows, tell)
    _refuse_cpr(engine)
    delivered = Delivered(_last_week(engine, plan, as_of), frozenset(plan.layout.months))
    pointers.refuse_missing(delivered.last_week)
    return _found(engine, loaded, definitions.windows), delivered


def _planned(engine: Engine, path: Path) -> _Plan:
    source = look_at(path, File.REGISTER, wanted=(KEY,))
    if source.kind is Kind.PARQUET:
        types = engine.parquet_head(source)
        source = replace(source, head=tuple(types))
        layout = register_layout(source.head)
        return _Plan(source, layout, None, _numeric_parquet(layout, list(types.values())))
    layout = register_layout(source.head)
    return _Plan(source, layout, _last_seen(source, layout), _numeric_text(source, layout))


def _last_seen(source: Source, layout: RegisterLayout) -> Week | None:
    for week in sorted(layout.weeks, reverse=True):
        if any(place < len(row) and row[place].strip() for row in source.sample for place in (layout.weeks[week],)):
            return week
    return None


def _numeric_text(source: Source, layout: RegisterLayout) -> frozenset[int]:
    """Return the weeks, and the months, when all that the sample holds of them are plain numbers."""

    def are_numbers(places: Sequence[int]) -> bool:
        cells = {row[place] for row in source.sample for place in places if place < len(row)}
        return all(not cell or (cell.isascii() and cell.isdigit() and len(cell) <= 9) for cell in cells)

    return _all_or_none(layout, are_numbers)


def _numeric_parquet(layout: RegisterLayout, types: Sequence[str]) -> frozenset[int]:
    return _all_or_none(layout, lambda places: all(types[place] in NUMERIC for place in places))


def _all_or_none(layout: RegisterLayout, are_numbers) -> frozenset[int]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    kinds = (list(layout.weeks.values()), list(layout.months.values()))
    return frozenset(place for places in kinds if are_numbers(places) for place in places)


class _Pointers:
    """Where in the lists of week and month columns each end date points, for each window."""

    def __init__(self, layout: RegisterLayout, end_days: Sequence[dt.date], windows: Iterable[int]) -> None:
        self.windows, self.end_days, self.layout = tuple(windows), end_days, layout
        self.wanted = {(end, months): Week.of(add_months(end, months)) for end in end_days for months in self.windows}
        weeks = set(self.wanted.values())
        self.weeks = sorted(weeks.intersection(layout.weeks))
        self.months = sorted({week.month for week in weeks}.intersection(layout.months))

    def write(self, engine: Engine) -> None:
        """Make the table `wanted`: a key and pointers for each ended course."""
        week_at = {week: number for number, week in enumerate(self.weeks, start=1)}
        month_at = {month: number for number, month in enumerate(self.months, start=1)}
        columns: list[list[object]] = [list(self.end_days)]
        for months in self.windows:
            wanted = [self.wanted[end, months] for end in self.end_days]
            columns += [[week_at.get(week) for week in wanted], [month_at.get(week.month) for week in wanted]]
        names = [name for months in self.windows for name in (f"week_{months}", f"month_{months}")]
        lists = ", ".join(
            ["unnest($1::date[]) as ends", *(f"unnest(${n}::integer[]) as {name}" for n, name in enumerate(names, 2))]
        )
        engine.execute(f"create temp table pointer as select {lists}", columns)
        engine.execute(
            f"create temp table wanted as select person_key, ix{''.join(f', {name}' for name in names)} "
            "from ended join pointer using (ends)"
        )

    def refuse_missing(self, last_week: Week) -> None:
        needed = {week for week in self.wanted.values() if week <= last_week}
        missing = sorted(needed.difference(self.layout.weeks))
        if missing:
            raise refuse(
                File.REGISTER,
                ngettext(
                    "%(count)s week that courses need is missing: %(names)s.",
                    "%(count)s weeks that courses need are missing: %(names)s.",
                    len(missing),
                )
                % {"count": len(missing), "names": shown(map(week_column, missing))},
                _("Choose an extract with these weeks, or leave out courses that ended so early."),
            )


def _pass(
    engine: Engine, plan: _Plan, pointers: _Pointers, windows: Sequence[int], tell: Callable[[float], None]
) -> None:
    """Read the file as numbers where it looks so; text is slower and always works."""
    attempts = [plan.source, replace(plan.source, encoding=LATIN_1)] if plan.source.is_text else [plan.source]
    numbers = plan.numbers
    for _attempt in range(4):
        try:
            return engine.read(
                attempts[0],
                _query(engine, replace(plan, source=attempts[0], numbers=numbers), pointers, windows),
                tell=tell,
            )
        except NotNumbersError:
            numbers = frozenset()
        except WrongLettersError:
            attempts = attempts[1:]
    raise AssertionError("a register that is neither numbers nor text")


def _query(engine: Engine, plan: _Plan, pointers: _Pointers, windows: Sequence[int]) -> str:
    return queries.look_up(
        plan.source,
        engine.linked(plan.source),
        key=plan.layout.key,
        weeks=[plan.layout.weeks[week] for week in pointers.weeks],
        months=[plan.layout.months[month] for month in pointers.months],
        tail=[plan.layout.weeks[week] for week in plan.tail],
        numbers=plan.numbers,
        windows=windows,
    )


def _refuse_cpr(engine: Engine) -> None:
    if engine.rows("select count(*) from found where is_cpr")[0][0]:
        raise refuse(
            File.REGISTER,
            _("The key looks like a CPR number, which may not come in here."),
            _("Replace it with a pseudonymous key in both files, and delete this file."),
            column=KEY,
        )


def _last_week(engine: Engine, plan: _Plan, as_of: dt.date) -> Week:
    place = engine.rows("select max(tail) from found")[0][0]
    last = plan.tail[place - 1] if place else plan.last_seen
    if last is None:
        raise refuse(
            File.REGISTER, _("No week holds a code for anybody."), _("Choose the extract with the weekly codes.")
        )
    if last > Week.of(as_of):
        raise refuse(
            File.REGISTER,
            _("The last week with codes, %(week)s, lies after the day that is counted as of.")
            % {"week": week_column(last)},
            _("Correct the day, or choose an extract from that day."),
        )
    return last


def _found(engine: Engine, loaded: LoadedCourses, windows: Sequence[int]) -> dict[int, Found]:
    times = engine.columns("select ix from found where ix is not null")["ix"]
    count = np.bincount(times.astype(np.int64), minlength=len(loaded.courses))
    if count.max(initial=0) > 1:
        raise refuse(
            File.REGISTER,
            _("A person with a course stands more than once."),
            _("The register has one row for each person. Export it again."),
            column=KEY,
        )
    return {window: _found_in(engine, loaded, window) for window in windows}


def _found_in(engine: Engine, loaded: LoadedCourses, window: int) -> Found:
    raw = [
        row[0] for row in engine.rows(f"select distinct cast(code_{window} as varchar) from found where ix is not null")
    ]
    codes = [None, *sorted({code for code in raw if code is not None and code.strip()})]
    engine.execute(
        "create or replace temp table code as select unnest($1::varchar[]) as code, unnest($2::integer[]) as number",
        [codes[1:], list(range(1, len(codes)))],
    )
    found = engine.columns(
        f"select ix, coalesce(number, 0)::integer as number, works_{window} as works from found "
        f"left join code on cast(code_{window} as varchar) = code.code where ix is not null"
    )
    return Found(*_spread(found, loaded), codes=codes_as_compared(codes))


def _spread(found: Columns, loaded: LoadedCourses) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lay what was found beside the courses, in their order."""
    size, at = len(loaded.courses), found["ix"].astype(np.int64)
    is_there, code, works = np.zeros(size, bool), np.zeros(size, np.int64), np.zeros(size, bool)
    is_there[at], code[at], works[at] = True, found["number"], found["works"]
    return is_there[loaded.order], code[loaded.order], works[loaded.order]
