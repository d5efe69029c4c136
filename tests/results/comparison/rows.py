"""Figures as they come from a delivery, without a database."""

from __future__ import annotations

import datetime as dt
import itertools

from results.models import BenefitGroup, Delivery, Measure, MeasureVersion, Observation
from suppliers.models import Supplier

JOB = Measure(pk=1, code="job_2m", name="I job", kind="share")
VERSION = MeasureVersion(pk=1, measure=JOB, code="1", population="afsluttede forløb")
DELIVERY = Delivery(pk=1, source="DREAM", extracted_on=dt.date(2026, 1, 15), is_validated=True)
GROUPS = {
    name: BenefitGroup(pk=place, code=name, name=name.capitalize(), order=place)
    for place, name in enumerate(("aktivitetsparate", "ressourceforloeb", "sygemeldte", "ledighedsydelse"), start=1)
}
_numbers = itertools.count(1)


def supplier(name: str, pk: int) -> Supplier:
    return Supplier(pk=pk, name=name)


def figure(who: Supplier, group: str | None, x: int | None, n: int | None, **more: object) -> Observation:
    fields = {
        "delivery": DELIVERY,
        "measure_version": VERSION,
        "unit": "courses",
        "period_start": dt.date(2025, 1, 1),
        "period_end": dt.date(2025, 12, 31),
        **more,
    }
    where = GROUPS[group] if group else None
    return Observation(pk=next(_numbers), supplier=who, benefit_group=where, outcomes=x, denominator=n, **fields)


def table(counts: dict[str, dict[str | None, tuple[int, int]]]) -> list[Observation]:
    """Return a figure for each supplier and group: {"Havgård": {"sygemeldte": (12, 40)}}; None is the supplier's total."""
    return [
        figure(supplier(name, pk), group, x, n)
        for pk, (name, groups) in enumerate(counts.items(), start=1)
        for group, (x, n) in groups.items()
    ]
