"""What the municipality buys, and from whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.queries.reports import newest_reports
from contracts.models import Contract, FrameworkAgreement
from contracts.validity import signed_by


@dataclass(frozen=True)
class SupplierLink:
    """A supplier by name, with the address of its newest public report; empty when it has none."""

    name: str
    url: str


@dataclass(frozen=True)
class LotRow:
    name: str
    target_groups: tuple[str, ...]
    services: tuple[str, ...]
    suppliers: tuple[str, ...]
    links: tuple[SupplierLink, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class FrameworkRow:
    """A framework agreement as the public may know it: what is bought, and from whom."""

    name: str
    starts_on: dt.date
    ends_on: dt.date | None
    is_running: bool
    is_over: bool
    lots: tuple[LotRow, ...]


@dataclass(frozen=True)
class Overview:
    frameworks: tuple[FrameworkRow, ...]
    as_of: dt.date

    @property
    def running_count(self) -> int:
        return sum(each.is_running for each in self.frameworks)

    @property
    def lot_count(self) -> int:
        return sum(len(each.lots) for each in self.frameworks)

    @property
    def supplier_count(self) -> int:
        return len({name for each in self.frameworks for lot in each.lots for name in lot.suppliers})


def framework_overview(*, today: dt.date | None = None) -> Overview:
    """Return every framework agreement with its lots and suppliers, running ones first; five queries however many."""
    day = today or timezone.localdate()
    suppliers = _suppliers_by_lot(day, newest_reports())
    frameworks = FrameworkAgreement.objects.prefetch_related("lots__target_groups", "lots__services")
    rows = [_framework_row(each, suppliers, day) for each in frameworks]
    return Overview(tuple(sorted(rows, key=lambda row: (not row.is_running, row.name))), day)


def _framework_row(
    framework: FrameworkAgreement, suppliers: dict[int, list[SupplierLink]], day: dt.date
) -> FrameworkRow:
    lots = (
        LotRow(
            name=lot.name,
            target_groups=tuple(group.name for group in lot.target_groups.all()),
            services=tuple(service.name for service in lot.services.all()),
            suppliers=tuple(dict.fromkeys(each.name for each in suppliers.get(lot.pk, []))),
            links=tuple(dict.fromkeys(suppliers.get(lot.pk, []))),
        )
        for lot in framework.lots.all()
    )
    end = framework.effective_ends_on
    is_over = end is not None and end < day
    return FrameworkRow(
        name=framework.name,
        starts_on=framework.starts_on,
        ends_on=end,
        is_running=framework.starts_on <= day and not is_over,
        is_over=is_over,
        lots=tuple(lots),
    )


def _suppliers_by_lot(day: dt.date, reports: dict[int, str]) -> dict[int, list[SupplierLink]]:
    """Return who works in each lot that day; under a framework that is over, who worked there until it ended."""
    found: dict[int, list[SupplierLink]] = {}
    for lot, pk, name in _public_contracts(day).values_list("lot_id", "supplier_id", "supplier__name"):
        found.setdefault(lot, []).append(SupplierLink(name, reports.get(pk, "")))
    return found


def _public_contracts(day: dt.date) -> QuerySet[Contract]:
    """Leave out what is not signed yet, and what has ended before its framework."""
    over = Q(lot__framework__effective_ends_on__lt=day)
    running = Q(effective_ends_on__isnull=True) | Q(effective_ends_on__gte=day)
    return Contract.objects.filter(signed_by(day) & (over | running)).order_by("supplier__name")
