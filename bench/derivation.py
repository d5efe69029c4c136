"""Counting from registers: `python -m bench.derivation`.

Times depend on the machine, so what is held is ratios of one run: against DuckDB merely counting the values of every column of
both files, of ten times the data against one, and against pandas and Polars doing the same count, which must come to the same
figures. Each measurement is a process of its own, so that its peak memory is its own. What is held against each other is measured
in turns, and the best of several counts: what else the machine does then meets all of them, and least the best. Processor time is
told beside it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PERSONS, COURSES, WEEKS = 200_000, 300_000, 260
LAST_DAY = dt.date(2023, 6, 4)
REPEATS, REPEATS_OF_TEN = 5, 3
MOST_TIMES, MOST_MIB, MOST_FOR_TEN = 3.0, 1024, 11.0
TEN = "10"
LOTS = {"lot-1": "ramme-1", "lot-2": "ramme-1", "lot-3": "ramme-2", "lot-4": "ramme-2"}


def main() -> int:
    if len(sys.argv) > 1:
        return child(*sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        tenth, whole, ten = (made(Path(folder) / name, times) for name, times in (("0", 0.1), ("1", 1), (TEN, 10)))
        compare(in_turns([(name, tenth) for name in ("partnerskab", "pandas", "polars")], REPEATS))
        count, ours, grown = in_turns([("counting", whole), ("partnerskab", whole), ("partnerskab", ten)], REPEATS)
        return weigh(count, ours, grown)


def compare(found: list[dict[str, Any]]) -> None:
    """Say how long others take for a tenth of the data, where pandas still fits; other figures than ours end the bench."""
    ours, *others = found
    print(f"a tenth of the data, derivation: {told(ours)}", flush=True)
    for other in others:
        if other["digest"] != ours["digest"]:
            raise SystemExit(f"{other['name']} comes to other figures")
        times = other["seconds"] / ours["seconds"]
        print(f"  {other['name']}: {told(other)}: {times:.1f} times, the same figures", flush=True)


def told(found: dict[str, Any]) -> str:
    return f"{found['seconds']:.2f} s, {found['cpu']:.2f} s of processor, {found['mib']:.0f} MiB"


def weigh(count: dict[str, Any], ours: dict[str, Any], grown: dict[str, Any]) -> int:
    """Return 0 when every limit holds."""
    ratio, growth, mib = ours["seconds"] / count["seconds"], grown["seconds"] / ours["seconds"], grown["mib"]
    print(f"{COURSES:,} courses, {PERSONS:,} persons x {WEEKS} weeks; {ours['rows']:,} figures")
    print(f"DuckDB counts every column: {told(count)}")
    print(
        f"derivation: {told(ours)}: {ratio:.2f} times (at most {MOST_TIMES:.0f}), processor {cpu(ours, count):.2f} times"
    )
    print(
        f"ten times the data: {told(grown)}: {growth:.1f} times (at most {MOST_FOR_TEN:.0f}), "
        f"processor {cpu(grown, ours):.1f} times"
    )
    return 0 if ratio <= MOST_TIMES and max(ours["mib"], mib) <= MOST_MIB and growth <= MOST_FOR_TEN else 1


def cpu(one: dict[str, Any], other: dict[str, Any]) -> float:
    return one["cpu"] / other["cpu"]


def made(folder: Path, times: float) -> Path:
    from results.deriving.generating import Extract, write_extract

    folder.mkdir()
    extract = Extract(round(times * PERSONS), round(times * COURSES), WEEKS, LAST_DAY)
    write_extract(extract, courses=folder / "courses.csv", register=folder / "register.csv")
    return folder


def in_turns(parts: list[tuple[str, Path]], repeats: int) -> list[dict[str, Any]]:
    """Return for each part its best times, its highest peak memory and what came of it."""
    runs: list[list[dict[str, Any]]] = [[] for _part in parts]
    for turn in range(repeats):
        for part, theirs in zip(parts, runs, strict=True):
            if turn < REPEATS_OF_TEN or part[1].name != TEN:
                theirs.append(measured(*part))
    best = [{name: min(run[name] for run in theirs) for name in ("seconds", "cpu")} for theirs in runs]
    return [
        {**theirs[0], **times, "mib": max(run["mib"] for run in theirs)}
        for theirs, times in zip(runs, best, strict=True)
    ]


def measured(name: str, folder: Path) -> dict[str, Any]:
    found = json.loads(subprocess.check_output([sys.executable, "-m", "bench.derivation", name, folder]))
    return {"name": name, **found}


def child(name: str, folder: str) -> int:
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
    os.environ.setdefault("PARTNERSKAB_VAR", str(Path(folder) / "var"))
    import django

    django.setup()
    work: dict[str, Callable[[Path], dict[str, Any]]] = {"counting": counting, "partnerskab": partnerskab}
    begin, used = time.perf_counter(), time.process_time()
    found = work[name](Path(folder)) if name in work else others(Path(folder), name)
    found["seconds"] = time.perf_counter() - begin
    found["cpu"] = time.process_time() - used
    found["mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = found.pop("figures", None)
    if figures is not None:
        found["digest"] = digest(figures)
    print(json.dumps(found))
    return 0


def counting(folder: Path) -> dict[str, Any]:
    """Count the values of every column of both files, with types as DuckDB finds them."""
    import duckdb

    with duckdb.connect() as connection:
        for name in ("courses.csv", "register.csv"):
            connection.execute(f"select count(columns(*)) from read_csv('{folder / name}')").fetchall()
    return {}


def partnerskab(folder: Path) -> dict[str, Any]:
    from results.deriving.running import derive
    from results.deriving.writing import text_of

    outcome = derive(
        folder / "courses.csv",
        folder / "register.csv",
        as_of=LAST_DAY,
        definitions=definitions(),
        frameworks=LOTS,
        work_in=folder / "work",
    )
    content = text_of(outcome.rows())
    return {"rows": outcome.row_count, "figures": content}


def others(folder: Path, name: str) -> dict[str, Any]:
    from bench import frames

    return {"figures": getattr(frames, name)(folder, as_of=LAST_DAY, frameworks=LOTS)}


def definitions() -> Any:
    """Return the first definitions, with the codes that the generator uses."""
    from results.deriving.definitions import Attribution, Definitions, PlanRule, WeekRule

    groups = {
        **dict.fromkeys(("771", "774"), "flex"),
        **dict.fromkeys(("121", "122", "123"), "work"),
        **dict.fromkeys(("651", "652", "661", "521"), "study"),
        **dict.fromkeys(("997", "998", "999"), "gone"),
        **dict.fromkeys(("730", "735", "740", "810", "890", "899", "111"), "benefit"),
    }
    flex, work, study, gone = (frozenset({name}) for name in ("flex", "work", "study", "gone"))
    none: frozenset[str] = frozenset()
    return Definitions(
        (
            WeekRule("job_2m", "1", 2, flex, work, True, gone),  # noqa: FBT003 -- a blank with work is an outcome
            WeekRule("education_2m", "1", 2, study, none, False, gone),  # noqa: FBT003
            PlanRule("plan_6m", "1", 6, Attribution.ANY),
        ),
        groups,
    )


def digest(content: bytes) -> str:
    """Return a digest of the figures, whatever their order."""
    import hashlib

    return hashlib.sha256(b"\n".join(sorted(content.splitlines()))).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
