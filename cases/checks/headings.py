"""Whether headings are headings, and step down one level at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.assembly.paper import Paper, Part
from cases.checks.findings import Finding
from cases.checks.form import plain_text
from cases.enums import Severity
from cases.models import CommitteeCase
from documents import tree as t
from documents.numbering import walk

CHAPTER = 2  # the level of a section's heading and of an annex's title
LONGEST_HEADING = 100  # characters; a longer line in bold is emphasis
SENTENCE_ENDS = (".", "!", "?", ":", ",", ";")


def check_headings(paper: Paper, case: CommitteeCase, today: dt.date) -> Iterator[Finding]:
    """Yield findings about skipped levels, and about lines in bold that only look like headings.

    The blocks of today make chapters and subheadings only, so no text can skip a level. That check guards the tree: a new
    block, or a paper assembled in another way, is held to the same as the PDF is.
    """
    for part in paper.parts:
        yield from _skipped(part)
        for block_id, nodes in part.blocks:
            for node in nodes:
                if text := _heading_in_bold(node):
                    message = _("“%(text)s” is in bold and looks like a heading, but is none. Use a subheading.")
                    yield Finding("heading-level", Severity.WARNS, message % {"text": text}, part.heading, block_id)


def _skipped(part: Part) -> Iterator[Finding]:
    level = CHAPTER
    for block_id, nodes in part.blocks:
        for heading in (each for top in nodes for each in walk(top) if isinstance(each, t.Heading)):
            if heading.level > level + 1:
                message = _("The heading “%(heading)s” skips a level.") % {"heading": plain_text(heading.children)}
                yield Finding("heading-level", Severity.BLOCKS, message, part.heading, block_id)
            level = heading.level


def _heading_in_bold(node: t.Block) -> str:
    """Return the text of a paragraph that is one short line in bold and does not end as a sentence does, else ""."""
    if not isinstance(node, t.Paragraph) or not all(isinstance(each, t.Strong) for each in node.children):
        return ""
    text = plain_text(node.children).strip()
    return "" if len(text) > LONGEST_HEADING or text.endswith(SENTENCE_ENDS) else text
