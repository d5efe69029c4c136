"""Whether the evidence of the main points in a paper still is what somebody looked through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.assembly.live import content_blocks, is_complete
from cases.assembly.paper import Paper
from cases.checks.findings import Finding
from cases.enums import Severity
from cases.models import CommitteeCase
from learnings.queries import main_points, quotes


def check_evidence(paper: Paper, case: CommitteeCase, today: dt.date) -> Iterator[Finding]:
    """Yield a warning for each main point whose evidence has changed since it was looked through, and for each quote from
    a report that is not accepted."""
    for block in content_blocks(case.body):
        if block.block_type == "main_points" and is_complete(block):
            for point in main_points(block.value["round"], question=block.value["question"], is_published=True):
                if point.changes:
                    yield _finding(point.heading, point.changes, block.id or "")
        if block.block_type == "quotes" and is_complete(block):
            for quote in quotes([excerpt for excerpt in block.value["excerpts"] if excerpt]):
                if not quote.is_accepted:
                    yield _unaccepted(quote.supplier.name, block.id or "")


def _unaccepted(supplier: str, block_id: str) -> Finding:
    message = _("A quote is from the report of %(supplier)s, which is not accepted. Accept the report, or take it out.")
    return Finding("unaccepted_quote", Severity.WARNS, message % {"supplier": supplier}, "", block_id)


def _finding(heading: str, changes: tuple[str, ...], block_id: str) -> Finding:
    message = _(
        "The evidence of the main point “%(heading)s” has changed: %(changes)s Look it through among the main points."
    )
    return Finding(
        "stale_main_point", Severity.WARNS, message % {"heading": heading, "changes": " ".join(changes)}, "", block_id
    )
