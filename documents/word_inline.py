"""Inline nodes as Word runs: emphasis, links, references to bookmarks and footnote marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from documents.links import is_allowed
from documents.tree import Emphasis, Footnote, Inline, Link, Reference, Strong, Text, Value
from documents.word_markup import Element, clean, el, qualified

SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks beyond its paragraph's style."""

    style: str = ""
    is_bold: bool = False
    is_italic: bool = False


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class InlineWriter:
    """Writes the inline nodes of one part of the package (the body, or the footnotes).

    `link` gives the relationship of an outside address in that part; `note` takes a footnote and returns its id.
    """

    language: str
    bookmarks: Mapping[str, str]
    link: Callable[[str], str]
    note: Callable[[Footnote], int]

    def runs(self, nodes: Iterable[Inline], look: Look = PLAIN) -> list[Element]:
        """Return runs and hyperlinks, in order."""
        return [run for node in nodes for run in self._node(node, look)]

    def text(self, text: str, look: Look = PLAIN) -> list[Element]:
        """Return `text` as one run, or none when it is empty."""
        return [el("w:r", self._properties(look), *_pieces(clean(text)))] if clean(text) else []

    def _node(self, node: Inline, look: Look) -> list[Element]:
        match node:
            case Text() | Value():
                return self.text(node.text, look)
            case Strong():
                return self.runs(node.children, replace(look, is_bold=True))
            case Emphasis():
                return self.runs(node.children, replace(look, is_italic=True))
            case Footnote():
                return [self._mark(node)]
            case Link():
                return self._link(node, look)
            case Reference():
                return self._inside(node.target, self.text(node.text, replace(look, style="Hyperlink")))

    def _link(self, node: Link, look: Look) -> list[Element]:
        if not is_allowed(node.href):
            return self.runs(node.children, look)
        runs = self.runs(node.children, replace(look, style="Hyperlink"))
        if node.href.startswith("#"):
            return self._inside(node.href[1:], runs)
        return [el("w:hyperlink", *runs, r_id=self.link(node.href), history="1")]

    def _inside(self, target: str, runs: list[Element]) -> list[Element]:
        return [el("w:hyperlink", *runs, anchor=self.bookmarks[target], history="1")]

    def _mark(self, node: Footnote) -> Element:
        properties = self._properties(Look(style="FootnoteReference"))
        return el("w:r", properties, el("w:footnoteReference", id=self.note(node)))

    def _properties(self, look: Look) -> Element:
        return el(
            "w:rPr",
            el("w:rStyle", val=look.style) if look.style else None,
            *([el("w:b"), el("w:bCs")] if look.is_bold else []),
            *([el("w:i"), el("w:iCs")] if look.is_italic else []),
            el("w:lang", val=self.language),
        )


def plain_text(nodes: Iterable[Inline]) -> str:
    """Return the words alone, without footnotes; for alternative texts."""
    return "".join(_plain(node) for node in nodes)


def bookmark_names(anchors: Iterable[str]) -> dict[str, str]:
    """Return a legal and unique bookmark for each anchor: a letter, then letters, digits and "_", at most 40."""
    names: dict[str, str] = {}
    for anchor in anchors:
        stem = re.sub(r"\W", "_", anchor)
        stem = stem if stem[:1].isalpha() else f"a_{stem}"
        names[anchor] = _unused(stem[:40], {name.lower() for name in names.values()})
    return names


def _unused(stem: str, taken: set[str]) -> str:
    # Word compares bookmarks without regard to case.
    candidates = [stem, *(f"{stem[:35]}_{n}" for n in range(2, len(taken) + 3))]
    return next(name for name in candidates if name.lower() not in taken)


def _plain(node: Inline) -> str:
    if isinstance(node, Footnote):
        return ""
    return node.text if isinstance(node, Text | Value | Reference) else plain_text(node.children)


def _pieces(text: str) -> list[Element]:
    """Return the text with soft hyphens as Word's own element: as a character Word prints them."""
    pieces: list[Element] = []
    for index, part in enumerate(text.split(SOFT_HYPHEN)):
        if index:
            pieces.append(el("w:softHyphen"))
        if part:
            pieces.append(_text(part))
    return pieces


def _text(text: str) -> Element:
    element = el("w:t")
    element.text = text
    element.set(qualified("xml:space"), "preserve")
    return element
