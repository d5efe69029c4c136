from __future__ import annotations

import datetime as dt

import pytest

from cases.assembly.paper import Paper, Part
from cases.checks.headings import check_headings
from documents import tree as t
from tests.factories import CommitteeCaseFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2023, 8, 20)


def found(*blocks: t.Block) -> list[tuple[str, bool]]:
    document = t.Document("Sag", "Sag", "Forvaltningen", "Indstilling", TODAY, blocks)
    part = Part("afsnit", "resultater", "Resultater", blocks, (("blok", blocks),))
    paper = Paper(document, (part,), {}, None, ())
    return [(each.message, each.is_blocking) for each in check_headings(paper, CommitteeCaseFactory(), TODAY)]


def heading(level: int, text: str = "Overskrift") -> t.Heading:
    return t.Heading(level, (t.Text(text),))


@pytest.mark.parametrize(
    ("levels", "skips"),
    [((3, 4, 3), 0), ((3, 4, 5), 0), ((4,), 1), ((3, 5), 1), ((3, 4, 3, 5), 1), ((4, 3, 5), 2)],
)
def test_a_heading_that_skips_a_level_blocks(levels: tuple[int, ...], skips: int) -> None:
    assert [is_blocking for _message, is_blocking in found(*map(heading, levels))] == [True] * skips


def test_a_skipped_level_is_found_inside_a_note_too() -> None:
    ((message, is_blocking),) = found(t.Note("Metode", (heading(4, "Opgørelse"),)))
    assert is_blocking
    assert "Opgørelse" in message


@pytest.mark.parametrize(
    ("children", "is_heading"),
    [
        ((t.Strong((t.Text("Økonomi og tid"),)),), True),
        ((t.Strong((t.Text("Det er vigtigt."),)),), False),
        ((t.Strong((t.Text("Svar:"),)),), False),
        ((t.Strong((t.Text("Vigtigt"),)), t.Text(" er det")), False),
        ((t.Strong((t.Text("lang " * 30),)),), False),
        ((), False),
    ],
)
def test_a_line_in_bold_that_looks_like_a_heading_warns(children: tuple[t.Inline, ...], is_heading: bool) -> None:
    assert [is_blocking for _message, is_blocking in found(t.Paragraph(children))] == [False] * is_heading
