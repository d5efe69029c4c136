"""Whether the evidence of the main points in a paper still is what somebody looked through, and may be published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from cases.assembly.live import content_blocks, is_complete
from cases.assembly.paper import Paper
from cases.checks.findings import Finding
from cases.enums import Severity
from cases.models import CommitteeCase
from learnings.queries import MainPointSummary, Quote, main_points, quotes


def check_evidence(paper: Paper, case: CommitteeCase, today: dt.date) -> Iterator[Finding]:
    """Yield a warning for each main point whose evidence has changed since it was looked through, and for each chosen quote
    that does not stand in the paper, since it may not be published."""
    for block in content_blocks(case.body):
        if block.block_type in {"main_points", "elaboration"} and is_complete(block):
            yield from _stale(_points(block.value), block.id or "")
        if block.block_type == "quotes" and is_complete(block):
            for quote in quotes([excerpt for excerpt in block.value["excerpts"] if excerpt]):
                yield from _unpublishable(quote, block.id or "")


def _points(value: dict) -> Iterable[MainPointSummary]:
    """Return the main points that a block shows; an elaboration for a target group shows those on its questions alone."""
    points = main_points(value["round"], question=value["question"], is_published=True)
    if not value.get("target_group"):
        return points
    asked = set(value["round"].questions.filter(target_group=value["target_group"]).values_list("pk", flat=True))
    return [point for point in points if point.question_id in asked]


def _stale(points: Iterable[MainPointSummary], block_id: str) -> Iterator[Finding]:
    for point in points:
        if point.changes:
            message = _(
                "The evidence of the main point “%(heading)s” has changed: %(changes)s Look it through among the main points."
            )
            facts = {"heading": point.heading, "changes": " ".join(point.changes)}
            yield Finding("stale_main_point", Severity.WARNS, message % facts, "", block_id)


def _unpublishable(quote: Quote, block_id: str) -> Iterator[Finding]:
    if not quote.is_accepted:
        code, message = (
            "unaccepted_quote",
            _(
                "A quote is from the report of %(supplier)s, which is not accepted, so it does not stand in the paper. "
                "Accept the report, or take it out."
            ),
        )
    elif quote.is_withheld:
        code, message = (
            "withheld_quote",
            _(
                "%(supplier)s has asked to have the passage of a quote kept out, so it does not stand in the paper. "
                "Take it out, or decide that it may be published."
            ),
        )
    elif quote.is_outdated:
        code, message = (
            "outdated_quote",
            _("%(supplier)s no longer says what a quote says, so it does not stand in the paper. Take it out."),
        )
    else:
        return
    yield Finding(code, Severity.WARNS, message % {"supplier": quote.supplier.name}, "", block_id)
