"""What each supplier would be asked: for the dress rehearsal of a round."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.models import Lot
from learnings.models import EvaluationStatement, Question, Round
from learnings.queries.evaluation import statements_of
from learnings.queries.sections import Section, owing_lots, sections
from learnings.queries.who import owing_suppliers
from learnings.rules import expected_minutes
from suppliers.models import Supplier


@dataclass(frozen=True)
class RehearsalRow:
    """A supplier with the lots for which it owes a report, and what it is asked because of them."""

    supplier: Supplier
    lots: tuple[Lot, ...]
    sections: tuple[Section, ...]
    statements: tuple[EvaluationStatement, ...]

    @property
    def questions(self) -> list[Question]:
        return [question for section in self.sections for question in section.questions]

    @property
    def question_count(self) -> int:
        return len(self.questions)

    @property
    def minutes(self) -> int:
        return expected_minutes(question.word_limit for question in self.questions)


def rehearsal_rows(round: Round) -> list[RehearsalRow]:
    """Return a row for each supplier that owes a report, by name; 5 queries however many."""
    lots = owing_lots(round)
    questions = list(round.questions.asked().select_related("target_group"))
    rated = tuple(statements_of(round))
    return [_row(supplier, lots.get(supplier.pk, []), questions, rated) for supplier in owing_suppliers(round)]


def _row(
    supplier: Supplier, lots: list[Lot], questions: list[Question], statements: tuple[EvaluationStatement, ...]
) -> RehearsalRow:
    groups = {group.pk for lot in lots for group in lot.target_groups.all()}
    asked = [row for row in questions if row.target_group_id is None or row.target_group_id in groups]
    return RehearsalRow(supplier=supplier, lots=tuple(lots), sections=sections(asked), statements=statements)
