"""Whether tables, figures and annexes that the words speak of are in the paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from cases.assembly.live import content_blocks
from cases.assembly.paper import Paper
from cases.checks.findings import Finding
from cases.enums import Severity
from cases.models import CommitteeCase
from documents import tree as t
from documents.numbering import children, numbered, rebuilt, walk

MENTION = re.compile(
    r"\b(?P<kind>tabel|figur|bilag)(?:len|lerne|ler|en|erne|er|ene|et)?[ \u00a0]+"
    r"(?P<first>\d{1,3})(?![\d%]|[.,]\d|[ \u00a0]%)"
    r"(?:\s*(?P<joint>og|eller|til|-|–)\s*(?P<last>\d{1,2})(?![\d%]|[.,]\d|[ \u00a0](?:%|pct)))?",
    re.IGNORECASE,
)
# "tabel 9 i rapporten fra staten", "bilag 1 til kontrakten"; but not "tabel 1 i bilag 2" or "tabel 1 i det følgende"
ELSEWHERE = re.compile(
    r"[ \u00a0](?:i|fra|til|hos)[ \u00a0](?!(?:bilag|tabel|figur|afsnit|kapitel|det|dette|denne)\b)[^\W\d]"
)
NOT_WRITTEN = frozenset(
    {
        "requested_points",
        "annex_list",
        "main_points",
        "recommendations",
        "discussions",
        "evaluation",
        "quotes",
        "sources",
    }
)
LIVE_TEXT = "\ufffc"  # stands for what is no typed text, so that the words before and after it do not meet


@dataclass(frozen=True)
class Mention:
    """A table, figure or annex as the words name it: "tabel 9". `is_elsewhere` when they say that another text has it."""

    kind: str
    number: int
    is_elsewhere: bool

    @property
    def text(self) -> str:
        return f"{self.kind} {self.number}"


def check_typed_references(paper: Paper, case: CommitteeCase, today: dt.date) -> Iterator[Finding]:
    """Yield findings about numbers typed in running text: that nothing in the paper has them, or that they may change."""
    own = _own_numbers(paper.document)
    named = [(where, each) for *where, text in _written(paper, case) for each in dict.fromkeys(mentions(text))]
    has_annexes = any(mention.kind == "bilag" for _where, mention in named)
    annexes = _numbers_of_other_annexes(case) if has_annexes else set()
    for (place, block_id), mention in named:
        if mention.kind != "bilag" or mention.number not in annexes:
            yield from _findings(mention, mention.number in own[mention.kind], place, block_id)


def mentions(text: str) -> Iterator[Mention]:
    """Yield every table, figure and annex that a text names by number; "tabel 1-3" names three."""
    for found in MENTION.finditer(text):
        is_elsewhere = ELSEWHERE.match(text, found.end()) is not None
        for number in _numbers(found):
            yield Mention(found["kind"].lower(), number, is_elsewhere)


def _numbers(found: re.Match[str]) -> list[int]:
    first, last = int(found["first"]), int(found["last"] or found["first"])
    is_range = found["joint"] in {"til", "-", "–"} and first < last
    return list(range(first, last + 1)) if is_range else list(dict.fromkeys((first, last)))


def _findings(mention: Mention, is_here: bool, place: str, block_id: str) -> Iterator[Finding]:
    values = {"mention": mention.text}
    if is_here and not mention.is_elsewhere:
        message = _("“%(mention)s” is typed, and does not follow when the numbering changes. Use a reference mark.")
        yield Finding("typed-reference", Severity.WARNS, message % values, place, block_id)
    elif not is_here and mention.kind != "bilag" and not mention.is_elsewhere:
        message = _(
            "The text refers to %(mention)s, but the paper has none. Use a reference mark, or say which other document "
            "it is in, as in “%(mention)s i rapporten”."
        )
        yield Finding("unknown-reference", Severity.BLOCKS, message % values, place, block_id)
    elif not is_here and not (mention.kind == "bilag" and mention.is_elsewhere):
        message = _("The text refers to %(mention)s, but the paper has none. Is it in another document?")
        yield Finding("unknown-reference", Severity.WARNS, message % values, place, block_id)


def _own_numbers(document: t.Document) -> dict[str, set[int]]:
    """Return the numbers that the paper gives to its tables, figures and annexes, also when a reference in it is wrong."""
    nodes = list(walk(numbered(rebuilt(document, (), _without_names))))
    return {
        "tabel": {node.number for node in nodes if isinstance(node, t.Table)} - {0},
        "figur": {node.number for node in nodes if isinstance(node, t.Chart | t.Picture)},
        "bilag": {node.number for node in nodes if isinstance(node, t.Annex)},
    }


def _without_names(node: Any, ancestors: tuple[Any, ...]) -> Any:
    """Return the node without what numbering may stumble over: a name used twice, or one that nothing has."""
    if isinstance(node, t.Reference):
        return t.Text("")
    if isinstance(node, t.Link):
        return replace(node, href="")
    return replace(node, anchor="") if hasattr(node, "anchor") else node


def _numbers_of_other_annexes(case: CommitteeCase) -> set[int | None]:
    """Return the numbers of annexes that are papers of their own: the case's, or its sisters' when it is one itself."""
    whole = case.annex_of or case
    return set(whole.annexes.values_list("annex_number", flat=True)) if whole.pk else set()


def _written(paper: Paper, case: CommitteeCase) -> Iterator[tuple[str, str, str]]:
    """Yield place, block and text of each run that the officer writes. What registers and decisions say is not theirs."""
    yield "", "", _typed_text(paper.document.lead)
    left_out = {block.id for block in content_blocks(case.body) if block.block_type in NOT_WRITTEN}
    for part in paper.parts:
        for block_id, nodes in part.blocks:
            if block_id not in left_out:
                yield from ((part.heading, block_id, text) for node in nodes for text in _running_texts(node))


def _running_texts(node: Any) -> Iterator[str]:
    if isinstance(node, t.Paragraph | t.Footnote):
        yield _typed_text(node.children)
    elif isinstance(node, t.Chart):
        yield _typed_text(node.description)
    elif isinstance(node, t.Table):
        yield from map(_typed_text, node.notes)
    for child in children(node):
        yield from _running_texts(child)


def _typed_text(nodes: tuple[t.Inline, ...]) -> str:
    return "".join(_typed(node) for node in nodes)


def _typed(node: t.Inline) -> str:
    if isinstance(node, t.Text):
        return node.text
    if isinstance(node, t.Reference | t.Value):
        return LIVE_TEXT
    return "" if isinstance(node, t.Footnote) else _typed_text(node.children)
