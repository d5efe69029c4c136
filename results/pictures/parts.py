"""What every picture is given and gives: counts that may be hidden, and a chart with its narrow twin and its table.

The rule that keeps pictures safe: whatever is hidden is drawn for nobody. Places, scales, order, sentences and the alternative
text are made of `Amount.shown` alone, so two inputs that differ only in hidden figures give the same picture. Only the table
holds a hidden figure, as a `Value` that `documents.redaction` covers up or marks for its reader.

Words are Danish and plain, as in all documents: they are frozen with the paper and do not follow the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from documents import formats
from documents import tree as t
from documents.drawings import Drawing
from results.pictures.words import DRAWN_FROM

Order = Literal["name", "size"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A count, or a figure computed from counts; None: nobody knows it. A hidden one may come with its value or without."""

    value: float | None = None
    is_hidden: bool = False
    evidence: tuple[str, ...] = ()

    @property
    def shown(self) -> float | None:
        """The value that everybody may see."""
        return None if self.is_hidden else self.value


UNKNOWN = Amount()


@dataclass(frozen=True, slots=True)
class About:
    """What a picture is about, in words: "I job to måneder efter", "Borgere i ressourceforløb", "2024", and its source."""

    anchor: str
    measure: str
    population: str = ""
    period: str = ""
    unit: str = "forløb"
    source: str = ""

    @property
    def scope(self) -> str:
        """Whom and when, as it stands after a title: "Borgere i ressourceforløb, 2024"."""
        return ", ".join(each for each in (self.population, self.period) if each)


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart for documents and wide screens, and the same drawing for a phone."""

    chart: t.Chart
    narrow: Drawing


def figure(
    about: About,
    *,
    headline: str,
    description: Iterable[str],
    alt: str,
    drawings: tuple[Drawing, Drawing],
    table: t.Table,
) -> Figure:
    """Return the chart of a wide and a narrow drawing."""
    wide, narrow = drawings
    chart = t.Chart(
        anchor=about.anchor,
        headline=(t.Text(headline),),
        description=(t.Text(" ".join([*(each for each in description if each), DRAWN_FROM])),),
        alt=alt,
        kind="drawing",
        unit="",
        rows=(),
        table=table,
        source=(t.Text(about.source),) if about.source else (),
        drawing=wide,
    )
    return Figure(chart, narrow)


def column(label: str, unit: str = "", *, is_numeric: bool = True) -> t.Column:
    """Return a column of a table; figures unless told otherwise."""
    return t.Column((t.Text(label),), unit=unit, is_numeric=is_numeric)


def words_cell(text: str) -> t.Cell:
    return t.Cell((t.Text(text),))


def cell(amount: Amount, *, decimals: int = 0) -> t.Cell:
    """Return a count as it stands in the table."""
    return derived_cell(formats.number(amount.value, decimals=decimals), amount)


def derived_cell(text: str, *rests_on: Amount) -> t.Cell:
    """Return a figure that follows from others: hidden with any of them, "–" without any of them."""
    hidden = any(amount.is_hidden for amount in rests_on)
    unknown = any(amount.value is None for amount in rests_on)
    evidence = tuple(dict.fromkeys(each for amount in rests_on for each in amount.evidence))
    if unknown:
        text = formats.HIDDEN if hidden else formats.MISSING
    return t.Cell((t.Value(text, evidence, hidden),))


def share_of(outcomes: Amount, base: Amount) -> float | None:
    """Return a share from 0 to 1 that everybody may see; None when either is hidden or unknown, or of no one."""
    if outcomes.shown is None or not base.shown:
        return None
    return outcomes.shown / base.shown
