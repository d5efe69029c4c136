"""Series over time as a figure: the finding, description and alternative text."""

from __future__ import annotations

from collections.abc import Iterator

from documents import formats
from results.pictures import words
from results.pictures.over_time.data import OverTime
from results.pictures.over_time.drawing import drawings_of
from results.pictures.over_time.table import table_of
from results.pictures.parts import Figure, figure


def over_time_figure(over_time: OverTime) -> Figure:
    """Return the series as a figure. Raises ValueError for a series with a period that is not among the given ones, or twice."""
    about, finding = over_time.about, _finding(over_time)
    subject = f"{about.measure} ({about.scope})" if about.scope else about.measure
    return figure(
        about,
        headline=finding,
        description=(f"{subject}, andel efter periode. {_rule_note(over_time)}", *_gaps(over_time)),
        alt=f"Udvikling over {formats.number(len(over_time.periods))} perioder for "
        f"{words.suppliers(len(over_time.series))}: {words.lowered(subject)}. {finding}.",
        drawings=drawings_of(over_time),
        table=table_of(over_time),
    )


def _rule_note(over_time: OverTime) -> str:
    if not any(phase.rules for _, phases, _ in over_time.panels for phase in phases):
        return "Der er under 10 sammenlignelige perioder, så der er ingen regler for skift."
    centre = "gennemsnittet" if over_time.kind == "p" else "medianen"
    return f"Et skift er for mange perioder i træk på samme side af {centre}, eller for få krydsninger af {centre}."


def _gaps(over_time: OverTime) -> Iterator[str]:
    """Yield why points are missing, whoever looks."""
    drawn = sum(len(phase.points) for _, phases, _ in over_time.panels for phase in phases)
    if drawn < len(over_time.periods) * len(over_time.series):
        yield "Huller er perioder uden tal, med under 5 eller med tal, der ikke vises."


def _finding(over_time: OverTime) -> str:
    """Return who has shifted, without a full stop."""
    panels = over_time.panels
    if not any(phases for _, phases, _ in panels):
        return words.NONE_DRAWN
    shifted = [series.name for series, phases, _ in panels if any(phase.has_shift for phase in phases)]
    beyond = [series.name for series, phases, _ in panels if any(phase.beyond for phase in phases)]
    told = [f"Skift hos {words.listed(shifted)}" if shifted else ""]
    told.append(f"Enkelte perioder uden for grænserne hos {words.listed(beyond)}" if beyond else "")
    if shifted or beyond:
        return ". ".join(each for each in told if each)
    if any(phase.rules for _, phases, _ in panels for phase in phases):
        return "Intet skift ud over tilfældig variation"
    return "For få perioder til at sige, om der er sket et skift"
