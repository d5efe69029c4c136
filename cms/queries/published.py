"""The evidence of everything that was ever made public, for `results.disclosure`: what was read once is known."""

from __future__ import annotations

from typing import Any

from cms.models import PublishedSnapshot
from documents.models import Snapshot

Figures = dict[str, dict[str, Any]]
_read: dict[tuple[int, str], Figures] = {}  # a snapshot never changes: it is read once


def public_evidence() -> list[Figures]:
    """Return the figures in the evidence of each version that is or was public; withdrawn ones too.

    One query however many there are, and one more for those that were published since the last time.
    """
    rows = PublishedSnapshot.objects.order_by("snapshot_id").values_list("snapshot_id", "snapshot__digest").distinct()
    snapshots = list(rows)
    _read_more([each for each in snapshots if each not in _read])
    return [_read[each] for each in snapshots]


def _read_more(snapshots: list[tuple[int, str]]) -> None:
    digests = dict(snapshots)
    if not digests:
        return
    for pk, evidence in Snapshot.objects.filter(pk__in=digests).values_list("pk", "evidence").iterator():
        _read[pk, digests[pk]] = _figures(evidence)


def _figures(evidence: dict[str, Any]) -> Figures:
    """Return the figures of a paper without their numbers, which stand in the register of observations."""
    return {
        key: {"kind": entry["kind"], "hidden_values": entry.get("hidden_values", [])}
        for key, entry in evidence.items()
        if entry.get("kind") == "observation"
    }
