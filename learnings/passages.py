"""Find passages in answers, and cut answers where passages begin and end. No database.

A span counts characters of Python strings (code points), from 0, with the end left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]


@dataclass(frozen=True)
class Segment:
    """A piece of an answer between two borders, with the keys of the passages that cover it."""

    text: str
    keys: tuple[int, ...]


def normalise(text: str) -> str:
    """Return the text with the line ends of Unix and without space around it, as answers are stored."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def find_passage(text: str, passage: str) -> list[Span]:
    """Return every span where the words of the passage stand in the text, in order.

    White space counts as equal, since what is copied from a page has other line breaks than what was written.
    Occurrences may overlap. An empty passage stands nowhere.
    """
    words = passage.split()
    if not words:
        return []
    pattern = r"\s+".join(re.escape(word) for word in words)
    return [match.span(1) for match in re.finditer(f"(?=({pattern}))", text)]


def stands_in(text: str | None, passage: str) -> bool:
    return bool(text and find_passage(text, passage))


def surroundings(text: str, span: Span, *, width: int = 40) -> str:
    """Return the passage with a little of what stands around it, on one line, to tell two occurrences apart."""
    start, end = max(span[0] - width, 0), min(span[1] + width, len(text))
    piece = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{piece}{'…' if end < len(text) else ''}"


def segments(text: str, spans: Sequence[tuple[int, Span]]) -> list[Segment]:
    """Cut the text at the borders of the keyed spans; the segments together are the text again."""
    borders = sorted({0, len(text), *(border for _key, span in spans for border in span)})
    return [
        Segment(text[start:end], tuple(key for key, span in spans if span[0] <= start and end <= span[1]))
        for start, end in pairwise(borders)
    ]


def count_words(text: str) -> int:
    return len(text.split())
