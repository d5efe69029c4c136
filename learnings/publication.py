"""What of an answer may be published. No database.

It errs on the side of silence: a marked passage that no longer stands in the answer, because that was rewritten, keeps the
whole answer out until somebody has looked at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from learnings.passages import find_passage, segments


@dataclass(frozen=True)
class PublicPiece:
    """A piece of an answer; the text of what is withheld is not to be shown to the public."""

    text: str
    is_withheld: bool


def public_pieces(text: str, withheld: Iterable[str]) -> tuple[PublicPiece, ...]:
    """Cut an answer into what is published and what is withheld; the pieces together are the answer again.

    Every place where a withheld passage stands is kept out. An empty passage is the whole answer.
    """
    spans = []
    for passage in withheld:
        found = find_passage(text, passage)
        if not found:
            return (PublicPiece(text, is_withheld=True),)
        spans += found
    if not text:
        return ()
    cut = segments(text, list(enumerate(spans)))
    # Neighbours of the same kind are one piece, so that nobody sees how many passages were marked.
    runs = groupby(cut, key=lambda piece: bool(piece.keys))
    return tuple(PublicPiece("".join(piece.text for piece in run), is_withheld) for is_withheld, run in runs)
