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
from learnings.queries import main_points


def check_evidence(paper: Paper, case: CommitteeCase, today: dt.date) -> Iterator[Finding]:
    """Yield a warning for each main point whose evidence has changed since it was looked through."""
    for block in content_blocks(case.body):
        if block.block_type != "main_points" or not is_complete(block):
            continue
        for point in main_points(block.value["round"], question=block.value["question"], is_published=True):
            if point.changes:
                yield _finding(point.heading, point.changes, block.id or "")


def _finding(heading: str, changes: tuple[str, ...], block_id: str) -> Finding:
    message = _(
        "The evidence of the main point “%(heading)s” has changed: %(changes)s Look it through among the main points."
    )
    return Finding(
        "stale_main_point", Severity.WARNS, message % {"heading": heading, "changes": " ".join(changes)}, "", block_id
    )
