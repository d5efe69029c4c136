"""One run: two files in, the figures of every cell out, with what was left out and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from results.deriving.counting import Block, Cell, Cells, Place
from results.deriving.courses import load_courses
from results.deriving.deciding import Courses, Delivered, Found, decide_by_plan, decide_by_week, unknown_codes
from results.deriving.definitions import Definitions, Rule, WeekRule
from results.deriving.digests import SourceFacts, digests_of
from results.deriving.engine import MEMORY_MB, Engine, too_large
from results.deriving.folders import run_folder
from results.deriving.refusals import File, FilesRefusedError, Problem, safe_code
from results.deriving.register import look_up

Tell = Callable[[int, str], None]
TOLD_CODES = 40


class Row(NamedTuple):
    """One figure in the layout of the import."""

    measure: str
    version: str
    unit: str
    cell: Cell
    outcomes: int
    denominator: int
    pending: int
    censored: int
    not_found: int


@dataclass(frozen=True)
class Counted:
    """What one measure came to in one unit."""

    measure: str
    version: str
    unit: str
    blocks: tuple[Block, ...]

    def rows(self) -> Iterator[Row]:
        for block in self.blocks:
            for cell, (no, yes, pending, censored, lost) in zip(block.cells, block.numbers.tolist(), strict=True):
                yield Row(self.measure, self.version, self.unit, cell, yes, yes + no, pending, censored, lost)


@dataclass(frozen=True)
class Derivation:
    """What a run found."""

    counted: tuple[Counted, ...]
    as_of: dt.date
    last_week: str
    courses: SourceFacts
    register: SourceFacts
    definitions_digest: str
    ended: int
    running: int
    entered_by_mistake: int
    without_dimension: Mapping[str, int]
    without_framework: tuple[str, ...]
    unknown_codes: Mapping[str, int]

    def rows(self) -> Iterator[Row]:
        """Yield every figure: measures and units in turn, coarse cells before fine ones."""
        for counted in self.counted:
            yield from counted.rows()

    @cached_property
    def row_count(self) -> int:
        return sum(len(block.cells) for counted in self.counted for block in counted.blocks)


def derive(
    courses: Path,
    register: Path,
    *,
    as_of: dt.date,
    definitions: Definitions,
    frameworks: Mapping[str, str],
    work_in: Path,
    names: tuple[str, str] | None = None,
    count_unknown_as_not_found: bool = False,
    memory_mb: int = MEMORY_MB,
    tell: Tell = lambda _percent, _message: None,
) -> Derivation:
    """Count every measure from an extract of courses and one of the register, in one pass of each.

    `frameworks` gives the framework of each lot; `work_in` is where the run's own folder is made and removed. Raises
    FilesRefusedError with everything that is wrong; no message holds anything from a row but codes.
    """
    names = names or (courses.name, register.name)
    try:
        with (
            run_folder(work_in) as folder,
            digests_of((courses, register), names, (File.COURSES, File.REGISTER)) as digests,
        ):
            with Engine(folder, memory_mb=memory_mb) as engine:
                loaded = load_courses(engine, courses, as_of=as_of, tell=_part(tell, 5, 20, _("Reading the courses …")))
                found, delivered = look_up(
                    engine,
                    register,
                    loaded,
                    definitions=definitions,
                    as_of=as_of,
                    tell=_part(tell, 20, 80, _("Reading the register …")),
                )
            unknown = unknown_codes(definitions, loaded.courses, found, delivered)
            if unknown and not count_unknown_as_not_found:
                raise _unknown(unknown)
            tell(80, _("Counting …"))
            places = [Place(frameworks.get(lot or ""), lot, *others) for lot, *others in loaded.places]
            cells = Cells(loaded.courses, places, loaded.years, loaded.quarters)
            counted: list[Counted] = []
            for rule in definitions.rules:
                status = _decided(rule, loaded.courses, found, delivered, definitions=definitions, as_of=as_of)
                counted += _counted(rule, cells, status)
            facts = digests()
    except MemoryError:
        raise too_large(None) from None
    return Derivation(
        counted=tuple(counted),
        as_of=as_of,
        last_week=str(delivered.last_week),
        courses=facts[0],
        register=facts[1],
        definitions_digest=definitions.digest,
        ended=len(loaded.courses),
        running=loaded.running,
        entered_by_mistake=loaded.entered_by_mistake,
        without_dimension=loaded.without_dimension,
        without_framework=tuple(sorted({place.lot for place in places if place.lot and not place.framework})),
        unknown_codes=_told(unknown),
    )


def _part(tell: Tell, begin: int, end: int, message: str) -> Callable[[float], None]:
    """Say that a part of the work begins; return how to tell which share of it is done."""
    tell(begin, message)
    return lambda share: tell(begin + round(share * (end - begin)), message)


def _decided(
    rule: Rule,
    courses: Courses,
    found: Mapping[int, Found],
    delivered: Delivered,
    *,
    definitions: Definitions,
    as_of: dt.date,
) -> np.ndarray:
    if isinstance(rule, WeekRule):
        return decide_by_week(rule, courses, found[rule.months], delivered, definitions)
    return decide_by_plan(rule, courses, as_of)


def _counted(rule: Rule, cells: Cells, status: np.ndarray) -> list[Counted]:
    found = cells.count(status, rule.attribution)
    return [Counted(rule.measure, rule.version, unit, tuple(blocks)) for unit, blocks in found.items()]


def _told(unknown: Mapping[str, int]) -> dict[str, int]:
    """Return unknown codes as they may be shown; those that may not are one."""
    told: dict[str, int] = {}
    for code, count in unknown.items():
        told[safe_code(code)] = told.get(safe_code(code), 0) + count
    return told


def _unknown(unknown: Mapping[str, int]) -> FilesRefusedError:
    told = list(_told(unknown).items())
    codes = ", ".join(f"{code} ({count})" for code, count in told[:TOLD_CODES])
    if len(told) > TOLD_CODES:
        codes += " " + _("and %(count)s more") % {"count": len(told) - TOLD_CODES}
    problem = Problem(
        File.REGISTER,
        _("These codes have no group; in parentheses how many courses they decide: %(codes)s.") % {"codes": codes},
        _("Give them a group in the list of register codes, or ask for unknown codes to be counted as not found."),
    )
    return FilesRefusedError([problem], may_go_on=True)
