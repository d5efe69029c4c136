"""The funnel as a figure: its finding, description and alternative text."""

from __future__ import annotations

from results.pictures import words
from results.pictures.funnel.data import Funnel
from results.pictures.funnel.drawing import drawings_of
from results.pictures.funnel.table import table_of
from results.pictures.parts import (
    Figure,
    figure,
)


def funnel_figure(funnel: Funnel) -> Figure:
    """Return the funnel as a figure; suppliers with fewer than five, or with hidden counts, stand in the table only."""
    finding = _finding(funnel)
    about = funnel.about
    subject = f"{about.measure} ({about.scope})" if about.scope else about.measure
    context = f"{_OUTSIDE}: {funnel.outside.name}." if funnel.outside else ""
    return figure(
        about,
        headline=finding,
        description=(f"{subject}: andel efter antal {about.unit}.", _limits_note(funnel), *funnel.left_out, context),
        alt=f"Tragtdiagram for {words.suppliers(len(funnel.drawn))}: {words.lowered(subject)}{_around(funnel)}. {finding}.",
        drawings=drawings_of(funnel),
        table=table_of(funnel),
    )


_OUTSIDE = "Linjen med de lange streger er til sammenhæng og indgår ikke i sammenligningen"


def _limits_note(funnel: Funnel) -> str:
    if funnel.reference is None or funnel.reference.share is None:
        return ""
    return "Mellem grænserne ligger det, tilfældig variation alene kan forklare."


def _around(funnel: Funnel) -> str:
    reference = funnel.reference
    if reference is None or reference.share is None:
        return ""
    return f", omkring {words.percent(reference.share)} ({words.lowered(reference.name)})"


def _finding(funnel: Funnel) -> str:
    """Return what the picture shows, without a full stop."""
    drawn = funnel.drawn
    if not drawn:
        return words.NONE_DRAWN
    if funnel.reference is None or funnel.reference.share is None:
        return f"{words.suppliers(len(drawn))} uden et grundlag at sammenligne med"
    clear, notable = (_named(funnel, level) for level in (2, 1))
    if clear or notable:
        told = [f"Klar afvigelse: {clear}" if clear else "", f"Bemærk: {notable}" if notable else ""]
        return ". ".join(each for each in told if each)
    who = f"Ingen af de {words.suppliers(len(drawn))}" if len(drawn) > 1 else "Den ene leverandør afviger ikke"
    return f"{who}{' afviger' if len(drawn) > 1 else ''} mere, end tilfældig variation kan forklare"


def _named(funnel: Funnel, level: int) -> str:
    names = sorted(
        (
            f"{point.name} ({'over' if place.is_above else 'under'})"
            for point, _, place in funnel.drawn
            if place.level == level
        ),
        key=words.danish_order,
    )
    return words.listed(names)
