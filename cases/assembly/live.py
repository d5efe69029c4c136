"""Fetch what the live blocks of a case show, before anything is built: what may be shown is decided for all of it together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from wagtail.blocks import StreamValue

from learnings.queries import (
    MainPointSummary,
    Quote,
    RecommendationSummary,
    main_points,
    quotes,
    recommendations,
)
from results.enums import Breakdown
from results.models import Observation
from results.periods import parse
from results.queries import ResultsTable, SatisfactionTable, results_table, satisfaction_table, single_figure

Block: TypeAlias = StreamValue.StreamChild
Figures = dict[str, Observation | None]
Data = ResultsTable | SatisfactionTable | Figures | list[MainPointSummary] | list[RecommendationSummary] | list[Quote]


@dataclass(frozen=True)
class Live:
    """What each block of a case fetched, by the block's id."""

    data: dict[str, Any]

    def of(self, block: Block) -> Any:
        return self.data[block.id]

    def observations(self) -> list[Observation]:
        """Return every figure that the case shows, once each."""
        found = [observation for data in self.data.values() for observation in _observations(data)]
        return list({observation.pk: observation for observation in found}.values())


def fetch(body: StreamValue) -> Live:
    """Return the live data of every block that has any. Queries for each block, not for each row."""
    return Live(
        {block.id: FETCH[block.block_type](block.value) for block in content_blocks(body) if block.block_type in FETCH}
    )


def content_blocks(body: StreamValue) -> Iterator[Block]:
    """Yield the blocks within sections and annexes, in order."""
    for part in body:
        yield from part.value["content"] or ()


def _results_table(value: Any) -> ResultsTable:
    return results_table(list(value["measures"]), **_scope(value), by=_breakdown(value))


def _chart(value: Any) -> ResultsTable:
    """A chart shows groups side by side; the total is of another size and stands in tables."""
    table = results_table([value["measure"]], **_scope(value), by=_breakdown(value))
    return replace(table, total=None, total_kinds=())


def _satisfaction_table(value: Any) -> SatisfactionTable:
    frameworks = [value["framework"]] if value["framework"] else []
    return satisfaction_table(list(value["measures"]), period=parse(value["period"]), frameworks=frameworks)


def _figures(value: Any) -> Figures:
    figures = [mark for mark in value["marks"] if mark.block_type == "figure"]
    return {mark.value["name"]: _figure(mark.value) for mark in figures}


def _figure(value: Any) -> Observation | None:
    return single_figure(
        value["measure"],
        **_scope(value),
        supplier=value["supplier"],
        benefit_group=value["benefit_group"],
        service=value["service"],
    )


def _scope(value: Any) -> dict[str, Any]:
    return {"period": parse(value["period"]), "framework": value["framework"], "lot": value["lot"]}


def _breakdown(value: Any) -> Breakdown:
    return Breakdown.SUPPLIER if value["is_by_supplier"] else Breakdown.BENEFIT_GROUP


FETCH: dict[str, Callable[[Any], Data]] = {
    "text": _figures,
    "results_table": _results_table,
    "satisfaction_table": _satisfaction_table,
    "chart": _chart,
    "main_points": lambda value: main_points(value["round"], question=value["question"]),
    "recommendations": lambda value: recommendations(value["round"]),
    "quotes": lambda value: quotes([excerpt for excerpt in value["excerpts"] if excerpt]),
}


def _observations(data: Data) -> Iterable[Observation]:
    if isinstance(data, ResultsTable | SatisfactionTable):
        return data.observations
    if isinstance(data, dict):
        return [observation for observation in data.values() if observation]
    return ()
