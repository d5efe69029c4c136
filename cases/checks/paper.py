"""Every check of a whole paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from cases.assembly.paper import Paper
from cases.checks.disclosure import check_disclosure
from cases.checks.evidence import check_evidence
from cases.checks.figures import check_figures
from cases.checks.findings import Finding
from cases.checks.form import check_form
from cases.checks.headings import check_headings
from cases.checks.references import check_typed_references
from cases.checks.texts import check_texts
from cases.models import CommitteeCase

Check = Callable[[Paper, CommitteeCase, dt.date], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    check_form,
    check_headings,
    check_typed_references,
    check_figures,
    check_disclosure,
    check_texts,
    check_evidence,
)


def check(paper: Paper, case: CommitteeCase, *, today: dt.date) -> tuple[Finding, ...]:
    """Return everything to mend or to look at, the gravest first and otherwise in the order of the paper."""
    found = [finding for each in CHECKS for finding in each(paper, case, today)]
    places = {part.block_id: place for place, part in enumerate(paper.parts)}
    inner = {block_id: places[part.block_id] for part in paper.parts for block_id, _nodes in part.blocks}
    order = {**inner, **places}
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (not each.is_blocking, order.get(each.block_id, -1))))
