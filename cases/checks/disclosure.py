"""Whether a reader of the paper, and of all that is public already, could compute what is hidden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cases.assembly.paper import Paper, Part
from cases.checks.findings import Finding
from cases.enums import Severity
from cases.models import CommitteeCase
from documents import tree as t
from documents.numbering import walk
from results.disclosure import FigureLeak, figures_in, leak_text, new_leaks, published_figures

Evidence = Mapping[str, Mapping[str, Any]]


def check_disclosure(paper: Paper, case: CommitteeCase, today: dt.date) -> Iterator[Finding]:
    """Yield what the paper would give away; the figures are attacked as anybody could who knows the policy."""
    for leak in leaks_of(paper.evidence):
        part, block_id, name = _where(paper, leak)
        message = leak_text(leak)
        if name:
            message = _("Table “%(name)s”: %(message)s") % {"name": name, "message": message}
        yield Finding("leak", Severity.BLOCKS, message, part.heading if part else "", block_id)


def leaks_of(evidence: Evidence) -> list[FigureLeak]:
    """Return what a paper with this evidence gives away beside all that is public; three queries, none without figures."""
    paper = figures_in([evidence])
    return new_leaks(paper, published=published_figures()) if paper else []


def _where(paper: Paper, leak: FigureLeak) -> tuple[Part | None, str, str]:
    """Return the part, the block and the name of the first table that shows the number, or one that gives it away."""
    figures = [*([leak.figure] if leak.figure else []), *leak.beside]
    for wanted in (f"observation-{each.pk}" for each in figures):
        for part in paper.parts:
            for block_id, nodes in part.blocks:
                if wanted in _evidence_in(nodes):
                    return part, block_id, _name(nodes)
    return None, "", ""


def _evidence_in(nodes: Iterable[t.Block]) -> set[str]:
    found = (each for top in nodes for each in walk(top) if isinstance(each, t.Value | t.ChartRow))
    return {evidence for each in found for evidence in each.evidence}


def _name(nodes: Iterable[t.Block]) -> str:
    return next((node.anchor for node in nodes if isinstance(node, t.Table | t.Chart)), "")
