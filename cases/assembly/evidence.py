"""What each figure and quote of a paper rests on, kept with the snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from documents import formats
from learnings.models import EvaluationStatement, Question
from learnings.queries import (
    AskedSuppliers,
    Discussed,
    DiscussionSummary,
    Evaluation,
    MainPointSummary,
    Quote,
    RecommendationSummary,
    Respondents,
    SupplierRef,
    Support,
    ThemeSaid,
)
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
    passages: Mapping[int, Quote] = field(default_factory=dict)  # what the counts rest on, by the id of the excerpt

    def observation(self, observation: Observation) -> str:
        """Enter a figure and return its id."""
        return self._enter(f"observation-{observation.pk}", lambda: self._observation_entry(observation))

    def main_point(self, point: MainPointSummary, *, is_named: bool) -> str:
        """Enter a count of suppliers, by name for everybody when the paper names them."""
        return self._supported(f"main-point-{point.id}", point, is_named=is_named)

    def recommendation(self, row: RecommendationSummary, *, is_named: bool) -> str:
        return self._supported(f"recommendation-{row.id}", row, is_named=is_named)

    def theme(self, row: ThemeSaid, question: Question) -> str:
        """Enter how many suppliers say something of a theme in their answers to a question."""
        key, about = f"theme-{row.theme.pk}-question-{question.pk}", {"question_id": question.pk}
        return self._enter(key, lambda: self._support_entry(row.theme.name, row.support, question.round_id, **about))

    def rating(self, row: StatementResult, told: Distribution) -> str:
        """Enter what the suppliers together say to a statement."""
        key = f"rating-{row.statement.pk}"
        return self._enter(key, lambda: _rating_entry(row.statement, told))

    def rated(self, found: Evaluation) -> str:
        """Enter how many suppliers rate the municipality. Nobody is told who they are."""
        values = {"suppliers": found.rated, "answered": found.asked}
        label, internal = f"Vurdering af kommunen: {found.round.title}", {"round_id": found.round.pk}
        return self._enter(f"evaluation-{found.round.pk}", lambda: _entry("rating", label, values, internal))

    def respondents(self, found: Respondents) -> str:
        """Enter who answered a round."""
        return self._enter(f"respondents-{found.round.pk}", lambda: _respondents_entry(found))

    def question(self, question: Question, asked: AskedSuppliers) -> str:
        """Enter who was asked a question, and what came of it."""
        return self._enter(f"question-{question.pk}", lambda: _question_entry(question, asked))

    def discussed(self, found: Discussed) -> str:
        """Enter with whom the reports of a round are talked over."""
        return self._enter(f"discussed-{found.round.pk}", lambda: _discussed_entry(found))

    def discussion(self, row: DiscussionSummary) -> str:
        """Enter one talk with a supplier."""
        label = f"Drøftelse den {formats.day(row.held_on)}"
        internal = {"groups": _groups(("Leverandør", (row.supplier,))), "report_id": row.report_id}
        return self._enter(f"discussion-{row.report_id}", lambda: _entry("suppliers", label, {}, internal))

    def quote(self, quote: Quote, *, is_named: bool) -> str:
        key = self._enter(f"excerpt-{quote.excerpt_id}", lambda: quote_entry(quote))
        if is_named:
            self.entries[key]["label"] = quote.supplier.name
        return key

    def _supported(self, key: str, row: MainPointSummary | RecommendationSummary, *, is_named: bool) -> str:
        self._enter(key, lambda: self._support_entry(row.heading, row.support, row.round_id))
        if is_named:
            self.entries[key]["suppliers"] = list(row.support.supplier_names)
        return key

    def _support_entry(self, heading: str, support: Support, round_id: int, **about: int) -> Entry:
        names = {
            "answered": support.answered,
            "not_applicable": support.not_applicable,
            "did_not_answer": support.did_not_answer,
            "not_accepted": support.not_accepted,
        }
        internal: dict[str, Any] = {
            name: [supplier.name for supplier in suppliers] for name, suppliers in names.items()
        }
        internal |= {"suppliers": list(support.supplier_names), "excerpt_ids": list(support.excerpt_ids)}
        internal |= {"passages": self._passages(support.excerpt_ids), "round_id": round_id, **about}
        return _entry("supplier_count", heading, {"suppliers": support.n, "answered": support.m}, internal)

    def _passages(self, excerpt_ids: Iterable[int]) -> list[dict[str, Any]]:
        """Return what the suppliers wrote, so that the count can be followed to it whatever is coded anew."""
        return [_passage(self.passages[pk]) for pk in excerpt_ids if pk in self.passages]

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
            **_where(quote),
        },
    }


def _passage(quote: Quote) -> dict[str, Any]:
    return {"supplier": quote.supplier.name, "text": quote.text, "question": quote.question_wording, **_where(quote)}


def _where(quote: Quote) -> dict[str, int]:
    return {"report_id": quote.report_id, "version": quote.version_number, "answer_id": quote.answer_id}


def _rating_entry(statement: EvaluationStatement, told: Distribution) -> Entry:
    counts = {f"score_{score}": count for score, count in zip(SCALE, told.counts, strict=True)}
    values = {"suppliers": told.agreeing, "answered": told.n, **counts}
    return _entry("rating", statement.wording, values, {"round_id": statement.round_id})


def _respondents_entry(found: Respondents) -> Entry:
    parts = (
        ("Erfaringsopsamlingen er godkendt", found.accepted),
        ("Uden erfaringer at fortælle om", found.without_experience),
        ("Afleveret, men ikke godkendt", found.not_accepted),
        ("Ikke afleveret", found.missing),
    )
    values = {
        "suppliers": len(found.accepted),
        "asked": len(found.owed),
        "without_experience": len(found.without_experience),
        "not_accepted": len(found.not_accepted),
        "missing": len(found.missing),
    }
    return _entry("suppliers", found.round.title, values, {"groups": _groups(*parts), "round_id": found.round.pk})


def _question_entry(question: Question, asked: AskedSuppliers) -> Entry:
    parts = (
        ("Har svaret", asked.answered),
        ("Spørgsmålet er ikke relevant", asked.not_applicable),
        ("Har ikke svaret", asked.did_not_answer),
        ("Erfaringsopsamlingen er ikke godkendt", asked.not_accepted),
    )
    values = {
        "suppliers": len(asked.answered),
        "asked": len(asked.everybody),
        "not_applicable": len(asked.not_applicable),
        "did_not_answer": len(asked.did_not_answer),
        "not_accepted": len(asked.not_accepted),
    }
    about = {"round_id": question.round_id, "question_id": question.pk}
    return _entry("suppliers", question.wording, values, {"groups": _groups(*parts), **about})


def _discussed_entry(found: Discussed) -> Entry:
    values = {"suppliers": len(found.talked_with), "asked": len(found.accepted)}
    parts = (("Drøftet med", found.talked_with), ("Ikke drøftet endnu", found.not_yet))
    return _entry("suppliers", found.round.title, values, {"groups": _groups(*parts), "round_id": found.round.pk})


def _groups(*parts: tuple[str, Iterable[SupplierRef]]) -> list[list[Any]]:
    """Return who stands in each part, those that hold anybody; as lists, since entries are stored as JSON."""
    named = [[label, [supplier.name for supplier in suppliers]] for label, suppliers in parts]
    return [part for part in named if part[1]]


def _entry(kind: str, label: str, values: dict[str, int], internal: dict[str, Any]) -> Entry:
    return {"kind": kind, "label": label, "values": values, "hidden_values": [], "internal": internal}
