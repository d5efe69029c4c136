"""From every figure and quote of a frozen paper to what it rests on, in the order of reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cases.assembly.paper import Paper
from documents import formats
from documents import tree as t
from documents.models import Snapshot
from documents.numbering import numbered, walk
from documents.serialisation import from_data
from documents.words import annex_label, figure_label, table_label
from results.enums import Unit
from results.models import Observation
from results.periods import parse

# Pages of a round by what the ids of the entries begin with, and what the id on the page begins with.
PAGES = {
    "main-point": ("main_points", "point"),
    "recommendation": ("recommendations", "recommendation"),
    "rating": ("evaluation", ""),
    "evaluation": ("evaluation", ""),
    "respondents": ("round_show", ""),
    "discussed": ("round_show", ""),
}


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


def traces_of(paper: Paper) -> list[Trace]:
    """Return every traced node of a text as it stands now. Raises what `numbered` raises of references that lead nowhere."""
    return list(_traces(numbered(paper.document), paper.evidence))


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
    return tuple(
        _told({"id": key, **entry.get("internal", {}), **entry, **_words(entry)}) for key, entry in found.items()
    )


def _told(entry: dict[str, Any]) -> dict[str, Any]:
    """Add the pages where one can go on: to the count, and from each passage to the answer that it stands in."""
    passages = [{**each, "url": _answer_url(each)} for each in entry.get("passages", ())]
    return {**entry, "passages": passages, "url": _url(entry)}


def _url(entry: dict[str, Any]) -> str:
    """Return the page that the entry is about; "" for figures, and in papers frozen before entries said it."""
    if "report_id" in entry:
        return _answer_url(entry)
    if "round_id" not in entry:
        return ""
    kind, _separator, pk = entry["id"].rpartition("-")
    page, fragment = PAGES.get(kind, ("counting", ""))
    about = f"?question={entry['question_id']}" if page == "counting" and "question_id" in entry else ""
    return f"{reverse(f'learnings:{page}', args=[entry['round_id']])}{about}{f'#{fragment}-{pk}' if fragment else ''}"


def _answer_url(entry: dict[str, Any]) -> str:
    page = reverse("learnings:report_show", args=[entry["report_id"]])
    return f"{page}?version={entry['version']}#answer-{entry['answer_id']}" if "answer_id" in entry else page


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
