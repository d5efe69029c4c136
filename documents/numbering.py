"""Numbers of tables, figures, footnotes, annexes and headings, and the texts of references to them.

Given once, on the tree, so that every rendering shows the same. A new numbering of a numbered document gives the same document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from documents import words
from documents.tree import Annex, Chart, Document, Footnote, Heading, Link, Paragraph, Picture, Reference, Table, Text

_SENTENCE_ENDS = (".", "!", "?")

Node = Any  # any dataclass of documents.tree


class UnknownTargetError(LookupError):
    """A reference names an anchor that no table, figure, annex or numbered heading has."""

    def __init__(self, target: str) -> None:
        super().__init__(f"no table, figure, annex or heading to refer to has the anchor {target!r}")
        self.target = target


class DuplicateAnchorError(ValueError):
    """Two nodes have the same anchor, so a reference to it could mean either."""

    def __init__(self, anchor: str) -> None:
        super().__init__(f"the anchor {anchor!r} is used by more than one node")
        self.anchor = anchor


def numbered(document: Document) -> Document:
    """Give every node its number and every reference its text ("tabel 2", "figur 1", "bilag 3", "afsnit 2.1").

    A reference that begins a sentence has a capital letter. Charts and pictures share one sequence. The data table of a chart
    belongs to its figure and has number 0. Headings are counted anew in each annex. Raises UnknownTargetError, also for a link
    to a place that is not there, and DuplicateAnchorError.
    """
    counted = rebuilt(document, (), _Counter().number)
    _check_links(counted)
    names = target_names(counted)

    def fill(node: Node, ancestors: tuple[Node, ...]) -> Node:
        if not isinstance(node, Reference):
            return node
        text = _name(names, node.target)
        return replace(node, text=text.capitalize() if _begins_sentence(node, ancestors[-1]) else text)

    return rebuilt(counted, (), fill)


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and every node below it, parents before children, in the order of reading."""
    yield node
    for child in children(node):
        yield from walk(child)


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes directly below `node`, in the order of reading."""
    for name in _field_names(node.__class__):
        yield from _nodes(getattr(node, name))


def footnotes(document: Document) -> tuple[Footnote, ...]:
    """Return the footnotes in the order in which their marks stand in the text."""
    return tuple(node for node in walk(document) if isinstance(node, Footnote))


def target_names(document: Document) -> dict[str, str]:
    """Return what a reference to each anchor of a numbered document says. Raises DuplicateAnchorError."""
    names: dict[str, str] = {}
    for node in _targets(document):
        if node.anchor in names:
            raise DuplicateAnchorError(node.anchor)
        names[node.anchor] = _reference_text(node)
    return {anchor: text for anchor, text in names.items() if text}


def _begins_sentence(node: Node, parent: Node) -> bool:
    siblings = getattr(parent, "children", ())
    place = next((index for index, each in enumerate(siblings) if each is node), 0)
    said = [each for each in siblings[:place] if not _is_silent(each)]
    if not said:
        return isinstance(parent, Paragraph | Footnote)
    return isinstance(said[-1], Text) and said[-1].text.rstrip().endswith(_SENTENCE_ENDS)


def _is_silent(node: Node) -> bool:
    return isinstance(node, Footnote) or (isinstance(node, Text) and not node.text.strip())


def _check_links(document: Document) -> None:
    anchors = {node.anchor for node in _targets(document)}
    for node in walk(document):
        if isinstance(node, Link) and node.href.startswith("#") and node.href[1:] not in anchors:
            raise UnknownTargetError(node.href[1:])


def _name(names: dict[str, str], target: str) -> str:
    if target not in names:
        raise UnknownTargetError(target)
    return names[target]


def _targets(node: Node) -> Iterator[Table | Chart | Picture | Annex | Heading]:
    for child in children(node):
        if isinstance(child, Table | Chart | Picture | Annex | Heading) and child.anchor:
            yield child
        if not isinstance(child, Chart):
            yield from _targets(child)


def _reference_text(node: Table | Chart | Picture | Annex | Heading) -> str:
    match node:
        case Table():
            return words.table_label(node).lower()
        case Chart() | Picture():
            return words.figure_label(node).lower()
        case Annex():
            return words.annex_label(node).lower()
        case Heading():
            return f"afsnit {node.number}" if node.number else ""


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, tuple):
        for each in value:
            yield from _nodes(each)
    elif is_dataclass(value):
        yield value


# A dataclass keeps its optional fields last, so the order of reading is told where it differs from the order of the fields.
_READING_ORDER: dict[type, tuple[str, ...]] = {Document: ("facts", "lead", "children")}


# Fields of these types hold no nodes: most of a tree is text, and walking past it is most of the time.
_PLAIN_TYPES = frozenset(
    {"str", "int", "bool", "float | None", "dt.date", "tuple[str, ...]", "drawings.Drawing | None"}
)


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    """Return the fields of a node class that may hold nodes, in the order of reading."""
    names = (each.name for each in fields(kind) if each.type not in _PLAIN_TYPES and "Literal" not in str(each.type))
    return _READING_ORDER.get(kind) or tuple(names)


Change = Callable[
    [Node, tuple[Node, ...]], Node
]  # gets a node and its ancestors, nearest last; returns the changed node


def rebuilt(node: Node, ancestors: tuple[Node, ...], change: Change) -> Node:
    """Return `node` with `change` made to it and, after it, to every node below, in the order of reading."""
    node = change(node, ancestors)
    below = (*ancestors, node)
    held = {name: getattr(node, name) for name in _field_names(node.__class__)}
    made = {name: _rebuilt_value(value, below, change) for name, value in held.items()}
    changed = {name: value for name, value in made.items() if value is not held[name]}
    return replace(node, **changed) if changed else node


def _rebuilt_value(value: Any, ancestors: tuple[Node, ...], change: Change) -> Any:
    """Return a field with its nodes rebuilt; the very same value when nothing in it has changed."""
    if isinstance(value, tuple):
        made = tuple(_rebuilt_value(each, ancestors, change) for each in value)
        return value if all(new is old for new, old in zip(made, value, strict=True)) else made
    return rebuilt(value, ancestors, change) if is_dataclass(value) else value


class _Counter:
    """Counts through one document, parents before children."""

    def __init__(self) -> None:
        self._last: Counter[str] = Counter()
        self._headings: dict[int, _HeadingCounter] = {}

    def number(self, node: Node, ancestors: tuple[Node, ...]) -> Node:
        match node:
            case Document():
                self._headings[0] = _HeadingCounter(_top_level(node))
            case Annex():
                node = replace(node, number=self._next("annex"))
                self._headings[node.number] = _HeadingCounter(_top_level(node))
            case Table():
                node = replace(node, number=0 if isinstance(ancestors[-1], Chart) else self._next("table"))
            case Chart() | Picture():
                node = replace(node, number=self._next("figure"))
            case Footnote():
                node = replace(node, number=self._next("footnote"))
            case Heading():
                counter = self._headings[_annex_number(ancestors)]
                node = replace(node, number=counter.next(node.level) if node.is_numbered else "")
        return node

    def _next(self, sequence: str) -> int:
        self._last[sequence] += 1
        return self._last[sequence]


class _HeadingCounter:
    """Counts "1", "1.1", "1.2", "2" from the highest level that has numbers in its part of the document."""

    def __init__(self, top: int) -> None:
        self._top = top
        self._counts: list[int] = []

    def next(self, level: int) -> str:
        depth = level - self._top + 1
        self._counts = (self._counts + [0] * depth)[:depth]
        self._counts[-1] += 1
        return ".".join(map(str, self._counts))


def _annex_number(ancestors: tuple[Node, ...]) -> int:
    return next((node.number for node in reversed(ancestors) if isinstance(node, Annex)), 0)


def _top_level(part: Node) -> int:
    return min((heading.level for heading in _headings(part) if heading.is_numbered), default=2)


def _headings(part: Node) -> Iterator[Heading]:
    for child in children(part):
        if isinstance(child, Heading):
            yield child
        elif not isinstance(child, Annex):
            yield from _headings(child)
