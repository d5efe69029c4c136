"""Answers as pages show them: passages marked with their themes."""

from __future__ import annotations

from dataclasses import dataclass

from learnings.models import Answer, Excerpt
from learnings.passages import Segment, segments


@dataclass(frozen=True)
class MarkedPiece:
    text: str
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True)
class MarkedAnswer:
    """An answer cut where coded passages begin and end."""

    answer: Answer
    pieces: tuple[MarkedPiece, ...]
    excerpts: tuple[Excerpt, ...]


def marked(answer: Answer) -> MarkedAnswer:
    """Cut the answer; its excerpts and their themes must be fetched already."""
    excerpts = {excerpt.pk: excerpt for excerpt in answer.excerpts.all()}
    for excerpt in excerpts.values():
        excerpt.answer = answer  # the passage is cut from here, without another query
    spans = [(pk, (excerpt.start, excerpt.end)) for pk, excerpt in excerpts.items()]
    pieces = tuple(_piece(segment, excerpts) for segment in segments(answer.text, spans))
    return MarkedAnswer(answer=answer, pieces=pieces, excerpts=tuple(excerpts.values()))


def _piece(segment: Segment, excerpts: dict[int, Excerpt]) -> MarkedPiece:
    return MarkedPiece(segment.text, tuple(excerpts[key] for key in segment.keys))
