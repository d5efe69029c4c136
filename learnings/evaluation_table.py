"""An evaluation as a table and as bars; both say the same, and only what `learnings.queries.evaluation` lets out."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnings.enums import Agreement
from learnings.queries import Evaluation
from learnings.ratings import SCALE, Distribution

WIDTH = 100  # per cent of the room there is, so that the counts are as large on a phone
NARROWEST_FOR_COUNT = 6


@dataclass(frozen=True)
class Segment:
    """A step of the scale as a part of a bar: its place and width, and how many chose it."""

    score: int
    count: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def has_room(self) -> bool:
        return self.width >= NARROWEST_FOR_COUNT


@dataclass(frozen=True)
class Bar:
    segments: tuple[Segment, ...]
    text: str


def bar_of(told: Distribution) -> Bar:
    """Return the parts of a bar, and in a sentence what it shows."""
    segments, x = [], 0.0
    for score, count in zip(SCALE, told.counts, strict=True):
        width = WIDTH * count / told.n
        if count:
            segments.append(Segment(score, count, round(x, 2), round(width, 2)))
        x += width
    return Bar(tuple(segments), in_words(told))


def in_words(told: Distribution) -> str:
    """Return what a distribution shows, in one sentence."""
    parts = ", ".join(f"{Agreement(score).label}: {count}" for score, count in zip(SCALE, told.counts, strict=True))
    text = ngettext("%(n)d supplier answered. %(parts)s.", "%(n)d suppliers answered. %(parts)s.", told.n)
    return text % {"n": told.n, "parts": parts}


def headings(found: Evaluation) -> list[str]:
    usual = [_("Statement"), _("Key"), _("Suppliers that answered"), *(str(step.label) for step in Agreement)]
    usual += [_("Agree in all"), _("Median"), _("Mean")]
    if found.year_before:
        year = {"year": found.year_before}
        usual += [_("Suppliers %(year)d") % year, _("Agree in all %(year)d") % year, _("Median %(year)d") % year]
    return usual


def lines(found: Evaluation) -> list[list[object]]:
    """Return a line for each statement; nothing but its words where no figures may be told."""
    return [
        [
            row.statement.wording,
            row.statement.key,
            *_figures(row.told),
            *(_last(row.before) if found.year_before else ()),
        ]
        for row in found.rows
    ]


def _figures(told: Distribution | None) -> list[object]:
    if told is None:
        return [_("fewer than five"), *([None] * 8)]
    return [told.n, *told.counts, told.agreeing, float(told.median), round(float(told.mean), 1)]


def _last(before: Distribution | None) -> list[object]:
    return [before.n, before.agreeing, float(before.median)] if before else [None, None, None]
