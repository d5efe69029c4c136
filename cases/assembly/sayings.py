"""Sentences about suppliers, as papers say them: data of documents, so Danish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from documents import tree as t
from learnings.queries import SupplierRef


def sentences(texts: Iterable[str], evidence: str) -> t.Paragraph:
    """Return a paragraph of made sentences, each of which can be traced to the evidence."""
    nodes = [node for text in texts for node in (t.Text(" "), t.Value(text, (evidence,)))]
    return t.Paragraph(tuple(nodes[1:]))


def of_suppliers(n: int, m: int) -> str:
    """Return "3 af 8 leverandører"."""
    return f"{n} af {suppliers(m)}"


def suppliers(count: int) -> str:
    """Return "1 leverandør" or "8 leverandører"."""
    return f"{count} leverandør" if count == 1 else f"{count} leverandører"


def names_of(rows: Sequence[SupplierRef], *, is_named: bool) -> str:
    """Return " (A og B)" when the paper names suppliers, else nothing."""
    return f" ({listed(tuple(row.name for row in rows))})" if is_named and rows else ""


def listed(names: Sequence[str]) -> str:
    """Return "A", "A og B" or "A, B og C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"
