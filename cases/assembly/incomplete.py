"""What a draft still lacks: Wagtail saves half-filled blocks, and asks for the rest only when the text is sent on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.rich_text import RichText

from results.periods import PeriodError, parse


def lacks(block: Block, value: Any) -> tuple[str, ...]:
    """Return the labels of the required fields that are empty, once each, and of a period that cannot be read.

    Marks in running text are left out: each is judged by itself, since the rest of the text can stand.
    """
    return tuple(dict.fromkeys(_missing(block, value)))


def _missing(block: Block, value: Any) -> Iterator[str]:
    if isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from _missing(child, value[name])
            if name == "period" and not _is_blank(value[name]) and not _is_period(value[name]):
                yield str(child.label)
    elif isinstance(block, ListBlock):
        if getattr(block.meta, "required", True) and (not value or any(map(_is_blank, value))):
            yield str(block.label)
    elif not isinstance(block, StreamBlock) and block.required and _is_blank(value):
        yield str(block.label)


def _is_blank(value: Any) -> bool:
    if isinstance(value, RichText):
        return not strip_tags(value.source).strip()
    return value is None or (isinstance(value, str) and not value.strip())


def _is_period(value: str) -> bool:
    try:
        parse(value)
    except PeriodError:
        return False
    return True
