"""Fetch what the live blocks of a case show, before anything is built: what may be shown is decided for all of it together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from wagtail.blocks import StreamValue

from cases.assembly.comparison import fetch_comparison
from cases.assembly.incomplete import lacks
from cases.assembly.learnings import PointsTold
from learnings.queries import (
    Discussed,
    Elaboration,
    Evaluation,
    PointGroup,
    Quote,
    RecommendationSummary,
    Respondents,
    discussed,
    elaboration,
    evaluation,
    grouped,
    main_points,
    quotes,
    recommendations,
    respondents,
)
from results.comparison import Comparison
from results.enums import Breakdown
from results.models import Observation
from results.periods import parse
from results.queries import (
    FigureRequest,
    ResultsTable,
    SatisfactionTable,
    results_table,
    satisfaction_table,
    single_figures,
)

Block: TypeAlias = StreamValue.StreamChild
Figures = dict[str, Observation | None]
Shown: TypeAlias = ResultsTable | SatisfactionTable | Comparison
Data = (
    Shown
    | Figures
    | Discussed
    | Elaboration
    | Evaluation
    | PointsTold
    | Respondents
    | list[RecommendationSummary]
    | list[Quote]
)


@dataclass(frozen=True)
class Live:
    """What each block of a case fetched, and what the half-filled ones lack, both by the block's key."""

    keys: dict[int, str]  # by identity: a block that was never saved has no id, and a copied one that of another
    data: dict[str, Any]
    incomplete: tuple[tuple[str, str], ...]

    def key(self, block: Block) -> str:
        """Return the id of the block, or what stands for it when it has none of its own."""
        return self.keys[id(block)]

    def of(self, block: Block) -> Any:
        return self.data[self.key(block)]

    def observations(self) -> list[Observation]:
        """Return every figure that the case shows, once each."""
        found = [observation for data in self.data.values() for observation in _observations(data)]
        return list({observation.pk: observation for observation in found}.values())

    def passages(self) -> dict[int, Quote]:
        """Return every passage that a count of suppliers rests on, by the id of its excerpt; 2 queries, or none."""
        ids = dict.fromkeys(pk for data in self.data.values() for pk in _excerpt_ids(data))
        return {quote.excerpt_id: quote for quote in quotes(ids)}


def fetch(body: StreamValue) -> Live:
    """Return the live data of every complete block that has any. Queries for each block, not for each row."""
    keys = _keys(body)
    live = [block for block in content_blocks(body) if block.block_type in FETCH and is_complete(block)]
    return Live(
        keys=keys,
        data={keys[id(block)]: FETCH[block.block_type](block.value) for block in live} | _figures(body, keys),
        incomplete=tuple((keys[id(block)], what) for block in _blocks(body) for what in _lacking(block)),
    )


def content_blocks(body: StreamValue) -> Iterator[Block]:
    """Yield the blocks within sections and annexes, in order."""
    for part in body:
        yield from part.value["content"] or ()


def is_complete(block: Block) -> bool:
    """Tell whether anything can be built of the block. Marks in its text are judged by themselves."""
    return not lacks(block.block, block.value)


def _blocks(body: StreamValue) -> Iterator[Block]:
    for part in body:
        yield part
        yield from part.value["content"] or ()


def _keys(body: StreamValue) -> dict[int, str]:
    keys: dict[int, str] = {}
    taken: set[str] = set()
    for place, block in enumerate(_blocks(body)):
        key = block.id if block.id and block.id not in taken else f"place-{place}"
        keys[id(block)] = key
        taken.add(key)
    return keys


def _lacking(block: Block) -> Iterator[str]:
    """Yield what a block lacks, then what each mark in its text does, in a line each."""
    if missing := lacks(block.block, block.value):
        yield ", ".join(missing)
    for mark in block.value["marks"] if block.block_type == "text" else ():
        if missing := lacks(mark.block, mark.value):
            yield f"{{{mark.value['name'] or ''}}}: {', '.join(missing)}"


def _results_table(value: Any) -> ResultsTable:
    return results_table(list(value["measures"]), **_scope(value), by=_breakdown(value))


def _chart(value: Any) -> ResultsTable:
    """A chart shows groups side by side; the total is of another size and stands in tables."""
    table = results_table([value["measure"]], **_scope(value), by=_breakdown(value))
    return replace(table, total=None, total_kinds=())


def _satisfaction_table(value: Any) -> SatisfactionTable:
    frameworks = [value["framework"]] if value["framework"] else []
    return satisfaction_table(list(value["measures"]), period=parse(value["period"]), frameworks=frameworks)


def _figures(body: StreamValue, keys: dict[int, str]) -> dict[str, Figures]:
    """Return the figures of each running text by the names of their marks, all fetched together."""
    texts = [block for block in content_blocks(body) if block.block_type == "text"]
    marks = [(keys[id(block)], mark.value) for block in texts for mark in block.value["marks"] if _is_figure(mark)]
    figures: dict[str, Figures] = {keys[id(block)]: {} for block in texts}
    found = single_figures([_request(value) for _key, value in marks])
    for (key, value), observation in zip(marks, found, strict=True):
        figures[key][value["name"]] = observation
    return figures


def _is_figure(mark: Block) -> bool:
    return mark.block_type == "figure" and is_complete(mark)


def _request(value: Any) -> FigureRequest:
    dimensions = {name: value[name] for name in ("supplier", "benefit_group", "service")}
    return FigureRequest(value["measure"], **_scope(value), **dimensions)


def _scope(value: Any) -> dict[str, Any]:
    return {"period": parse(value["period"]), "framework": value["framework"], "lot": value["lot"]}


def _breakdown(value: Any) -> Breakdown:
    return Breakdown.SUPPLIER if value["is_by_supplier"] else Breakdown.BENEFIT_GROUP


def _main_points(value: Any) -> PointsTold:
    points = tuple(main_points(value["round"], question=value["question"], is_published=True))
    groups = grouped(value["round"], points) if value["is_grouped"] else (PointGroup("", "", points),)
    return PointsTold(points, groups)


def _elaboration(value: Any) -> Elaboration:
    return elaboration(value["round"], question=value["question"], target_group=value["target_group"])


FETCH: dict[str, Callable[[Any], Data]] = {
    "results_table": _results_table,
    "satisfaction_table": _satisfaction_table,
    "chart": _chart,
    "comparison": fetch_comparison,
    "respondents": lambda value: respondents(value["round"]),
    "main_points": _main_points,
    "elaboration": _elaboration,
    "recommendations": lambda value: recommendations(value["round"]),
    "discussions": lambda value: discussed(value["round"]),
    "evaluation": lambda value: evaluation(value["round"]),
    "quotes": lambda value: quotes([excerpt for excerpt in value["excerpts"] if excerpt]),
}


def _observations(data: Data) -> Iterable[Observation]:
    if isinstance(data, Shown):
        return data.observations
    if isinstance(data, dict):
        return [observation for observation in data.values() if observation]
    return ()


def _excerpt_ids(data: Data) -> Iterable[int]:
    """Yield the passages behind what was counted, and the strong ones."""
    if isinstance(data, PointsTold):
        return [pk for point in data.points for pk in point.excerpt_ids]
    if isinstance(data, Elaboration):
        themes = [pk for row in data.questions for each in row.themes for pk in each.support.excerpt_ids]
        strong = [pk for row in data.questions for pk in row.strong_ids]
        return [*(pk for point in data.points for pk in point.excerpt_ids), *themes, *strong]
    if isinstance(data, list):
        return [pk for row in data if isinstance(row, RecommendationSummary) for pk in row.excerpt_ids]
    return ()
