"""What stands in a paper, as a reader sees it: text that formatting has split is one again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from cases.checks.form import plain_text
from documents import tree as t
from documents.numbering import walk

WORDS = frozenset({"title", "short_title", "label", "value", "text", "alt", "unit", "href"})
FORMATTING = t.Text | t.Value | t.Reference | t.Strong | t.Emphasis  # read with the run that they stand in
INLINE = FORMATTING | t.Link | t.Footnote


def runs_of(node: Any) -> Iterator[str]:
    """Yield each run of text at and below a node: a paragraph, heading, cell, caption, source, note, footnote, label, address.

    Nothing parts the formatted pieces of a run, and the text of a footnote is a run of its own.
    """
    for each in walk(node):
        if not isinstance(each, FORMATTING):
            yield from own_runs(each)


def own_runs(node: Any) -> Iterator[str]:
    """Yield the runs that stand in the node itself, not in the blocks and footnotes below it."""
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, str) and field.name in WORDS:
            yield value
        elif isinstance(value, tuple):
            yield from _runs(value)


def _runs(value: tuple[Any, ...]) -> Iterator[str]:
    if value and all(isinstance(each, INLINE) for each in value):
        yield plain_text(value)
    elif value and all(isinstance(each, tuple) for each in value):
        for each in value:
            yield from _runs(each)
