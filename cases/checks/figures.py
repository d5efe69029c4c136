"""Whether the figures of the paper hold together, have a source, and may leave the municipality."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.assembly.paper import Paper, Part, TypedTable
from cases.checks import tables
from cases.checks.findings import Finding, TableFinding
from cases.checks.form import plain_text
from cases.enums import Severity
from cases.models import CommitteeCase
from cases.sheets import Sheet
from documents import tree as t
from documents.numbering import walk
from results.enums import TotalKind
from results.queries import ResultsTable

TYPED_NUMBER = re.compile(r"^\s*(?:tabel|figur)\s+(\d+)\b", re.IGNORECASE)
SEVERITIES = {tables.MIXED_DECIMALS: Severity.WARNS, tables.OUTCOMES_ADD_UP: Severity.WARNS}


def check_figures(paper: Paper, case: CommitteeCase, today: dt.date) -> Iterator[Finding]:
    """Yield findings about typed and live tables, sources, typed numbers and alternative texts."""
    places = {block_id: part for part in paper.parts for block_id, _nodes in part.blocks}
    for table in paper.typed_tables:
        yield from _typed(table, places[table.block_id])
    for block_id, results in paper.results_tables:
        yield from _live(results, places[block_id], block_id)
    yield from _sources(paper)
    yield from _alternatives(paper)
    yield from _typed_numbers(paper)


def _typed(table: TypedTable, part: Part) -> Iterator[Finding]:
    found = [
        *tables.check_sheet(
            table.sheet, has_unique_persons=table.has_unique_persons, is_about_persons=table.is_about_persons
        ),
        *(tables.derivable_cells(table.sheet) if table.is_about_persons else ()),
        *tables.outcomes_that_add_up(table.sheet),
    ]
    for each in found:
        severity = SEVERITIES.get(each.code, Severity.BLOCKS)
        yield Finding(each.code, severity, _cell_text(table.name, each), part.heading, table.block_id)


def _cell_text(name: str, found: TableFinding) -> str:
    return _("Table “%(name)s”, row “%(row)s”, column “%(column)s” (%(value)s): %(message)s") % {
        "name": name,
        "row": found.row_label,
        "column": found.column_label,
        "value": found.value,
        "message": found.message,
    }


def _live(results: ResultsTable, part: Part, block_id: str) -> Iterator[Finding]:
    if not results.observations:
        message = _("There are no validated figures for the table. Choose another period or framework, or import them.")
        yield Finding("no-data", Severity.BLOCKS, message, part.heading, block_id)
    if results.total_kind == TotalKind.UNDECLARED:
        message = _("The source's total is neither the sum of the rows nor declared as unique persons. Ask the source.")
        yield Finding("total-undeclared", Severity.BLOCKS, message, part.heading, block_id)
    for each in tables.outcomes_that_add_up(_sheet(results)):
        message = _("“%(column)s”: %(message)s") % {"column": each.column_label, "message": each.message}
        yield Finding(each.code, Severity.WARNS, message, part.heading, block_id)


def _sheet(results: ResultsTable) -> Sheet:
    """Return the counts of a live table as a sheet; "I alt" is how checks know a total."""
    headings = ("", "", *(measure.column_label for measure in results.measures))
    rows = [(row.label, row) for row in results.rows]
    rows += [("I alt", results.total)] if results.total else []
    cells = [
        (
            label,
            str(row.base or ""),
            *(str(each.outcomes) if each and each.outcomes is not None else "" for each in row.observations),
        )
        for label, row in rows
    ]
    return Sheet(headings, tuple(cells))


def _sources(paper: Paper) -> Iterator[Finding]:
    for part in paper.parts:
        for block_id, nodes in part.blocks:
            for node in nodes:
                if isinstance(node, t.Table | t.Chart) and not node.source:
                    message = _("The table or figure “%(name)s” has no source. Say where its figures come from.")
                    yield Finding("no-source", Severity.BLOCKS, message % {"name": node.anchor}, part.heading, block_id)


def _alternatives(paper: Paper) -> Iterator[Finding]:
    for part in paper.parts:
        for block_id, nodes in part.blocks:
            for node in (each for top in nodes for each in walk(top)):
                if isinstance(node, t.Picture | t.Chart) and not node.alt.strip():
                    message = _("The figure “%(name)s” has no alternative text for those who cannot see it. Write one.")
                    yield Finding("no-alt", Severity.BLOCKS, message % {"name": node.anchor}, part.heading, block_id)


def _typed_numbers(paper: Paper) -> Iterator[Finding]:
    """Numbers are given by the system; one typed into a caption soon stands twice."""
    for part in paper.parts:
        for block_id, nodes in part.blocks:
            for node in nodes:
                caption = _caption(node)
                if TYPED_NUMBER.match(caption):
                    message = _("The caption “%(caption)s” has a typed number besides the one it is given. Delete it.")
                    values = {"caption": caption}
                    yield Finding("duplicate-number", Severity.BLOCKS, message % values, part.heading, block_id)


def _caption(node: t.Block) -> str:
    if isinstance(node, t.Table | t.Picture):
        return plain_text(node.caption)
    return plain_text(node.headline) if isinstance(node, t.Chart) else ""
