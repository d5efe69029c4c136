"""What changed between two texts, word by word. No database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """Return the pieces of both texts in reading order: what is the same, what is gone, what is new.

    Same and removed pieces together are the old text; same and added ones the new.
    """
    before, after = _words(old), _words(new)
    pieces: list[Piece] = []
    for _tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if before[a:b] == after[c:d]:
            pieces.append(Piece(Kind.SAME, "".join(before[a:b])))
            continue
        pieces += [Piece(Kind.REMOVED, "".join(before[a:b]))] if a < b else []
        pieces += [Piece(Kind.ADDED, "".join(after[c:d]))] if c < d else []
    return pieces


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\S+", text)
