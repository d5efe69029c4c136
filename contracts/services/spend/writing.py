"""Write a delivery of spend, and say which of all deliveries' rows count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from accounts.models import User
from contracts.models import FrameworkAgreement, Spend, SpendDelivery
from contracts.services.spend.checking import SpendRow
from records.services import save_record
from records.sheets.reading import SourceFile

BATCH = 1000


def lock_spend() -> None:
    """Make whoever changes what counts wait for each other, so that two cannot take the place of the same rows."""
    list(FrameworkAgreement.objects.select_for_update().order_by("pk").values_list("pk"))


def write_delivery(
    source_file: SourceFile, rows: Iterable[SpendRow], *, source: str, extracted_on: dt.date, note: str, by: User | None
) -> SpendDelivery:
    """Save the delivery with its history and all its rows. The caller holds the transaction and the locks."""
    delivery = SpendDelivery(
        source=source,
        file_name=source_file.name[-200:],
        sha256=source_file.sha256,
        extracted_on=extracted_on,
        note=note,
        imported_by=by,
    )
    save_record(delivery, by=by)
    Spend.objects.bulk_create(
        (
            Spend(
                delivery=delivery,
                contract_id=row.contract.pk,
                month=row.month,
                amount_dkk=row.amount_dkk,
                referrals=row.referrals,
                is_current=False,
            )
            for row in rows
        ),
        batch_size=BATCH,
    )
    settle(delivery)
    return delivery


def settle(delivery: SpendDelivery) -> None:
    """Let the newest row that is not withdrawn count, for each contract and month that the delivery has; two statements."""
    same = {"contract": OuterRef("contract"), "month": OuterRef("month")}
    touched = Spend.objects.filter(Exists(delivery.rows.filter(**same)))
    newer = Spend.objects.filter(**same, delivery__withdrawn_at=None, delivery__gt=OuterRef("delivery"))
    touched.filter(is_current=True).update(is_current=False)
    touched.filter(~Exists(newer), delivery__withdrawn_at=None).update(is_current=True)
