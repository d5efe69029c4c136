"""Say what an import will change: months that are new, those that are corrected, and ceilings that are passed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db import models
from django.db.models import Sum
from django.utils.translation import pgettext_lazy

from contracts.models import FrameworkAgreement, Lot, Spend
from contracts.queries.spend import exact
from contracts.services.spend.checking import SpendRow


class ChangeKind(models.TextChoices):
    """What happens to a month."""

    NEW = "new", pgettext_lazy("months", "New")
    CHANGED = "replaced", pgettext_lazy("months", "Corrected")
    UNCHANGED = "unchanged", pgettext_lazy("months", "Unchanged")


class Figures(NamedTuple):
    """What is stored for a contract's month."""

    amount_dkk: Decimal
    referrals: int | None


@dataclass(frozen=True)
class SpendChange:
    """One month before and after; `before` is None for a new one."""

    row: SpendRow
    before: Figures | None

    @property
    def after(self) -> Figures:
        return Figures(self.row.amount_dkk, self.row.referrals)

    @property
    def kind(self) -> ChangeKind:
        if self.before is None:
            return ChangeKind.NEW
        return ChangeKind.UNCHANGED if self.before == self.after else ChangeKind.CHANGED


@dataclass(frozen=True)
class Alarm:
    """A ceiling that is passed once the file is imported. Nothing is refused for it."""

    agreement: FrameworkAgreement | Lot
    ceiling_dkk: Decimal
    spent_before_dkk: Decimal
    spent_after_dkk: Decimal

    @property
    def over_dkk(self) -> Decimal:
        return self.spent_after_dkk - self.ceiling_dkk

    @property
    def is_new(self) -> bool:
        """Tell whether it is this file that brings the spending above the ceiling."""
        return self.spent_before_dkk <= self.ceiling_dkk


def compare(rows: Sequence[SpendRow]) -> list[SpendChange]:
    """Return a change for each row; one query."""
    if not rows:
        return []
    stored = Spend.objects.current().filter(
        month__gte=min(row.month for row in rows), month__lte=max(row.month for row in rows)
    )
    columns = stored.order_by().values_list("contract_id", "month", "amount_dkk", "referrals")
    before: dict[tuple[int, dt.date], Figures] = {
        (contract_id, month): Figures(amount, referrals)
        for contract_id, month, amount, referrals in columns.iterator(chunk_size=2000)
    }
    return [SpendChange(row, before.get((row.contract.pk, row.month))) for row in rows]


def alarms(changes: Iterable[SpendChange]) -> list[Alarm]:
    """Return the ceilings that the spending is above when the changes are made; three queries."""
    added: dict[type[models.Model], defaultdict[int, Decimal]] = {
        FrameworkAgreement: defaultdict(Decimal),
        Lot: defaultdict(Decimal),
    }
    for change in changes:
        difference = change.after.amount_dkk - (change.before.amount_dkk if change.before else 0)
        added[FrameworkAgreement][change.row.contract.framework_id] += difference
        added[Lot][change.row.contract.lot_id] += difference
    spent = _spent_by_lot(added[FrameworkAgreement])
    totals: defaultdict[int, Decimal] = defaultdict(Decimal)
    for framework_id, _lot_id, amount in spent:
        totals[framework_id] += amount
    frameworks = FrameworkAgreement.objects.filter(pk__in=added[FrameworkAgreement], ceiling_dkk__isnull=False)
    lots = Lot.objects.filter(pk__in=added[Lot], ceiling_dkk__isnull=False)
    by_lot = {lot_id: amount for _framework_id, lot_id, amount in spent}
    found = [_alarm(one, totals[one.pk], added[FrameworkAgreement][one.pk]) for one in frameworks]
    found += [_alarm(one, by_lot.get(one.pk, Decimal(0)), added[Lot][one.pk]) for one in lots]
    return [alarm for alarm in found if alarm.over_dkk > 0]


def _spent_by_lot(framework_ids: Iterable[int]) -> list[tuple[int, int, Decimal]]:
    rows = Spend.objects.current().filter(contract__lot__framework__in=list(framework_ids)).order_by()
    sums = rows.values_list("contract__lot__framework_id", "contract__lot_id").annotate(amount=Sum("amount_dkk"))
    return [(framework_id, lot_id, exact(amount)) for framework_id, lot_id, amount in sums]


def _alarm(agreement: FrameworkAgreement | Lot, spent: Decimal, added: Decimal) -> Alarm:
    ceiling = agreement.ceiling_dkk or Decimal(0)
    return Alarm(agreement, ceiling_dkk=ceiling, spent_before_dkk=spent, spent_after_dkk=spent + added)
