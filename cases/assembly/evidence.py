"""What each figure and quote of a paper rests on, kept with the snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from learnings.queries import MainPointSummary, Quote, RecommendationSummary, Support
from learnings.queries.evaluation import StatementResult
from learnings.ratings import SCALE, Distribution
from results.disclosure import Decision
from results.models import Observation

Entry = dict[str, Any]
UNNAMED = "En leverandør"


@dataclass
class Ledger:
    """Collects evidence entries under ids that stay the same while what they stand for does.

    Entries are JSON-safe. `values` are the figures; `hidden_values` names those that may not leave the municipality;
    what stands under `internal` never does.
    """

    decision: Decision
    entries: dict[str, Entry] = field(default_factory=dict)

    def observation(self, observation: Observation) -> str:
        """Enter a figure and return its id."""
        return self._enter(f"observation-{observation.pk}", lambda: self._observation_entry(observation))

    def main_point(self, point: MainPointSummary, *, is_named: bool) -> str:
        """Enter a count of suppliers, by name for everybody when the paper names them."""
        return self._supported(f"main-point-{point.id}", point, is_named=is_named)

    def recommendation(self, row: RecommendationSummary, *, is_named: bool) -> str:
        return self._supported(f"recommendation-{row.id}", row, is_named=is_named)

    def rating(self, row: StatementResult, told: Distribution) -> str:
        """Enter what the suppliers together say to a statement."""
        key = f"rating-{row.statement.pk}"
        return self._enter(key, lambda: _rating_entry(row.statement.wording, told))

    def quote(self, quote: Quote, *, is_named: bool) -> str:
        key = self._enter(f"excerpt-{quote.excerpt_id}", lambda: quote_entry(quote))
        if is_named:
            self.entries[key]["label"] = quote.supplier.name
        return key

    def _supported(self, key: str, row: MainPointSummary | RecommendationSummary, *, is_named: bool) -> str:
        self._enter(key, lambda: _support_entry(row.heading, row.support))
        if is_named:
            self.entries[key]["suppliers"] = list(row.support.supplier_names)
        return key

    def _enter(self, key: str, make: Any) -> str:
        if key not in self.entries:
            self.entries[key] = make()
        return key

    def _observation_entry(self, observation: Observation) -> Entry:
        delivery, version = observation.delivery, observation.measure_version
        values = {
            "denominator": observation.denominator,
            "outcomes": observation.outcomes,
            "mean": None if observation.mean is None else float(observation.mean),
            "standard_deviation": (
                None if observation.standard_deviation is None else float(observation.standard_deviation)
            ),
            "pending": observation.pending,
            "censored": observation.censored,
            "not_found": observation.not_found,
        }
        return {
            "kind": "observation",
            "label": dimension_label(observation),
            "unit": observation.unit,
            "period": observation.period.code,
            "values": {name: value for name, value in values.items() if value is not None},
            "hidden_values": _hidden(self.decision.hidden_names(observation)),
            "note": observation.note,
            "definition": {
                "measure": version.measure.name,
                "measure_code": version.measure.code,
                "version": version.code,
                "window": version.window,
                "population": version.population,
                "counts": version.counts,
            },
            "delivery": {
                "id": delivery.pk,
                "file": delivery.file_name,
                "sha256": delivery.sha256,
                "source": delivery.source,
                "extracted_on": delivery.extracted_on.isoformat(),
                "is_validated": delivery.is_validated,
            },
        }


def _hidden(names: list[str]) -> list[str]:
    """A standard deviation is hidden with its mean."""
    return [*names, "standard_deviation"] if "mean" in names else names


def dimension_label(observation: Observation) -> str:
    """Return what the figure is about: framework, lot, supplier, benefit group and service, those that are given."""
    dimensions = (
        observation.framework,
        observation.lot,
        observation.supplier,
        observation.benefit_group,
        observation.service,
    )
    return " · ".join(str(dimension) for dimension in dimensions if dimension) or "Alle"


def quote_entry(quote: Quote) -> Entry:
    """Return the entry of a quote whose supplier is named to nobody outside."""
    return {
        "kind": "quote",
        "label": UNNAMED,
        "text": quote.text,
        "question": quote.question_wording,
        "theme": quote.theme,
        "report_version": quote.version_number,
        "submitted_on": quote.submitted_at.date().isoformat(),
        "values": {},
        "hidden_values": [],
        "internal": {
            "supplier": quote.supplier.name,
            "excerpt_id": quote.excerpt_id,
            "version_id": quote.version_id,
        },
    }


def _rating_entry(wording: str, told: Distribution) -> Entry:
    counts = {f"score_{score}": count for score, count in zip(SCALE, told.counts, strict=True)}
    values = {"suppliers": told.agreeing, "answered": told.n, **counts}
    return {"kind": "rating", "label": wording, "values": values, "hidden_values": []}


def _support_entry(heading: str, support: Support) -> Entry:
    return {
        "kind": "supplier_count",
        "label": heading,
        "values": {"suppliers": support.n, "answered": support.m},
        "hidden_values": [],
        "internal": {
            "suppliers": list(support.supplier_names),
            "answered": [supplier.name for supplier in support.answered],
            "not_applicable": [supplier.name for supplier in support.not_applicable],
            "did_not_answer": [supplier.name for supplier in support.did_not_answer],
            "not_accepted": [supplier.name for supplier in support.not_accepted],
            "excerpt_ids": list(support.excerpt_ids),
        },
    }
