"""Write a delivery and its observations. Everything or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from accounts.models import User
from records.services import save_record
from records.sheets.reading import SourceFile
from results.models import Delivery, Observation

BATCH = 500


def write_delivery(
    source_file: SourceFile,
    figures: Sequence[Observation],
    *,
    source: str,
    extracted_on: dt.date,
    is_validated: bool,
    supersedes_id: int | None,
    note: str,
    by: User | None,
) -> Delivery:
    """Save the delivery with its history and all its figures. The caller holds the transaction and the locks."""
    delivery = Delivery(
        file_name=source_file.name[-255:],
        sha256=source_file.sha256,
        size_bytes=source_file.size_bytes,
        source=source,
        extracted_on=extracted_on,
        is_validated=is_validated,
        supersedes_id=supersedes_id,
        note=note,
        imported_by=by,
    )
    save_record(delivery, by=by)
    for figure in figures:
        figure.delivery = delivery
    Observation.objects.bulk_create(figures, batch_size=BATCH)
    return delivery
