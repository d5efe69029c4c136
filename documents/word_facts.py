"""The opening of page one: title, the narrow column of facts beside it, and the lead."""

from __future__ import annotations

from collections.abc import Sequence

from documents.tree import Document, Fact
from documents.word_inline import InlineWriter
from documents.word_markup import Element, el, paragraph

_WIDTH = 2722  # twips: 48 mm
_GAP = 340


def opening(document: Document, inline: InlineWriter) -> list[Element]:
    """Return the paragraphs before the first block."""
    title = paragraph("Title", *inline.text(document.title))
    lead = [paragraph("Lead", *inline.runs(document.lead))] if document.lead else []
    return [title, *_facts(document.facts, inline), *lead]


def _facts(facts: Sequence[Fact], inline: InlineWriter) -> list[Element]:
    """Return label and value in turn, in one text frame at the right margin.

    A frame of ordinary paragraphs is read where it stands in the text; a layout table or a text box is not.
    """
    return [each for fact in facts for each in _fact(fact, inline)]


def _fact(fact: Fact, inline: InlineWriter) -> list[Element]:
    label = paragraph("FactLabel", *inline.text(fact.label), properties=(_keep(), _frame()))
    return [label, paragraph("FactValue", *inline.text(fact.value), properties=(_frame(),))]


def _keep() -> Element:
    return el("w:keepNext")


def _frame() -> Element:
    place = {"wrap": "around", "vAnchor": "margin", "hAnchor": "margin", "xAlign": "right", "yAlign": "top"}
    return el("w:framePr", w=_WIDTH, hSpace=_GAP, vSpace=_GAP, **place)
