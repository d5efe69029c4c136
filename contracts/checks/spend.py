"""What counts of spend is the newest that is not withdrawn, and the ceilings' months are those that it gives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.db.models import Exists, OuterRef, Q
from django.utils import formats
from django.utils.translation import gettext as _

from contracts.forecast import reached_in
from contracts.models import FrameworkAgreement, Lot, Spend
from contracts.services.ceilings import SpentByMonth
from records.checks import Problem

MONTH_FORMAT = "F Y"


def check_current_spend() -> Iterator[Problem]:
    """Find rows of spend that count and should not, or should and do not; two queries."""
    newer = Exists(
        Spend.objects.filter(
            contract=OuterRef("contract"),
            month=OuterRef("month"),
            delivery__withdrawn_at=None,
            delivery__gt=OuterRef("delivery"),
        )
    )
    rows = Spend.objects.select_related("contract__supplier").order_by("pk")
    out_of_use = Q(delivery__withdrawn_at__isnull=False) | newer
    for row in rows.filter(out_of_use, is_current=True).iterator():
        yield _wrong(row, _("%(month)s counts, though its delivery is withdrawn or a newer one has the same month."))
    for row in rows.exclude(out_of_use).filter(is_current=False).iterator():
        yield _wrong(row, _("%(month)s does not count, though no newer delivery has the same month."))


def check_ceilings() -> Iterator[Problem]:
    """Find ceilings whose month is another than the spend gives; three queries."""
    spent = SpentByMonth()
    frameworks = ((one, spent.of_framework(one.pk)) for one in FrameworkAgreement.objects.order_by("pk"))
    lots = ((one, spent.of_lot(one.pk)) for one in Lot.objects.order_by("pk"))
    for record, months in chain(frameworks, lots):
        right = reached_in(months, record.ceiling_dkk)
        if record.ceiling_reached_in != right:
            yield Problem(
                record,
                _(
                    "The ceiling is stored as reached in %(stored)s, but the spend gives %(right)s. Save the record again."
                )
                % {"stored": _month(record.ceiling_reached_in), "right": _month(right)},
            )


def _wrong(row: Spend, message: str) -> Problem:
    return Problem(row, message % {"month": f"{row.contract} {_month(row.month)}"})


def _month(month: object) -> str:
    return formats.date_format(month, MONTH_FORMAT) if month else "–"  # type: ignore[arg-type]
