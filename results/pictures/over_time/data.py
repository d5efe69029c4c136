"""Series over the same periods, with their phases and breaks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from results.pictures import words
from results.pictures.parts import About
from results.pictures.phases import Break, Kind, Phase, Series, breaks_of, phases_of


@dataclass(frozen=True, slots=True)
class OutsideSeries:
    """Shares from elsewhere (jobindsats) by period, for context only: nobody is held against them."""

    name: str
    shares: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True)
class OverTime:
    """Series over the same periods, in order. A period without a point is a gap. "p" is a p-chart, "run" a run chart."""

    about: About
    periods: tuple[str, ...]
    series: tuple[Series, ...]
    breaks: tuple[Break, ...] = ()
    outside: OutsideSeries | None = None
    kind: Kind = "run"

    @cached_property
    def panels(self) -> tuple[tuple[Series, tuple[Phase, ...], tuple[Break, ...]], ...]:
        """The series by name, with their phases and breaks."""
        ordered = sorted(self.series, key=lambda series: words.danish_order(series.name))
        return tuple(
            (
                series,
                phases_of(series, self.periods, self.breaks, self.kind),
                breaks_of(series, self.periods, self.breaks),
            )
            for series in ordered
        )

    @cached_property
    def context(self) -> tuple[tuple[int, float], ...]:
        """The outside figures by their place among the periods."""
        places = {period: index for index, period in enumerate(self.periods)}
        shares = self.outside.shares if self.outside else ()
        return tuple((places[period], share) for period, share in shares if period in places and share is not None)
