"""What a supplier recommended before, what the municipality replied, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from learnings.models import Excerpt, Initiative, Recommendation, Reply, Round
from suppliers.models import Supplier


@dataclass(frozen=True)
class SaidAndDone:
    """A recommendation that rests on what the supplier wrote; `passages` are its own words."""

    recommendation: Recommendation
    passages: tuple[str, ...]
    reply: Reply | None
    initiatives: tuple[Initiative, ...]


def said_and_done(supplier: Supplier, *, before: Round) -> tuple[SaidAndDone, ...]:
    """Return the supplier's recommendations of earlier rounds, the newest round first; four queries.

    A recommendation is the supplier's when one of its passages is from the supplier's newest version of that round's
    report. What others wrote in the same one is not told.
    """
    said = _passages(supplier, before)
    rows = Recommendation.objects.filter(pk__in=said).select_related("round", "reply").prefetch_related("initiatives")
    return tuple(_said_and_done(row, said[row.pk]) for row in rows.order_by("-round__year", "order", "pk"))


def _said_and_done(row: Recommendation, passages: Iterable[str]) -> SaidAndDone:
    return SaidAndDone(row, tuple(passages), getattr(row, "reply", None), tuple(row.initiatives.all()))


def _passages(supplier: Supplier, before: Round) -> dict[int, list[str]]:
    own = Excerpt.objects.with_newest().filter(
        answer__version__report__supplier__in=Supplier.objects.family_of(supplier),
        answer__version__report__round__year__lt=before.year,
        recommendations__isnull=False,
    )
    found: dict[int, list[str]] = defaultdict(list)
    rows: Any = own.select_related("answer").prefetch_related("recommendations").distinct()
    for excerpt in rows:
        for recommendation in [] if excerpt.is_outdated else excerpt.recommendations.all():
            found[recommendation.pk].append(excerpt.passage)
    return dict(found)
