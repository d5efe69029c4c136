"""Who answered a round, who did not, and who has nothing to tell yet: what a paper about it begins with."""

from __future__ import annotations

from dataclasses import dataclass

from learnings.models import Question, Round
from learnings.queries.panel import Panel
from learnings.queries.sections import in_sections
from learnings.queries.who import SupplierRef


@dataclass(frozen=True)
class Respondents:
    """Everybody who owes a report is in one of `accepted`, `not_accepted` and `missing`.

    `without_experience` are among the accepted: they say of every question that it does not apply to them. `general` and
    `for_groups` are what was asked.
    """

    round: Round
    owed: tuple[SupplierRef, ...]
    accepted: tuple[SupplierRef, ...]
    not_accepted: tuple[SupplierRef, ...]
    missing: tuple[SupplierRef, ...]
    without_experience: tuple[SupplierRef, ...]
    general: tuple[Question, ...]
    for_groups: tuple[Question, ...]


def respondents(round: Round) -> Respondents:
    """Return who answered, with the questions that they were asked; 4 queries."""
    panel = Panel(round)
    asked = in_sections(round.questions.asked().select_related("target_group"))
    return Respondents(
        round=round,
        owed=panel.summary.owed,
        accepted=panel.summary.accepted,
        not_accepted=panel.summary.not_accepted,
        missing=panel.summary.missing,
        without_experience=panel.without_experience(),
        general=tuple(question for question in asked if question.target_group is None),
        for_groups=tuple(question for question in asked if question.target_group is not None),
    )
