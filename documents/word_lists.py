"""Numbering of lists: every list of the tree is a numbering of its own, so that each begins at 1."""

from __future__ import annotations

from typing import Literal

from documents.word_markup import Element, el

# Ids of the abstract numberings in word_template/word/numbering.xml. The word "at" is text, so those lists are numbered
# like any other.
_ABSTRACT = {"bullet": 1, "decimal": 2, "at": 2}
STYLES = {"bullet": "ListBullet", "decimal": "ListNumber", "at": "ListNumber"}
DEEPEST = 8  # Word has nine levels; deeper ones share the last


class Lists:
    """Gives out numberings while the body is written."""

    def __init__(self) -> None:
        self.numberings: list[Element] = []

    def begin(self, kind: Literal["bullet", "decimal", "at"], *, depth: int) -> int:
        """Return the id of a new numbering that restarts at `depth` (0 for the outermost list)."""
        identity = len(self.numberings) + 1
        restart = el("w:lvlOverride", el("w:startOverride", val=1), ilvl=min(depth, DEEPEST))
        abstract = el("w:abstractNumId", val=_ABSTRACT[kind])
        self.numberings.append(el("w:num", abstract, None if kind == "bullet" else restart, numId=identity))
        return identity


def position(numbering: int, *, depth: int) -> Element:
    """Return what makes a paragraph an item of that numbering."""
    return el("w:numPr", el("w:ilvl", val=min(depth, DEEPEST)), el("w:numId", val=numbering))
