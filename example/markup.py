"""The marks of the example's texts, as `data/README.md` explains them, turned into pieces that become blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

TOKEN = re.compile(r"\[\[([a-z_]+)(?::([\w-]+))?\]\]")
STRONG = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[(.+?)\]\((.+?)\)")
NUMBERED = re.compile(r"\d+\. ")
SUBHEADING = "### "
BULLET = "- "


@dataclass(frozen=True)
class Piece:
    """What one block is made of.

    `kind` is "text" (`text` is HTML), "subheading", "at_points" (`text` introduces `points`), or what a token names (`text` is
    its key).
    """

    kind: str
    text: str = ""
    points: tuple[str, ...] = ()


def pieces_of(body: str) -> Iterator[Piece]:
    """Yield the pieces of a body; running text between two others is one piece."""
    waiting: list[str] = []
    for chunk in re.split(r"\n\s*\n", body.strip()):
        piece = _piece(chunk, waiting)
        if piece is None:
            waiting.append(chunk)
            continue
        if waiting:
            yield Piece("text", html_of(waiting))
        waiting = []
        yield piece
    if waiting:
        yield Piece("text", html_of(waiting))


def html_of(chunks: list[str]) -> str:
    """Return paragraphs and lists as the editor stores them."""
    return "".join(map(_element, chunks))


def _piece(chunk: str, waiting: list[str]) -> Piece | None:
    """Return what stands for itself, None for running text; *at* points take the sentence that waits before them."""
    if token := TOKEN.fullmatch(chunk):
        return Piece(token[1], token[2] or "")
    if chunk.startswith(SUBHEADING):
        return Piece("subheading", chunk.removeprefix(SUBHEADING))
    points = tuple(NUMBERED.sub("", line, count=1) for line in chunk.splitlines())
    if NUMBERED.match(chunk) and all(point.startswith("at ") for point in points):
        return Piece("at_points", waiting.pop(), points)
    return None


def _element(chunk: str) -> str:
    lines = chunk.splitlines()
    if chunk.startswith(BULLET):
        return _list("ul", [line.removeprefix(BULLET) for line in lines])
    if NUMBERED.match(chunk):
        return _list("ol", [NUMBERED.sub("", line, count=1) for line in lines])
    return "".join(f"<p>{_inline(line)}</p>" for line in lines)


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{tag}>"


def _inline(text: str) -> str:
    return LINK.sub(r'<a href="\2">\1</a>', STRONG.sub(r"<b>\1</b>", escape(text, quote=False)))
