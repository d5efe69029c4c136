"""Whether the words can be read, and whether they hold what must not be published."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.assembly.paper import Paper, Part
from cases.blocks.names import MARK
from cases.checks.findings import Finding
from cases.checks.form import plain_text
from cases.checks.runs import own_runs, runs_of
from cases.enums import Severity
from cases.models import CommitteeCase
from documents import tree as t
from documents.numbering import walk

DASH = r"[ \u00a0]?[-\u00ad\u2010-\u2013]?[ \u00a0]?"
CPR_LIKE = re.compile(rf"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{{2}}{DASH}\d{{4}}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
LONG_WORD = 6
HEAVY_LIX = 55  # "meget svær": faglitteratur på akademisk niveau (Björnsson 1968)
FEWEST_WORDS = 40  # shorter texts have no reliable index


def check_texts(paper: Paper, case: CommitteeCase, today: dt.date) -> Iterator[Finding]:
    """Yield findings about marks without meaning, personal data and readability."""
    yield from _personal(_around(paper), "", "")
    for part in paper.parts:
        yield from _personal([part.heading], part.heading, part.block_id)
        for block_id, nodes in part.blocks:
            runs = [run for node in nodes for run in runs_of(node)]
            yield from _personal(runs, part.heading, block_id)
            yield from _marks(part, block_id, "\n".join(runs))
        yield from _readability(part)


def lix(text: str) -> int | None:
    """Return the Danish readability index of Björnsson: words per sentence + share of words over six letters in per cent.

    None when the text is too short to say.
    """
    words = re.findall(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    long = sum(len(word) > LONG_WORD for word in words)
    return round(len(words) / sentences + 100 * long / len(words))


def section_lix(paper: Paper) -> dict[str, int | None]:
    """Return the readability of each section by its heading."""
    return {part.heading: lix(_running_text(part)) for part in paper.parts}


def _around(paper: Paper) -> list[str]:
    """Return the texts around the sections: title, short title, lead and the facts of the right column."""
    return [*own_runs(paper.document), *(run for fact in paper.document.facts for run in own_runs(fact))]


def _personal(runs: list[str], place: str, block_id: str) -> Iterator[Finding]:
    """Look at each run by itself: two cells beside each other make no CPR number."""
    if any(map(CPR_LIKE.search, runs)):
        message = _("There is something that looks like a CPR number. Remove it.")
        yield Finding("cpr-like", Severity.BLOCKS, message, place, block_id)
    for address in dict.fromkeys(each for run in runs for each in EMAIL.findall(run)):
        message = _("There is an e-mail address: %(address)s. Is it meant for the public?") % {"address": address}
        yield Finding("e-mail", Severity.WARNS, message, place, block_id)


def _marks(part: Part, block_id: str, text: str) -> Iterator[Finding]:
    for name in dict.fromkeys(MARK.findall(text)):
        message = _("The text has {%(name)s}, but no figure, footnote or reference of that name stands below it.")
        yield Finding("unknown-mark", Severity.BLOCKS, message % {"name": name}, part.heading, block_id)


def _readability(part: Part) -> Iterator[Finding]:
    index = lix(_running_text(part))
    if index is not None and index > HEAVY_LIX:
        message = _("The section is very hard to read (LIX %(lix)s). Shorten sentences, and use shorter words.")
        yield Finding("readability", Severity.WARNS, message % {"lix": index}, part.heading, part.block_id)


def _running_text(part: Part) -> str:
    nodes = [each for _block_id, tops in part.blocks for top in tops for each in walk(top)]
    return " ".join(plain_text(node.children) for node in nodes if isinstance(node, t.Paragraph))
