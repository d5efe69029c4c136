"""What of an answer may be published. No database.

It errs on the side of silence: a marked passage that no longer stands in the answer, because that was rewritten, keeps the
whole answer out until somebody has looked at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from learnings.passages import Span, find_passage, segments


@dataclass(frozen=True)
class PublicPiece:
    """A piece of an answer; the text of what is withheld is not to be shown to the public."""

    text: str
    is_withheld: bool


def public_pieces(text: str, withheld: Iterable[str], spans: Iterable[Span] = ()) -> tuple[PublicPiece, ...]:
    """Cut an answer into what is published and what is withheld; the pieces together are the answer again.

    Every place where a withheld passage stands is kept out, and so is each of the spans. An empty passage is the whole answer.
    """
    if not text:
        return ()
    hidden = withheld_spans(text, withheld)
    cut = segments(text, list(enumerate([*hidden, *spans])))
    # Neighbours of the same kind are one piece, so that nobody sees how many passages were marked.
    runs = groupby(cut, key=lambda piece: bool(piece.keys))
    return tuple(PublicPiece("".join(piece.text for piece in run), is_withheld) for is_withheld, run in runs)


def withheld_spans(text: str, withheld: Iterable[str]) -> list[Span]:
    """Return where the passages stand; all of the text for one that is empty, or that is not there any more."""
    spans: list[Span] = []
    for passage in withheld:
        spans += find_passage(text, passage) or [(0, len(text))]
    return spans


def is_covered(span: Span, by: Iterable[Span]) -> bool:
    """Tell whether nothing of a span is left to see."""
    at = span[0]
    for start, end in sorted(by):
        if start <= at < end:
            at = end
    return at >= span[1]
