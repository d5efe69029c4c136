"""What an import would change, in words for a page: as plain lists, so that a large one can be kept until it is asked for."""

from __future__ import annotations

from typing import Any

from contracts.workbook.planning import ChangeKind, Entry, Plan
from contracts.workbook.tables import TABLES, Table

SHOWN = 200
Preview = dict[str, Any]


def preview_of(plan: Plan) -> Preview:
    """Return tables with how many records are new, changed and unchanged, and the first of those that are touched."""
    return {
        "is_empty": plan.is_empty,
        "ignored": list(plan.ignored),
        "tables": [_table(plan, table) for table in TABLES if plan.touched(table)],
        "unchanged": [
            (table.title, len(plan.of(table))) for table in TABLES if plan.of(table) and not plan.touched(table)
        ],
    }


def _table(plan: Plan, table: Table) -> dict[str, Any]:
    counts = plan.counts[table.key]
    touched = plan.touched(table)
    return {
        "key": table.key,
        "title": table.title,
        "counts": [(kind.value, counts[kind.value]) for kind in ChangeKind],
        "new": _rows([entry for entry in touched if entry.is_new]),
        "changed": _rows([entry for entry in touched if not entry.is_new]),
    }


def _rows(entries: list[Entry]) -> dict[str, Any]:
    return {"count": len(entries), "rows": [_row(entry) for entry in entries[:SHOWN]], "left_out": len(entries[SHOWN:])}


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "label": entry.label,
        "name": str(entry.record),
        "changes": [(change.label, change.old, change.new) for change in entry.changes],
    }
