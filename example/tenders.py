"""The tenders of the example: one that led to a framework, and one that runs. Brought where they stand by the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from committees.models import CommitteeMeeting, Decision
from contracts.enums import CriterionKind, Phase
from contracts.models import Bid, Contract, FrameworkAgreement, Lot, Service, TargetGroup, Tender, TenderLot
from contracts.services.tenders import (
    CriterionRow,
    PlanRow,
    Score,
    begin_phase,
    choose_winners,
    exclude_bid,
    finish_phase,
    link_award,
    save_bid,
    save_criteria,
    save_plan,
    save_scores,
    save_tender,
    save_tender_lot,
)
from example import files, people
from suppliers.models import Supplier

Row = Mapping[str, Any]
COPIED = (
    "name", "regime", "responsible_unit", "estimated_value_dkk", "ceiling_dkk", "contracts_start_on", "contracts_end_on",
    "option_count", "option_months", "notice_months", "f2_case_number", "edoc_case_number", "note",
)  # fmt: skip


def load(*, by: User | None) -> None:
    """Load `tenders.toml`; a tender that is there stays as it is."""
    for code, row in files.read("tenders")["tenders"].items():
        if not Tender.objects.filter(code=code).exists():
            _Telling(_tender(code, row, by=by), row, by=by).tell()


def _tender(code: str, row: Row, *, by: User | None) -> Tender:
    tender = Tender(
        code=code,
        responsible=people.user(row["responsible"]),
        predecessor_framework=FrameworkAgreement.objects.filter(code=row["predecessor"]).first(),
        **{name: row[name] for name in COPIED},
    )
    meetings = [
        CommitteeMeeting.objects.get(committee__code=meeting["committee"], held_on=meeting["held_on"])
        for meeting in row["meetings"]
    ]
    decisions = list(Decision.objects.filter(code__in=row["decisions"]))
    return save_tender(tender, related={"meetings": meetings, "decisions": decisions}, by=by)


class _Telling:
    """A tender's life as its row tells it, each thing done on its day."""

    def __init__(self, tender: Tender, row: Row, *, by: User | None) -> None:
        self.tender, self.row, self.by = tender, row, by
        self.lots: list[tuple[TenderLot, Row]] = []
        self.bids: list[tuple[Bid, Row]] = []
        self.criteria: dict[str, int] = {}

    def tell(self) -> None:
        plan = {Phase(phase["kind"]): PlanRow(*phase["planned"]) for phase in self.row["phases"]}
        save_plan(self.tender, rows=plan, by=self.by)
        self._write_lots()
        self._write_criteria()
        for phase in self.row["phases"]:
            if actual := phase.get("actual"):
                self._live(Phase(phase["kind"]), *actual)

    def _live(self, kind: Phase, begun: dt.date, ended: dt.date | None = None) -> None:
        if kind is Phase.CONTRACT:
            self._award(begun)
        else:
            self.tender = begin_phase(self.tender, kind=kind, on=begun, today=begun, by=self.by)
        if kind is Phase.BIDS:
            self._receive_bids(ended or begun)
        if kind is Phase.EVALUATION:
            self._evaluate()
        if ended is not None and kind is not Phase.AWARD:  # which ends when contracts begin
            self.tender = finish_phase(self.tender, kind=kind, on=ended, today=ended, by=self.by)

    def _write_lots(self) -> None:
        for row in self.row["lots"]:
            lot = TenderLot(
                tender=self.tender, code=row["code"], name=row["name"], suppliers_wanted=row["suppliers_wanted"]
            )
            related: dict[str, Any] = {
                "target_groups": TargetGroup.objects.filter(code__in=row["target_groups"]),
                "services": Service.objects.filter(code__in=row["services"]),
            }
            self.lots.append((save_tender_lot(lot, related=related, by=self.by), row))

    def _write_criteria(self) -> None:
        rows = [
            CriterionRow(
                row["key"], row["parent"], None, row["name"], CriterionKind(row["kind"]), Decimal(str(row["weight"]))
            )
            for row in self.row["criteria"]
        ]
        saved = save_criteria(self.tender, rows=rows, by=self.by)
        self.criteria = {row.key: criterion.pk for row, criterion in zip(rows, saved, strict=True)}

    def _receive_bids(self, on: dt.date) -> None:
        suppliers = files.read("register")["suppliers"]
        received_at = timezone.make_aware(dt.datetime.combine(on, dt.time(11, 30)))
        for lot, row in self.lots:
            for bid_row in row["bids"]:
                supplier = Supplier.objects.get(cvr=suppliers[bid_row["supplier"]]["cvr"])
                bid = Bid(tender_lot=lot, supplier=supplier, received_at=received_at, price_dkk=bid_row["price_dkk"])
                self.bids.append((save_bid(bid, by=self.by), bid_row))

    def _evaluate(self) -> None:
        for bid, row in self.bids:
            if "excluded" in row:
                exclude_bid(bid, reason=row["excluded"], by=self.by)
        for lot, _row in self.lots:
            scores = {
                (bid.pk, self.criteria[key]): Score(Decimal(str(points)))
                for bid, row in self.bids
                if bid.tender_lot_id == lot.pk
                for key, points in row.get("points", {}).items()
            }
            save_scores(lot, scores=scores, by=self.by)
        choose_winners(self.tender, winners=[bid.pk for bid, row in self.bids if "contract" in row], by=self.by)

    def _award(self, on: dt.date) -> None:
        """Point at the framework and the contracts, which `register.toml` has made."""
        contracts = files.read("register")["contracts"]
        link_award(
            self.tender,
            framework=FrameworkAgreement.objects.get(code=self.row["framework"]),
            lots={lot.pk: Lot.objects.get(code=row["lot"]) for lot, row in self.lots},
            contracts={
                bid.pk: Contract.objects.get(number=contracts[row["contract"]]["f2_case_number"])
                for bid, row in self.bids
                if "contract" in row
            },
            on=on,
            today=on,
            by=self.by,
        )
        self.tender.refresh_from_db()
