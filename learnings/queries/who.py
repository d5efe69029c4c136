"""Who takes part in a round: which suppliers owe a report, what each is asked, and who has handed in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from contracts.models import Contract
from learnings.models import ExperienceReport, Question, ReportVersion, Round
from suppliers.models import Supplier


@dataclass(frozen=True, order=True)
class SupplierRef:
    """A supplier by name and id; sorts by name."""

    name: str
    id: int


@dataclass(frozen=True)
class RoundSummary:
    """Who owes a report in a round and who has handed it in."""

    owed: tuple[SupplierRef, ...]
    submitted: tuple[SupplierRef, ...]
    missing: tuple[SupplierRef, ...]


def ref(supplier: Supplier) -> SupplierRef:
    return SupplierRef(name=supplier.name, id=supplier.pk)


def owing_contracts(round: Round) -> QuerySet[Contract]:
    """Return the contracts that ran on some day of the round; an open end follows the framework's, or is open too."""
    ended = Q(ends_on__lt=round.opens_on) | Q(ends_on__isnull=True, lot__framework__ends_on__lt=round.opens_on)
    return Contract.objects.filter(starts_on__lte=round.closes_on).exclude(ended)


def owing_suppliers(round: Round) -> list[Supplier]:
    """Return each supplier that owes a report, once however many lots it has contracts in; one query."""
    return list(Supplier.objects.filter(contracts__in=owing_contracts(round)).distinct().order_by("name"))


def target_groups_by_supplier(round: Round) -> dict[int, set[int]]:
    """Return the ids of the target groups that each owing supplier's lots serve, by supplier id; one query."""
    groups: dict[int, set[int]] = defaultdict(set)
    pairs = owing_contracts(round).values_list("supplier_id", "lot__target_groups")
    for supplier_id, group_id in pairs.order_by():
        groups[supplier_id] |= {group_id} - {None}
    return dict(groups)


def questions_for(report: ExperienceReport) -> list[Question]:
    """Return the questions that the supplier is asked: the general ones and those for its lots' target groups."""
    groups = target_groups_by_supplier(report.round).get(report.supplier_id, set())
    asked = Q(target_group__isnull=True) | Q(target_group__in=groups)
    return list(report.round.questions.filter(asked).select_related("target_group"))


def round_summary(round: Round) -> RoundSummary:
    """Return who owes a report and who has submitted one, also a supplier whose contract has since ended; 2 queries."""
    owing = {ref(supplier) for supplier in owing_suppliers(round)}
    reports = ExperienceReport.objects.filter(round=round, versions__in=ReportVersion.objects.submitted())
    submitted = {ref(report.supplier) for report in reports.select_related("supplier").distinct()}
    owed = owing | submitted
    return RoundSummary(
        owed=tuple(sorted(owed)), submitted=tuple(sorted(submitted)), missing=tuple(sorted(owed - submitted))
    )
