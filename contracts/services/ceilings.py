"""Keep the month in which a ceiling was reached, of frameworks and of lots."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.burn_down import MonthSpend
from contracts.forecast import reached_in
from contracts.models import Contract, FrameworkAgreement, Lot
from contracts.queries.spend import added, lot_months
from contracts.services.alarms import ceiling_is_free, tell_of_ceiling
from records.services import attribute_change


def refresh_ceilings(framework: FrameworkAgreement, *, by: User | None) -> None:
    """Store when the ceilings of a framework and its lots were reached, where that has changed; three queries."""
    refresh_all_ceilings([framework.pk], by=by)
    framework.refresh_from_db(fields=["ceiling_reached_in"])


@transaction.atomic
def refresh_all_ceilings(framework_ids: Iterable[int], *, by: User | None) -> list[FrameworkAgreement | Lot]:
    """Store when ceilings were reached and return what changed; the number of queries grows with the changes alone."""
    frameworks = list(FrameworkAgreement.objects.select_for_update().filter(pk__in=framework_ids).order_by("pk"))
    lots = list(Lot.objects.select_for_update(of=("self",)).filter(framework__in=frameworks).order_by("pk"))
    spent = SpentByMonth([framework.pk for framework in frameworks])
    wanted = [(framework, spent.of_framework(framework.pk)) for framework in frameworks]
    wanted += [(lot, spent.of_lot(lot.pk)) for lot in lots]
    return [record for record, months in wanted if _store(record, reached_in(months, record.ceiling_dkk), by=by)]


def ceiling_month(record: FrameworkAgreement | Lot) -> dt.date | None:
    """Return when the ceiling was reached by what is stored; one query, none for a new record or without a ceiling."""
    if record.pk is None or record.ceiling_dkk is None:
        return None
    framework_id = record.pk if isinstance(record, FrameworkAgreement) else record.framework_id
    spent = SpentByMonth([framework_id])
    months = spent.of_framework(record.pk) if isinstance(record, FrameworkAgreement) else spent.of_lot(record.pk)
    return reached_in(months, record.ceiling_dkk)


def announce(record: FrameworkAgreement | Lot, *, before: dt.date | None, by: User | None) -> None:
    """Tell people when a ceiling has become used up, or has become free again, by the change that was just stored."""
    if before is None and record.ceiling_reached_in is not None:
        tell_of_ceiling(record, by=by)
    elif before is not None and record.ceiling_reached_in is None:
        ceiling_is_free(record)


def refresh_moved(record: Contract | Lot, *, before: int | None, after: int, by: User | None) -> None:
    """Refresh the ceilings of the frameworks that spend has moved between, when a contract or lot was moved."""
    if before is None or before == after:
        return
    ids = {before, after}
    if isinstance(record, Contract):
        ids = set(Lot.objects.filter(pk__in=ids).values_list("framework", flat=True))
    refresh_all_ceilings(ids, by=by)


class SpentByMonth:
    """What counts as bought in each lot and framework, or in all of them, month by month; one query."""

    def __init__(self, framework_ids: list[int] | None = None) -> None:
        self._lots: defaultdict[int, list[MonthSpend]] = defaultdict(list)
        self._frameworks: defaultdict[int, list[MonthSpend]] = defaultdict(list)
        for row in lot_months(framework_ids):
            self._lots[row.lot_id].append(row.spend)
            self._frameworks[row.framework_id].append(row.spend)

    def of_lot(self, pk: int) -> list[MonthSpend]:
        return self._lots[pk]

    def of_framework(self, pk: int) -> list[MonthSpend]:
        return added(self._frameworks[pk])


def _store(record: FrameworkAgreement | Lot, month: dt.date | None, *, by: User | None) -> bool:
    if record.ceiling_reached_in == month:
        return False
    before, record.ceiling_reached_in = record.ceiling_reached_in, month
    reason = _("The ceiling is used up.") if month else _("The ceiling is not used up any more.")
    attribute_change(record, reason=reason, by=by)
    record.save(update_fields=["ceiling_reached_in"])
    announce(record, before=before, by=by)
    return True
