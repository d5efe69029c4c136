"""The same paper for different readers: what may leave the municipality, and what may not.

Which figures may not leave is decided before, by `results.disclosure`, and stands in the tree as `is_hidden`. Here they are only
covered up, or marked for those who may see them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from documents.enums import Audience
from documents.formats import HIDDEN, HIDDEN_NOTE, NO_BREAK_SPACE
from documents.numbering import Node, rebuilt, walk
from documents.tree import Chart, ChartRow, Document, Table, Text, Value

Paper = TypeVar("Paper", Document, Chart)  # a chart stands alone on a page

RESTRICTED = "†"
RESTRICTED_NOTE = (
    f"{RESTRICTED} Tallet må ikke forlade kommunen: det eller et andet tal i tabellen handler om få personer."
)


def for_audience(document: Paper, audience: Audience) -> Paper:
    """Return the document, or a chart alone, as `audience` may have it."""
    return redacted(document) if audience is Audience.PUBLIC else marked(document)


def redacted(document: Paper) -> Paper:
    """Return the document with every hidden figure replaced by the neutral mark, and a note that explains it."""
    redone: Paper = rebuilt(document, (), lambda node, _above: _changed(node, _cover, HIDDEN_NOTE))
    return redone


def marked(document: Paper) -> Paper:
    """Return the document with every figure shown, and a mark at those that may not leave the municipality."""
    redone: Paper = rebuilt(document, (), lambda node, _above: _changed(node, _mark, RESTRICTED_NOTE))
    return redone


def redacted_evidence(evidence: dict[str, Any]) -> dict[str, Any]:
    """Return the evidence without hidden values and what is internal; the entries stay, so that every id resolves.

    A file with a hidden figure loses its digest too: who knows all other figures of a file can try the few that the hidden one
    may be until the digest fits.
    """
    telltale = {
        entry["delivery"]["id"] for entry in evidence.values() if entry.get("hidden_values") and "delivery" in entry
    }
    return {key: _without_digest(_covered_entry(entry), telltale) for key, entry in evidence.items()}


def _without_digest(entry: dict[str, Any], telltale: set[Any]) -> dict[str, Any]:
    delivery = entry.get("delivery")
    if delivery is None or delivery["id"] not in telltale:
        return entry
    return {**entry, "delivery": {name: value for name, value in delivery.items() if name != "sha256"}}


def _covered_entry(entry: dict[str, Any]) -> dict[str, Any]:
    hidden = entry.get("hidden_values", [])
    values = {name: HIDDEN if name in hidden else value for name, value in entry.get("values", {}).items()}
    return {**{name: value for name, value in entry.items() if name != "internal"}, "values": values}


def _changed(node: Node, change: Callable[[Node], Node], note: str) -> Node:
    if isinstance(node, Value | ChartRow) and node.is_hidden:
        return change(node)
    if isinstance(node, Table) and _has_hidden(node) and (Text(note),) not in node.notes:
        return replace(node, notes=(*node.notes, (Text(note),)))
    return node


def _has_hidden(table: Table) -> bool:
    return any(isinstance(node, Value) and node.is_hidden for node in walk(table))


def _cover(node: Value | ChartRow) -> Node:
    if isinstance(node, ChartRow):
        return replace(node, value=None, low=None, high=None, text=HIDDEN)
    return replace(node, text=HIDDEN)


def _mark(node: Value | ChartRow) -> Node:
    text = f"{node.text}{NO_BREAK_SPACE}{RESTRICTED}"
    return node if node.text.endswith(RESTRICTED) else replace(node, text=text)
