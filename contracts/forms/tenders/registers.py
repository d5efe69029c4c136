"""Forms of the registers of tendered lots and bids: one is told from another by its tender."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from contracts.models import TenderLot
from contracts.services.tenders.bids import TAKES_BIDS
from records.forms import RecordChangeForm, RecordForm


class _OfOpenTenders:
    """Offers the lots of tenders that take bids, by the tender's name and their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("tender_lot")  # type: ignore[attr-defined]
        if field is not None:
            held = Q(pk=self.instance.tender_lot_id)  # type: ignore[attr-defined]
            lots = field.queryset.filter(Q(tender__state__in=TAKES_BIDS) | held)
            field.queryset = lots.select_related("tender")
            field.label_from_instance = label_of


class BidForm(_OfOpenTenders, RecordForm):
    pass


class BidChangeForm(_OfOpenTenders, RecordChangeForm):
    pass


def label_of(lot: TenderLot) -> str:
    return f"{lot.tender}: {lot}"
