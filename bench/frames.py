"""The same count in pandas and in Polars, as their users would write it: read, melt, join, group by each combination."""

from __future__ import annotations

import datetime as dt
from itertools import product
from pathlib import Path

from results.deriving.calendars import Week, add_months, month_column, month_of_column, week_column, week_of_column
from results.deriving.writing import HEAD

FLEX, WORK, STUDY, GONE = ("771", "774"), ("121", "122", "123"), ("651", "652", "661", "521"), ("997", "998", "999")
NO, YES, PENDING, CENSORED, NOT_FOUND = range(5)
SCOPES = ((), ("framework",), ("framework", "lot"))
OTHERS = ("supplier_cvr", "benefit_group", "service")
COLUMNS = ("framework", "supplier_cvr", "lot", "benefit_group", "service")
MEASURES = ("job_2m", "education_2m", "plan_6m")


def combinations() -> list[list[str]]:
    return [
        [*scope, *(name for name, given in zip(OTHERS, flags, strict=True) if given), period]
        for scope in SCOPES
        for flags in product((False, True), repeat=3)
        for period in ("year", "quarter")
    ]


def calendar(ends: list[dt.date], last: Week, months: set[tuple[int, int]]) -> dict[dt.date, tuple]:
    """Return for each end: week column, month column, whether the week and the month wait, and the last day of a plan."""
    found = {}
    for end in ends:
        week = Week.of(add_months(end, 2))
        is_late = week > last
        found[end] = (
            week_column(week),
            month_column(week.month),
            is_late,
            is_late or week.month not in months,
            add_months(end, 6),
        )
    return found


def line(measure: str, unit: str, period: str, keys: dict[str, str], counts: list[int]) -> str:
    cells = [keys.get(name, "*") for name in COLUMNS]
    no, yes, pending, censored, lost = counts
    return ";".join([measure, "1", unit, period, *cells, *map(str, (no + yes, yes, pending, censored, lost))])


def pandas(folder: Path, *, as_of: dt.date, frameworks: dict[str, str]) -> bytes:
    import numpy as np
    import pandas as pd

    rows = pd.read_csv(folder / "courses.csv", sep=";", dtype=str, keep_default_na=False)
    rows = rows[(rows.end_reason != "fejloprettet") & (rows.end != "") & (rows.end <= as_of.isoformat())].copy()
    people = pd.read_csv(folder / "register.csv", sep=";", dtype=str, keep_default_na=False).set_index("person_key")
    weeks = sorted(week for name in people if (week := week_of_column(name)) and (people[name] != "").any())
    days = calendar(
        [dt.date.fromisoformat(end) for end in rows.end.unique()],
        weeks[-1],
        {month for name in people if (month := month_of_column(name))},
    )
    facts = rows.end.map({end.isoformat(): value for end, value in days.items()})
    place = people.index.get_indexer(rows.person_key)
    table = people.to_numpy()

    def cells(names: list[str]) -> np.ndarray:
        columns = people.columns.get_indexer(names)
        picked = table[np.maximum(place, 0), np.maximum(columns, 0)]
        return np.where(columns >= 0, picked, "")

    code, branch = cells([fact[0] for fact in facts]), cells([fact[1] for fact in facts])
    late, job_late = (np.array([fact[number] for fact in facts]) for number in (2, 3))
    limit = np.array([fact[4].isoformat() for fact in facts])
    works = branch != ""
    job = np.isin(code, FLEX) | (np.isin(code, ("", *WORK)) & works)
    planned = (rows.plan_on >= rows.start) & (rows.plan_on <= limit)
    rows["job_2m"] = _status(job, job_late, place < 0, np.isin(code, GONE))
    rows["education_2m"] = _status(np.isin(code, STUDY), late, place < 0, np.isin(code, GONE))
    rows["plan_6m"] = np.where(planned, YES, np.where(limit > as_of.isoformat(), PENDING, NO))
    rows["framework"] = rows.lot.map(frameworks)
    rows["year"] = rows.end.str[:4]
    rows["quarter"] = rows.year + "-Q" + ((rows.end.str[5:7].astype(int) + 2) // 3).astype(str)
    rows["rank"] = rows.plan_6m.map({NO: 0, PENDING: 1, YES: 2})
    rows = rows.sort_values(["end", "start", "course_id"])
    lines = [HEAD]
    for keys in combinations():
        for measure in MEASURES:
            order = rows.sort_values("rank", kind="stable") if measure == "plan_6m" else rows
            deciding = order.drop_duplicates([*keys, "person_key"], keep="last")
            for unit, counted in (("courses", rows), ("persons", deciding)):
                sums = counted.groupby([*keys, measure], sort=False).size().unstack(fill_value=0)
                sums = sums.reindex(columns=range(5), fill_value=0)
                for name, counts in zip(sums.index, sums.to_numpy().tolist(), strict=True):
                    values = dict(zip(keys, name if isinstance(name, tuple) else (name,), strict=True))
                    lines.append(line(measure, unit, values[keys[-1]], values, counts))
    return ("\n".join(lines) + "\n").encode()


def _status(outcome, late, lost, gone):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    import numpy as np

    ripe = np.where(outcome, YES, NO)
    return np.where(late, PENDING, np.where(lost, NOT_FOUND, np.where(gone, CENSORED, ripe)))


def polars(folder: Path, *, as_of: dt.date, frameworks: dict[str, str]) -> bytes:
    import polars as pl

    text = pl.scan_csv(folder / "courses.csv", separator=";", infer_schema=False).fill_null("")
    rows = text.filter(
        pl.col("end_reason") != "fejloprettet", pl.col("end") != "", pl.col("end") <= as_of.isoformat()
    ).collect()
    people = pl.read_csv(folder / "register.csv", separator=";", infer_schema=False).fill_null("")
    weeks = sorted(week for name in people.columns if (week := week_of_column(name)) and (people[name] != "").any())
    days = calendar(
        [dt.date.fromisoformat(end) for end in rows["end"].unique()],
        weeks[-1],
        {month for name in people.columns if (month := month_of_column(name))},
    )
    facts = pl.DataFrame(
        [(end.isoformat(), *value[:4], value[4].isoformat()) for end, value in days.items()],
        schema=["end", "week", "month", "late", "job_late", "limit"],
        orient="row",
    )
    rows = rows.join(facts, on="end")
    kept = people.join(rows.select("person_key").unique(), on="person_key", how="semi")
    long = {
        kind: kept.select("person_key", pl.col(f"^{start}.*$")).unpivot(
            index="person_key", variable_name=kind, value_name=value
        )
        for kind, start, value in (("week", "y_", "code"), ("month", "branche_", "branch"))
    }
    there = people.select("person_key", found=pl.lit(value=True))
    for kind, table in long.items():
        rows = rows.join(table, on=["person_key", kind], how="left")
    rows = rows.join(there, on="person_key", how="left")
    works = pl.col("branch").fill_null("") != ""
    code = pl.col("code").fill_null("")
    job = code.is_in(FLEX) | (code.is_in(["", *WORK]) & works)

    def status(outcome: pl.Expr, late: str) -> pl.Expr:
        ripe = pl.when(code.is_in(GONE)).then(CENSORED).when(outcome).then(YES).otherwise(NO)
        return pl.when(late).then(PENDING).when(pl.col("found").is_null()).then(NOT_FOUND).otherwise(ripe)

    planned = (pl.col("plan_on") >= pl.col("start")) & (pl.col("plan_on") <= pl.col("limit"))
    waits = pl.col("limit") > as_of.isoformat()
    quarter = ((pl.col("end").str.slice(5, 2).cast(pl.Int32) + 2) // 3).cast(pl.String)
    rows = rows.with_columns(
        job_2m=status(job, "job_late"),
        education_2m=status(code.is_in(STUDY), "late"),
        plan_6m=pl.when(planned).then(YES).when(waits).then(PENDING).otherwise(NO),
        framework=pl.col("lot").replace_strict(frameworks),
        year=pl.col("end").str.slice(0, 4),
        quarter=pl.col("end").str.slice(0, 4) + "-Q" + quarter,
    )
    rows = rows.with_columns(rank=pl.col("plan_6m").replace_strict({NO: 0, PENDING: 1, YES: 2}))
    rows = rows.sort("end", "start", "course_id")
    by_rank = rows.sort("rank", maintain_order=True)
    lines = [HEAD]
    for keys in combinations():
        for measure in MEASURES:
            order = by_rank if measure == "plan_6m" else rows
            deciding = order.unique([*keys, "person_key"], keep="last", maintain_order=True)
            for unit, counted in (("courses", rows), ("persons", deciding)):
                sums = counted.group_by(keys).agg(
                    (pl.col(measure) == number).sum().alias(str(number)) for number in range(5)
                )
                lines.extend(
                    line(measure, unit, row[keys[-1]], row, [row[str(number)] for number in range(5)])
                    for row in sums.iter_rows(named=True)
                )
    return ("\n".join(lines) + "\n").encode()
