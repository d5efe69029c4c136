"""From every figure and quote of a frozen paper to what it rests on, in the order of reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from documents import formats
from documents import tree as t
from documents.models import Snapshot
from documents.numbering import walk
from documents.serialisation import from_data
from documents.words import annex_label, figure_label, table_label
from results.enums import Unit
from results.models import Observation
from results.periods import parse


@dataclass(frozen=True)
class Trace:
    """One figure or quote as printed, where it stands, and the evidence entries behind it."""

    place: str
    text: str
    is_hidden: bool
    entries: tuple[dict[str, Any], ...]


def traces(snapshot: Snapshot) -> list[Trace]:
    """Return every traced node of a snapshot; no queries."""
    return list(_traces(from_data(snapshot.tree), snapshot.evidence))


def _traces(document: t.Document, evidence: dict[str, Any]) -> Iterator[Trace]:
    place = ""
    for top in document.children:
        if isinstance(top, t.Heading) and top.level == 2:
            place = _text(top.children)
        for node in walk(top):
            if isinstance(node, t.Value | t.Quote) and node.evidence:
                yield Trace(_place(top, place), _printed(node), _is_hidden(node), _entries(node.evidence, evidence))


def _place(top: t.Block, section: str) -> str:
    if isinstance(top, t.Table):
        return f"{section}, {table_label(top)}"
    if isinstance(top, t.Chart):
        return f"{section}, {figure_label(top)}"
    return annex_label(top) if isinstance(top, t.Annex) else section


def _printed(node: t.Value | t.Quote) -> str:
    if isinstance(node, t.Value):
        return node.text
    return "“" + " ".join(_text(paragraph.children) for paragraph in node.children) + "”"


def _is_hidden(node: t.Value | t.Quote) -> bool:
    return isinstance(node, t.Value) and node.is_hidden


def _entries(ids: tuple[str, ...], evidence: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Return the entries as the back office sees them: what is internal stands beside what everybody may see."""
    found = {key: evidence[key] for key in ids if key in evidence}
    return tuple({"id": key, **entry.get("internal", {}), **entry, **_words(entry)} for key, entry in found.items())


def _words(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what stands in an entry as codes, as people read it: names of counts, unit, period and day."""
    if entry["kind"] == "observation":
        names = {field.name: field.verbose_name for field in Observation._meta.fields}
        return {
            "counts": [(names[name], value) for name, value in entry["values"].items()],
            "unit": Unit(entry["unit"]).label,
            "period": parse(entry["period"]).label,
            "day": formats.day(dt.date.fromisoformat(entry["delivery"]["extracted_on"])),
        }
    if entry["kind"] == "quote":
        return {"day": formats.day(dt.date.fromisoformat(entry["submitted_on"]))}
    return {}


def _text(nodes: tuple[t.Inline, ...]) -> str:
    return "".join(node.text if isinstance(node, t.Text | t.Value) else "" for node in nodes)
