"""How long it takes to decide what may leave: `python -m bench.disclosure`.

A case with a hundred tables, and a framework of lots with four suppliers in each, four benefit groups, eight quarters, two years
and every margin. The second is measured for several sizes in the same run: what matters is how the time grows with the cells.
Seconds are those of the processor, so that other work on the machine does not count. `leaks` is what the program's own attack
finds afterwards, and must be 0. `warm` is how many times quicker the same question is when it is asked again, by a page in the
same process; `shared` the same in another process that has the cache in common.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from results.disclosure import deciding  # noqa: E402
from results.disclosure.cells import Policy, small_cells  # noqa: E402
from results.disclosure.deciding import decide, leaks  # noqa: E402
from results.disclosure.universe import Universe  # noqa: E402
from results.models import Observation  # noqa: E402
from results.periods import Period, quarter  # noqa: E402

POLICY = Policy()
Answer = TypeVar("Answer")
QUARTERS = [quarter(2022 + n // 4, 1 + n % 4) for n in range(8)]


def main() -> int:
    cases = (
        ("100 tables of a case", tables(100)),
        ("framework, 4 lots", framework(lots=4)),
        ("framework, 12 lots", framework(lots=12)),
        ("framework, 40 lots", framework(lots=40)),
        ("framework, 40 lots, few courses in each", framework(lots=40, mean=6)),
    )
    heads = ("figures", "cells", "gather s", "decide s", "attack s", "warm", "shared", "hidden", "small", "leaks")
    print(f"{'':42}" + "".join(f"{head:>9}" for head in heads))
    return sum(measure(name, figures) for name, figures in cases)


def measure(name: str, figures: Sequence[Observation]) -> int:
    start = time.process_time()
    universe = Universe.of(figures, composites={})
    gathered = time.process_time() - start
    cold, marks = _timed(lambda: decide(universe.cells.values(), universe.relations, policy=POLICY))
    warm, _marks = _timed(lambda: decide(universe.cells.values(), universe.relations, policy=POLICY))
    deciding._decided.cache_clear()
    shared, _marks = _timed(lambda: decide(universe.cells.values(), universe.relations, policy=POLICY))
    hidden = {key for key, mark in marks.items() if mark.is_hidden}
    attacked, found = _timed(lambda: leaks(universe.cells.values(), universe.relations, hidden=hidden, policy=POLICY))
    printed = [key for key in hidden if not universe.cells[key].is_derived]
    small = small_cells(universe.cells, POLICY)
    times = f"{gathered:9.2f}{cold:9.2f}{attacked:9.2f}{cold / warm:8.0f}x{cold / shared:8.0f}x"
    print(
        f"{name:42}{len(figures):9}{len(universe.cells):9}{times}{len(printed):9}{len(small):9}{len(found):9}",
        flush=True,
    )
    return len(found)


def _timed(ask: Callable[[], Answer]) -> tuple[float, Answer]:
    start = time.process_time()
    answer = ask()
    return time.process_time() - start, answer


def tables(count: int, *, seed: int = 1) -> list[Observation]:
    """Return tables of four groups and their total, each of its own framework."""
    chance = random.Random(seed)
    return [
        figure
        for number in range(count)
        for figure in _cube([(number + 1, None, None)], groups=4, periods=QUARTERS[:1], chance=chance, mean=200)
    ]


def framework(*, lots: int, mean: int = 25, seed: int = 2) -> list[Observation]:
    """Return all figures of a framework: four suppliers in each lot, four groups, eight quarters, and every margin."""
    chance = random.Random(seed)
    places = [(1, lot + 1, 1 + (lot + step) % 12) for lot in range(lots) for step in (0, 1, 2, 3)]
    return _cube(places, groups=4, periods=QUARTERS, chance=chance, mean=mean)


Cell = tuple[int, int | None, int | None, int, Period]


def _cube(
    places: Sequence[tuple[int, int | None, int | None]],
    *,
    groups: int,
    periods: Sequence[Period],
    chance: random.Random,
    mean: int,
) -> list[Observation]:
    counted: dict[tuple[object, ...], list[int]] = {}
    for (frame, lot, supplier), group, period in itertools.product(places, range(1, groups + 1), periods):
        base = int(chance.expovariate(1 / mean))
        outcomes = sum(chance.random() < 0.15 for _ in range(base))
        for key in _margins(frame, lot, supplier, group, period):
            sums = counted.setdefault(key, [0, 0])
            sums[0] += base
            sums[1] += outcomes
    return [_figure(number, key, *sums) for number, (key, sums) in enumerate(counted.items(), start=1)]


def _margins(
    frame: int, lot: int | None, supplier: int | None, group: int, period: Period
) -> Iterable[tuple[object, ...]]:
    year = Period(dt.date(period.start.year, 1, 1), dt.date(period.start.year, 12, 31))
    spans = (period, year) if len(QUARTERS) > 1 else (period,)
    yield from dict.fromkeys(itertools.product((frame,), (lot, None), (supplier, None), (group, None), spans))


def _figure(number: int, key: tuple[object, ...], base: int, outcomes: int) -> Observation:
    frame, lot, supplier, group, period = key
    assert isinstance(period, Period)
    return Observation(
        pk=number,
        delivery_id=1,
        measure_version_id=1,
        unit="courses",
        period_start=period.start,
        period_end=period.end,
        framework_id=frame,
        lot_id=lot,
        supplier_id=supplier,
        benefit_group_id=group,
        denominator=base,
        outcomes=outcomes,
    )


if __name__ == "__main__":
    sys.exit(main())
