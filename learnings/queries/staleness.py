"""What has changed in the evidence of a main point since somebody last looked it through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnings.models import MainPoint

if TYPE_CHECKING:
    from learnings.queries.panel import Support
    from learnings.queries.who import SupplierRef

Evidence = Mapping[str, Any]


def evidence_of(support: Support) -> dict[str, Any]:
    """Return what a count rests on, as it is stored when somebody has looked it through."""
    return {
        "suppliers": [[row.id, row.name] for row in support.suppliers],
        "answered": [[row.id, row.name] for row in support.answered],
        "excerpts": sorted(support.excerpt_ids),
        "outdated": sorted(support.outdated_excerpt_ids),
    }


def changes_since_review(point: MainPoint, support: Support) -> tuple[str, ...]:
    """Return a sentence for each change since the newest review; none when all stands as it did, or nobody looked yet.

    Needs the reviews fetched.
    """
    reviews = sorted(point.reviews.all(), key=lambda review: review.pk)
    if not reviews:
        return ()
    before = reviews[-1].evidence
    return tuple(sentence for sentence in _sentences(before, support) if sentence)


def _sentences(before: Evidence, support: Support) -> Iterable[str]:
    counted, among = dict(map(tuple, before["suppliers"])), dict(map(tuple, before["answered"]))
    yield _named(_("No longer counted: %(names)s."), _gone(counted, support.suppliers))
    yield _named(_("Counted now: %(names)s."), _new(counted, support.suppliers))
    yield _named(_("Now among those who answered: %(names)s."), _new(among, support.answered))
    yield _named(_("No longer among those who answered: %(names)s."), _gone(among, support.answered))
    outdated = len(set(support.outdated_excerpt_ids) - set(before["outdated"]))
    if outdated:
        yield ngettext(
            "%(count)d excerpt no longer stands in the newest version.",
            "%(count)d excerpts no longer stand in the newest version.",
            outdated,
        ) % {"count": outdated}
    back = len(set(before["outdated"]) & set(support.excerpt_ids))
    if back:
        yield ngettext(
            "%(count)d excerpt stands in the newest version again.",
            "%(count)d excerpts stand in the newest version again.",
            back,
        ) % {"count": back}


def _gone(before: Mapping[int, str], now: Iterable[SupplierRef]) -> list[str]:
    still = {row.id for row in now}
    return sorted(name for pk, name in before.items() if pk not in still)


def _new(before: Mapping[int, str], now: Iterable[SupplierRef]) -> list[str]:
    return [row.name for row in now if row.id not in before]


def _named(sentence: str, names: list[str]) -> str:
    return sentence % {"names": ", ".join(names)} if names else ""
