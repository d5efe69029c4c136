"""What a delivery changed, and which papers still show its figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextField
from django.db.models.functions import Cast

from documents.models import Snapshot
from results.models import Delivery, Observation

Pair = tuple[Observation | None, Observation | None]


@dataclass(frozen=True)
class Difference:
    """A delivery beside the one that it stands in place of: what is new, changed and gone; `unchanged` is a count."""

    before: Delivery
    added: tuple[Observation, ...]
    changed: tuple[tuple[Observation, Observation], ...]
    gone: tuple[Observation, ...]
    unchanged: int


NUMBERS = ("denominator", "outcomes", "pending", "censored", "not_found", "mean", "standard_deviation")


def difference(delivery: Delivery) -> Difference | None:
    """Return what changed since the delivery before; None when it supersedes none. Three queries."""
    before = delivery.supersedes
    if before is None:
        return None
    new = {_key(each): each for each in delivery.observations.with_names().order_by("pk")}
    old = {_key(each): each for each in before.observations.with_names().order_by("pk")}
    both = [(old[key], new[key]) for key in new if key in old]
    changed = tuple((one, other) for one, other in both if _numbers(one) != _numbers(other))
    return Difference(
        before=before,
        added=tuple(each for key, each in new.items() if key not in old),
        changed=changed,
        gone=tuple(each for key, each in old.items() if key not in new),
        unchanged=len(both) - len(changed),
    )


def snapshots_showing(delivery: Delivery) -> list[Snapshot]:
    """Return the frozen papers that rest on the delivery, the newest first; each keeps its figures whatever happens here.

    The digest of the file stands in the evidence of every figure.
    """
    rows = Snapshot.objects.annotate(text=Cast("evidence", TextField())).filter(text__contains=delivery.sha256)
    return list(rows.defer("tree", "evidence").prefetch_related("subject").order_by("-created_at", "-pk"))


def withdrawn(ids: Iterable[int]) -> dict[int, Delivery]:
    """Return those of the deliveries that are withdrawn, with who did it; one query, none without ids."""
    return Delivery.objects.filter(withdrawn_at__isnull=False).select_related("withdrawn_by").in_bulk(list(ids))


def _key(observation: Observation) -> tuple[object, ...]:
    return (observation.measure_version_id, observation.unit, observation.period, observation.dimension_ids)


def _numbers(observation: Observation) -> tuple[object, ...]:
    return tuple(getattr(observation, name) for name in NUMBERS)
