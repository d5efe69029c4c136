"""A frozen paper as the public page shows it: pure functions from the document tree to what the template prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeGuard

from documents import words
from documents.html import render_body
from documents.html_nodes import Assets
from documents.numbering import Node, footnotes, walk
from documents.tree import (
    Annex,
    Block,
    Chart,
    Document,
    Fact,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Reference,
    Table,
    Text,
    Value,
)

DECISION = "Beslutning"
RECOMMENDATION = "Indstilling"
METHOD_WORDS = ("kilde", "metode", "datagrundlag")


@dataclass(frozen=True)
class Entry:
    """A line of the contents list."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Source:
    """Where the figures of a table or figure come from."""

    anchor: str
    label: str
    text: str


@dataclass(frozen=True)
class Paper:
    """Everything of a paper that its page shows; `lead_html` and `body_html` are safe HTML."""

    title: str
    description: str
    dated_on: dt.date
    author: str
    facts: tuple[Fact, ...]
    lead_html: str
    body_html: str
    contents: tuple[Entry, ...]
    annexes: tuple[Entry, ...]
    sources: tuple[Source, ...]
    method: Entry | None
    decision: tuple[str, ...]
    awaits_decision: bool
    has_hidden_figures: bool


def paper(document: Document, *, assets: Assets) -> Paper:
    """Return what the page shows of a numbered document that is already as the public may have it."""
    document = _with_anchors(document)
    front = replace(document, facts=(), children=())
    is_split = not footnotes(front)  # notes of the lead must stand in the one list with all others
    decision = tuple(_section(document.children, DECISION))
    return Paper(
        title=document.title,
        description=summary(document),
        dated_on=document.dated_on,
        author=document.author,
        facts=document.facts,
        lead_html=render_body(front, assets=assets) if is_split else "",
        body_html=render_body(replace(document, facts=(), lead=() if is_split else document.lead), assets=assets),
        contents=tuple(_entry(node) for node in document.children if _is_chapter(node)),
        annexes=tuple(_entry(node) for node in document.children if isinstance(node, Annex)),
        sources=tuple(_sources(document)),
        method=next(_methods(document), None),
        decision=decision,
        awaits_decision=not decision and any(_is_titled(node, RECOMMENDATION) for node in document.children),
        has_hidden_figures=any(isinstance(node, Value) and node.is_hidden for node in walk(document)),
    )


def plain(nodes: Iterable[Node]) -> str:
    """Return the words of inline nodes without footnotes, as for a list or a description."""
    return "".join(_words(node) for node in nodes)


def summary(document: Document) -> str:
    """Return what the paper is about in a few lines: its lead, else its first paragraph, else its subject."""
    first = (plain(node.children) for node in document.children if isinstance(node, Paragraph))
    return plain(document.lead) or next(first, "") or document.subject


def searchable_text(document: Document) -> str:
    """Return every word of the document, a space between pieces, as a search index wants it."""
    pieces = (node.text for node in walk(document) if isinstance(node, Text | Value))
    return " ".join(" ".join(pieces).split())


def _words(node: Node) -> str:
    match node:
        case Text() | Value() | Reference():
            return node.text
        case _ if hasattr(node, "children") and not hasattr(node, "number"):
            return plain(node.children)
    return ""


def _with_anchors(document: Document) -> Document:
    """Give each chapter without an anchor one, so that the contents list can lead to it."""
    return replace(document, children=tuple(_anchored(node, at) for at, node in enumerate(document.children, start=1)))


def _anchored(node: Block, at: int) -> Block:
    if isinstance(node, Heading | Annex) and not node.anchor:
        return replace(node, anchor=f"afsnit-{at}")
    return node


def _is_chapter(node: Block) -> bool:
    return isinstance(node, Annex) or (isinstance(node, Heading) and node.level <= 2)


def _entry(node: Node) -> Entry:
    if isinstance(node, Annex):
        return Entry(node.anchor, f"{words.caption_lead(node)}{plain(node.title)}")
    return Entry(node.anchor, f"{words.heading_lead(node)}{plain(node.children)}")


def _is_titled(node: Block, title: str) -> TypeGuard[Heading]:
    return isinstance(node, Heading) and plain(node.children).strip().casefold() == title.casefold()


def _section(blocks: tuple[Block, ...], title: str) -> Iterator[str]:
    """Yield the paragraphs and points below the heading of that title."""
    level: int | None = None  # of that heading, once met
    for node in blocks:
        if level is not None:
            if isinstance(node, Annex) or (isinstance(node, Heading) and node.level <= level):
                return
            yield from _paragraphs(node)
        elif _is_titled(node, title):
            level = node.level


def _paragraphs(node: Node) -> Iterator[str]:
    match node:
        case Paragraph():
            yield plain(node.children)
        case ListBlock():
            for item in node.items:
                yield from _paragraphs(item)
        case ListItem():
            for block in node.children:
                yield from _paragraphs(block)


def _sources(document: Document) -> Iterator[Source]:
    for node in walk(document):
        if isinstance(node, Table | Chart) and node.source and node.number:
            yield Source(node.anchor, words.caption_lead(node).rstrip(": "), plain(node.source))


def _methods(document: Document) -> Iterator[Entry]:
    for node in walk(document):
        if (
            isinstance(node, Heading)
            and node.anchor
            and any(word in plain(node.children).lower() for word in METHOD_WORDS)
        ):
            yield _entry(node)
