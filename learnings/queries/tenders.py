"""What suppliers' experience gives a tender to think about."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.models import Tender
from learnings.models import TenderInput
from learnings.queries.evidence import Quote, RecommendationSummary, quotes, recommendations


@dataclass(frozen=True)
class TenderRow:
    item: TenderInput
    recommendation: RecommendationSummary
    quotes: tuple[Quote, ...]


def tender_rows(tender: Tender) -> list[TenderRow]:
    """Return the recommendations handed on to a tender with what suppliers said; at most 14 queries for each round."""
    items = list(TenderInput.objects.filter(tender=tender).select_related("recommendation__round"))
    rounds = {item.recommendation.round for item in items}
    found = {row.id: row for this_round in rounds for row in recommendations(this_round)}
    said = {quote.excerpt_id: quote for quote in quotes({pk for row in found.values() for pk in row.excerpt_ids})}
    return [
        TenderRow(item, row, tuple(said[pk] for pk in row.excerpt_ids))
        for item in items
        if (row := found.get(item.recommendation_id))
    ]
