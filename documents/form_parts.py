"""The parts of a paper to be filled in: what is asked, and places for answers, each with a stable tag."""

from __future__ import annotations

from dataclasses import dataclass

from documents.tree import Block

LOCKED = "fast"  # the tag of what nobody is to change


@dataclass(frozen=True, slots=True)
class Locked:
    """Blocks that Word lets nobody change; the bookmark stands at the first of them."""

    bookmark: str
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A place for text: `text` stands there, in as many paragraphs as it has lines; without one the prompt does."""

    tag: str
    title: str
    label: str
    text: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A place where one of the options is chosen; an empty `chosen` is none of them yet."""

    tag: str
    title: str
    label: str
    options: tuple[str, ...]
    chosen: str
    prompt: str


Part = Locked | Field | Choice
