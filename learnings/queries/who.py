"""Who takes part in a round: which suppliers owe a report, what each is asked, and who has handed in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from contracts.models import Contract
from contracts.queries.experience_reports import reports_due
from learnings.enums import Counted
from learnings.models import ReportVersion, Round
from suppliers.models import Supplier


@dataclass(frozen=True, order=True)
class SupplierRef:
    """A supplier by name and id; sorts by name."""

    name: str
    id: int


@dataclass(frozen=True)
class Scope:
    """Those suppliers only who have a contract in the lot, or whose lots serve the target group; None is all."""

    lot_id: int | None = None
    target_group_id: int | None = None


EVERYBODY = Scope()


@dataclass(frozen=True)
class RoundSummary:
    """Who owes a report in a round, who has handed it in, and whose newest version is accepted."""

    owed: tuple[SupplierRef, ...]
    submitted: tuple[SupplierRef, ...]
    missing: tuple[SupplierRef, ...]
    accepted: tuple[SupplierRef, ...] = ()

    @property
    def not_accepted(self) -> tuple[SupplierRef, ...]:
        """Return who has handed in a report that waits to be accepted, or was sent back."""
        return tuple(row for row in self.submitted if row not in self.accepted)

    def counted(self, counted: Counted) -> tuple[SupplierRef, ...]:
        return self.submitted if counted == Counted.HANDED_IN else self.accepted


def ref(supplier: Supplier) -> SupplierRef:
    """Return the supplier as it stands today: what was said under an old name counts as its survivor's, once."""
    return SupplierRef(name=supplier.survivor.name, id=supplier.survivor_id)


def owing_contracts(round: Round) -> QuerySet[Contract]:
    """Return the contracts that ask for an experience report in the year in which the round closes.

    What is waived is not owed. The obligation may have come from a set on the lot or stand on the contract alone.
    """
    return Contract.objects.filter(pk__in=reports_due(round.closes_on.year).order_by().values("obligation__contract"))


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


def target_groups_of(round: Round, supplier: Supplier) -> set[int]:
    """Return the ids of the target groups that the lots serve for which a supplier owes a report; one query."""
    owing = owing_contracts(round).filter(supplier=supplier.survivor_id).order_by()
    return set(owing.values_list("lot__target_groups", flat=True)) - {None}


def lots_by_supplier(round: Round) -> dict[int, set[int]]:
    """Return the ids of the lots that each owing supplier has contracts in, by supplier id; one query."""
    lots: dict[int, set[int]] = defaultdict(set)
    for supplier_id, lot_id in owing_contracts(round).values_list("supplier_id", "lot_id").order_by():
        lots[supplier_id].add(lot_id)
    return dict(lots)


def round_summary(round: Round) -> RoundSummary:
    """Return who owes a report and who has submitted one, also a supplier whose contract has since ended; 2 queries."""
    owing = {ref(supplier) for supplier in owing_suppliers(round)}
    newest = ReportVersion.objects.newest().filter(report__round=round)
    handed_in = list(newest.select_related("review", "report__supplier__merged_into"))
    submitted = {ref(version.report.supplier) for version in handed_in}
    owed = owing | submitted
    return RoundSummary(
        owed=tuple(sorted(owed)),
        submitted=tuple(sorted(submitted)),
        missing=tuple(sorted(owed - submitted)),
        accepted=tuple(sorted({ref(version.report.supplier) for version in handed_in if version.is_accepted})),
    )
