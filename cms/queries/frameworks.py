"""What the municipality buys, and from whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from contracts.models import Contract, FrameworkAgreement


@dataclass(frozen=True)
class LotRow:
    name: str
    target_groups: tuple[str, ...]
    services: tuple[str, ...]
    suppliers: tuple[str, ...]


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
    """Return every framework agreement with its lots and suppliers, running ones first; four queries however many."""
    day = today or timezone.localdate()
    suppliers = _suppliers_by_lot()
    frameworks = FrameworkAgreement.objects.prefetch_related("lots__target_groups", "lots__services")
    rows = [_framework_row(each, suppliers, day) for each in frameworks]
    return Overview(tuple(sorted(rows, key=lambda row: (not row.is_running, row.name))), day)


def _framework_row(framework: FrameworkAgreement, suppliers: dict[int, list[str]], day: dt.date) -> FrameworkRow:
    lots = (
        LotRow(
            name=lot.name,
            target_groups=tuple(group.name for group in lot.target_groups.all()),
            services=tuple(service.name for service in lot.services.all()),
            suppliers=tuple(dict.fromkeys(suppliers.get(lot.pk, []))),
        )
        for lot in framework.lots.all()
    )
    is_over = framework.ends_on is not None and framework.ends_on < day
    return FrameworkRow(
        name=framework.name,
        starts_on=framework.starts_on,
        ends_on=framework.ends_on,
        is_running=framework.starts_on <= day and not is_over,
        is_over=is_over,
        lots=tuple(lots),
    )


def _suppliers_by_lot() -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for lot, name in Contract.objects.order_by("supplier__name").values_list("lot_id", "supplier__name"):
        names.setdefault(lot, []).append(name)
    return names
