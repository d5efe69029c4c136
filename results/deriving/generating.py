"""Make up register extracts of any size: the same seed gives the same bytes.

A person's weeks are spells of one code, as in the register, so a row is joined from a handful of pieces and a file of hundreds
of megabytes takes seconds.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np

from results.deriving.calendars import Week, month_column, months_between, week_column, weeks_until

CHUNK = 10_000
COURSE_COLUMNS = (
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
# What a made-up person lives on, and how often a spell is of it: blank first, then benefits, work, study, those who left.
CODES = ("", "730", "735", "740", "771", "774", "810", "890", "899", "651", "521", "121", "111", "997", "999")
WEIGHTS = (24, 18, 6, 8, 5, 1, 9, 12, 3, 4, 1, 2, 5, 1, 1)
BRANCHES = ("471100", "561000", "811000", "881010")
REASONS = ("gennemført", "gennemført", "gennemført", "afbrudt", "fejloprettet")
REASON_WEIGHTS = (40, 20, 20, 18, 2)


@dataclass(frozen=True)
class Vocabulary:
    """The codes that made-up courses use."""

    suppliers: Sequence[str] = ("98933808", "98434984", "99138491", "99877022", "98139230", "98208879")
    lots: Sequence[str] = ("lot-1", "lot-2", "lot-3", "lot-4")
    benefit_groups: Sequence[str] = ("aktivitetsparate", "ressourceforloeb", "sygemeldte", "ledighedsydelse")
    services: Sequence[str] = ("virksomhedsrettet", "mentor")


@dataclass(frozen=True)
class Extract:
    """What is made: how many, until when, and with which codes."""

    persons: int
    courses: int
    weeks: int
    last_day: dt.date
    seed: int = 1
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


def write_extract(extract: Extract, *, courses: Path, register: Path) -> None:
    """Write both files; a name that ends in .gz is compressed. Some courses are of persons that the register lacks."""
    with _opened(register) as stream:
        stream.writelines(_register_lines(extract, np.random.default_rng(extract.seed)))
    with _opened(courses) as stream:
        stream.writelines(_course_lines(extract, np.random.default_rng(extract.seed + 1)))


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("wb") as stream:
        if path.suffix != ".gz":
            yield stream
            return
        # without a name and a time in the head, so that the same seed gives the same bytes
        with gzip.GzipFile(filename="", mode="wb", fileobj=stream, compresslevel=1, mtime=0) as packed:
            yield packed  # type: ignore[misc]


def _key(number: int) -> str:
    return f"K{number:08}"


def _register_lines(extract: Extract, chance: np.random.Generator) -> Iterator[bytes]:
    weeks = weeks_until(Week.of(extract.last_day), extract.weeks)
    months = months_between(weeks[0].thursday, weeks[-1].thursday)
    names = ["person_key", *map(week_column, weeks), *map(month_column, months)]
    yield (";".join(names) + "\n").encode()
    for first in range(0, extract.persons, CHUNK):
        yield _register_chunk(extract, first, len(weeks), len(months), chance)


def _register_chunk(extract: Extract, first: int, weeks: int, months: int, chance: np.random.Generator) -> bytes:
    count = min(CHUNK, extract.persons - first)
    codes = _spells(chance, count, len(CODES), WEIGHTS)
    lengths = chance.geometric(1 / 40, size=codes.shape)
    has_work = chance.random((count, 4)) < 0.4
    work_months = chance.integers(1, 30, size=(count, 4))
    branch = chance.integers(0, len(BRANCHES), size=(count, 4))
    rows = zip(codes.tolist(), lengths.tolist(), has_work.tolist(), work_months.tolist(), branch.tolist(), strict=True)
    lines = [
        f"{_key(first + number)};{_weeks(codes_, lengths_, weeks)}{_months(works, spans, places, months)[:-1]}\n"
        for number, (codes_, lengths_, works, spans, places) in enumerate(rows)
    ]
    return "".join(lines).encode()


def _spells(chance: np.random.Generator, count: int, kinds: int, weights: Sequence[int]) -> np.ndarray:
    return chance.choice(kinds, size=(count, 8), p=np.array(weights) / sum(weights))


def _weeks(codes: list[int], lengths: list[int], weeks: int) -> str:
    parts, left = [], weeks
    for code, length in zip(codes, lengths, strict=True):
        taken = min(length, left)
        parts.append(f"{CODES[code]};" * taken)
        left -= taken
    return "".join(parts) + f"{CODES[codes[-1]]};" * left


def _months(has_work: list[bool], lengths: list[int], branch: list[int], months: int) -> str:
    parts, left = [], months
    for works, length, place in zip(has_work, lengths, branch, strict=True):
        taken = min(length, left)
        parts.append((f"{BRANCHES[place]};" if works else ";") * taken)
        left -= taken
    return "".join(parts) + ";" * left


def _course_lines(extract: Extract, chance: np.random.Generator) -> Iterator[bytes]:
    yield (";".join(COURSE_COLUMNS) + "\n").encode()
    for first in range(0, extract.courses, CHUNK):
        yield _course_chunk(extract, first, chance)


def _course_chunk(extract: Extract, first: int, chance: np.random.Generator) -> bytes:
    count = min(CHUNK, extract.courses - first)
    words = extract.vocabulary
    earliest = extract.last_day - dt.timedelta(weeks=max(extract.weeks - 10, 1))
    span = (extract.last_day - earliest).days + 60  # some are still running
    columns = [
        chance.integers(0, max(extract.persons * 101 // 100, 1), count),
        *(chance.integers(0, len(kind), count) for kind in (words.suppliers, words.lots)),
        *(chance.integers(0, len(kind), count) for kind in (words.benefit_groups, words.services)),
        chance.integers(0, span, count),
        chance.integers(0, 300, count),
        chance.choice(len(REASONS), count, p=np.array(REASON_WEIGHTS) / sum(REASON_WEIGHTS)),
        chance.integers(-20, 500, count),
        chance.random(count) < 0.05,
    ]
    lines = []
    for number, row in enumerate(zip(*(column.tolist() for column in columns), strict=True), start=first):
        person, supplier, lot, group, service, ended, length, reason, plan, is_open = row
        end = earliest + dt.timedelta(days=ended)
        start = end - dt.timedelta(days=length)
        plan_on = (start + dt.timedelta(days=plan)).isoformat() if plan % 3 == 0 else ""
        dims = (words.suppliers[supplier], words.lots[lot], words.benefit_groups[group], words.services[service])
        dates = (start.isoformat(), "" if is_open else end.isoformat(), REASONS[reason], plan_on)
        lines.append(";".join((_key(person), f"F{number:08}", *dims, *dates)) + "\n")
    return "".join(lines).encode()
