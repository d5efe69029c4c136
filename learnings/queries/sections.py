"""What a supplier is asked in a round: the general questions, then those for each of its target groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from contracts.models import Lot, TargetGroup
from learnings.models import ExperienceReport, Question, Round
from learnings.queries.who import owing_contracts, target_groups_of
from suppliers.models import Supplier

GENERAL = "alle"


@dataclass(frozen=True)
class Section:
    """A part of a report, a page of its own in the portal; `target_group` None holds the general questions."""

    target_group: TargetGroup | None
    questions: tuple[Question, ...]

    @property
    def key(self) -> str:
        """Return what names the section in an address; the same however the questions are ordered."""
        return self.target_group.code if self.target_group else GENERAL


def questions_for(report: ExperienceReport) -> list[Question]:
    """Return the questions that the supplier is asked, in the order in which they stand in its report; 2 queries."""
    return questions_of(report.round, report.supplier)


def questions_of(round: Round, supplier: Supplier) -> list[Question]:
    """Return the questions that a supplier is asked, or would be, in the order of its report; 2 queries."""
    groups = target_groups_of(round, supplier)
    asked = Q(target_group__isnull=True) | Q(target_group__in=groups)
    return in_sections(round.questions.asked().filter(asked).select_related("target_group"))


def question_for(report: ExperienceReport, question_id: int) -> Question | None:
    """Return one of the questions that the supplier is asked, None for any other; 1 query, 2 for a target group's."""
    question = report.round.questions.asked().filter(pk=question_id).first()
    if question is None or question.target_group_id is None:
        return question
    return question if question.target_group_id in target_groups_of(report.round, report.supplier) else None


def in_sections(questions: Iterable[Question]) -> list[Question]:
    """Return questions in the order of a report: general ones first, then target group by target group."""
    return sorted(questions, key=place_in_report)


def place_in_report(question: Question) -> tuple[bool, str, int, int, int]:
    """Return what questions, and answers to them, are sorted by in a report; no query once the target groups are there."""
    group = question.target_group
    return (group is not None, group.name if group else "", group.pk if group else 0, question.order, question.pk)


def sections(questions: Iterable[Question]) -> tuple[Section, ...]:
    """Return the sections that the questions make up, in their order; no query."""
    grouped = groupby(in_sections(questions), key=lambda question: question.target_group)
    return tuple(Section(group, tuple(rows)) for group, rows in grouped)


def sections_of(report: ExperienceReport) -> tuple[Section, ...]:
    """Return the sections of a supplier's report; 2 queries."""
    return sections(questions_for(report))


def owing_lots(round: Round) -> dict[int, list[Lot]]:
    """Return the lots for which each supplier owes a report, by supplier id; 3 queries."""
    found: dict[int, list[Lot]] = defaultdict(list)
    contracts: QuerySet = owing_contracts(round).select_related("lot__framework")
    for contract in contracts.prefetch_related("lot__target_groups").order_by("lot__framework", "lot"):
        if contract.lot not in found[contract.supplier_id]:
            found[contract.supplier_id].append(contract.lot)
    return dict(found)
