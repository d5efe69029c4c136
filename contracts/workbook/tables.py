"""The sheets of the workbook and their columns. Names, heads and words are the file format: see the package."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from contracts.enums import AmendmentState, OptionState, Party, PriceRegulation, RetenderStrategy, SharingLevel
from contracts.models import Amendment, Contract, ContractOption, ContractPrice, FrameworkAgreement, Lot
from contracts.workbook.columns import (
    Amount,
    Choice,
    Code,
    Column,
    Count,
    Cvr,
    Day,
    LongText,
    Reference,
    References,
    SignedAmount,
    Text,
    YesNo,
)
from records.sheets.layouts import Layout
from records.values import display
from suppliers.enums import SupplierStatus
from suppliers.models import Supplier

GUIDE = "Vejledning"
EXAMPLE = "EKSEMPEL"  # rows that begin with it are skipped

PARTIES = {Party.MUNICIPALITY: "kommunen", Party.SUPPLIER: "leverandøren"}
OPTION_STATES = {
    OptionState.OPEN: "ikke besluttet",
    OptionState.EXERCISED: "udnyttet",
    OptionState.DECLINED: "ikke udnyttet",
}
AMENDMENT_STATES = {
    AmendmentState.DRAFT: "udkast",
    AmendmentState.AGREED: "aftalt",
    AmendmentState.IN_FORCE: "i kraft",
    AmendmentState.WITHDRAWN: "trukket tilbage",
}
REGULATIONS = {
    PriceRegulation.NONE: "faste priser",
    PriceRegulation.NET_PRICE_INDEX: "nettoprisindeks",
    PriceRegulation.WAGE_INDEX: "pris- og lønfremskrivning",
    PriceRegulation.OTHER: "anden",
}
STRATEGIES = {
    RetenderStrategy.UNDECIDED: "ikke besluttet",
    RetenderStrategy.RETENDER: "genudbud",
    RetenderStrategy.EXTEND: "optioner først",
    RetenderStrategy.IN_HOUSE: "hjemtag",
    RetenderStrategy.END: "ingen afløser",
}
SHARING = {
    SharingLevel.NONE: "ingen",
    SharingLevel.POOLED: "samlet",
    SharingLevel.UNNAMED: "uden navn",
    SharingLevel.NAMED: "med navn",
}

STATUSES = {
    SupplierStatus.ACTIVE: "samarbejde",
    SupplierStatus.WATCHED: "under observation",
    SupplierStatus.PAUSED: "ingen nye visitationer",
    SupplierStatus.ENDED: "samarbejde ophørt",
}


@dataclass(frozen=True)
class Table:
    """One sheet: `identity` are the fields by which a row is known, and `key` the program's name of it.

    Of the `owners`, each row names one: the agreement that it belongs to.
    """

    key: str
    title: str
    model: type[models.Model]
    identity: tuple[str, ...]
    columns: tuple[Column, ...]
    owners: tuple[str, ...] = ()

    @cached_property
    def layout(self) -> Layout:
        heads = [column.head for column in self.columns]
        names = {column.field: column.head for column in self.columns}
        numeric = {column.head for column in self.columns if isinstance(column, Amount | Count)}
        words = {column.head for column in self.columns if isinstance(column, Text | Reference | References)}
        required = {column.head for column in self.columns if column.is_required}
        return Layout(
            required=tuple(head for head in heads if head in required),
            optional=tuple(head for head in heads if head not in required),
            aliases={**names, **{head.casefold(): head for head in heads}},
            certain=frozenset(numeric),
            words=frozenset(words),
        )

    def head_of(self, name: str) -> str:
        """Return the head under which a field stands; "" for one without a column."""
        return next((column.head for column in self.columns if column.field == name), "")

    def key_of(self, values: dict[str, Any]) -> tuple[Any, ...]:
        return tuple("" if values.get(name) is None else values[name] for name in self.identity)

    def has_key(self, key: tuple[Any, ...]) -> bool:
        """Whether a key names a record: one owner where there are any, and all that must be filled in."""
        parts = dict(zip(self.identity, key, strict=True))
        needed = [name for name in self.identity if name not in self.owners and self._is_required(name)]
        is_owned = not self.owners or sum(bool(parts[name]) for name in self.owners) == 1
        return is_owned and all(parts[name] != "" for name in needed)

    def _is_required(self, name: str) -> bool:
        return any(column.is_required for column in self.columns if column.field == name)

    def label(self, key: tuple[Any, ...]) -> str:
        """Return what a row is called: “K-1”, “K-1, 2”."""
        shown = (display(part) if isinstance(part, dt.date) else str(part) for part in key if part != "")
        return ", ".join(shown)


SUPPLIERS = Table(
    "suppliers",
    "Leverandører",
    Supplier,
    ("cvr",),
    (
        Cvr("CVR-nummer", "cvr", is_required=True),
        Text("Navn", "name", is_required=True),
        Text("Kort navn", "short_name"),
        Text("Vej og nummer", "street"),
        Text("Postnummer", "postal_code"),
        Text("By", "city"),
        Text("Telefon", "phone"),
        Text("E-mail", "email"),
        Text("Websted", "website"),
        Choice("Status", "status", keeps=True, words=STATUSES),
        Text("Begrundelse for status", "status_reason"),
        Day("Status siden", "status_since"),
        LongText("Note", "note"),
    ),
)
FRAMEWORKS = Table(
    "frameworks",
    "Rammeaftaler",
    FrameworkAgreement,
    ("code",),
    (
        Code("Kode", "code", is_required=True),
        Text("Navn", "name", is_required=True),
        Day("Start", "starts_on", is_required=True),
        Day("Slut uden optioner", "ends_on"),
        Amount("Loft i kr.", "ceiling_dkk"),
        Amount("Anslået værdi i kr.", "estimated_value_dkk"),
        Count("Genudbud ved procent af loftet", "retender_threshold_percent", keeps=True),
        Count("Stop for visitation ved procent af loftet", "stop_threshold_percent", keeps=True),
        Count("Opsigelsesvarsel i måneder", "notice_months"),
        Choice("Prisregulering", "price_regulation", keeps=True, words=REGULATIONS),
        Day("Næste prisregulering", "price_regulated_on"),
        Text("Note om prisregulering", "price_regulation_note"),
        Reference("Ansvarlig", "responsible", to="users", attribute="email"),
        Text("Ansvarlig enhed", "responsible_unit"),
        References("Øvrige medarbejdere", "people", to="users", attribute="email"),
        Choice("Genudbudsstrategi", "retender_strategy", keeps=True, words=STRATEGIES),
        Day("Genudbud begynder", "retender_starts_on"),
        LongText("Plan for genudbud", "retender_plan"),
        Reference("Beslutning", "decision", to="decisions"),
        Reference("Forgænger", "predecessor", to="frameworks"),
        Text("F2-sagsnummer", "f2_case_number"),
        Text("eDoc-sagsnummer", "edoc_case_number"),
        LongText("Note", "note"),
    ),
)
LOTS = Table(
    "lots",
    "Udbudsområder",
    Lot,
    ("code",),
    (
        Code("Kode", "code", is_required=True),
        Reference("Rammeaftale", "framework", to="frameworks", is_required=True),
        Text("Navn", "name", is_required=True),
        References("Målgrupper", "target_groups", to="target_groups"),
        References("Ydelser", "services", to="services"),
        Amount("Loft i kr.", "ceiling_dkk"),
        Amount("Anslået værdi i kr.", "estimated_value_dkk"),
        Count("Forventede visitationer om året", "expected_referrals_per_year"),
        LongText("Note", "note"),
    ),
)
CONTRACTS = Table(
    "contracts",
    "Kontrakter",
    Contract,
    ("number",),
    (
        Code("Kontraktnummer", "number", is_required=True),
        Reference("Leverandør (CVR)", "supplier", to="suppliers", attribute="cvr", is_required=True),
        Reference("Udbudsområde", "lot", to="lots", is_required=True),
        Day("Start", "starts_on", is_required=True),
        Day("Slut uden optioner", "ends_on"),
        Amount("Værdi i kr.", "value_dkk"),
        Day("Underskrevet af kommunen", "signed_by_municipality_on"),
        Day("Underskrevet af leverandøren", "signed_by_supplier_on"),
        Count("Opsigelsesvarsel i måneder", "notice_months"),
        YesNo("Varsel til månedens udgang", "notice_to_month_end", keeps=True),
        Day("Uopsigelig til", "non_terminable_until"),
        Day("Opsagt den", "notice_given_on"),
        Choice("Opsagt af", "notice_given_by", words=PARTIES),
        Day("Opsagt til", "terminated_to"),
        Day("Sidste visitationsdag", "last_referral_on"),
        Count("Udløb af forløb i måneder", "run_off_months"),
        Count("Forventede visitationer om året", "expected_referrals_per_year"),
        Choice("Deling mellem leverandører", "sharing_level", keeps=True, words=SHARING),
        Reference("Ansvarlig", "responsible", to="users", attribute="email"),
        Reference("Forgænger", "predecessor", to="contracts", attribute="number"),
        Text("F2-sagsnummer", "f2_case_number"),
        Text("eDoc-sagsnummer", "edoc_case_number"),
        LongText("Note", "note"),
    ),
)
_OWNERS = (
    Reference("Kontrakt", "contract", to="contracts", attribute="number"),
    Reference("Rammeaftale", "framework", to="frameworks"),
)
OPTIONS = Table(
    "options",
    "Optioner",
    ContractOption,
    ("contract", "framework", "number"),
    (
        *_OWNERS,
        Count("Nummer", "number", is_required=True),
        Count("Længde i måneder", "length_months", is_required=True),
        Count("Besluttes så mange måneder før", "decide_months_before", keeps=True),
        Day("Besluttes senest", "decide_by_on"),
        Choice("Stand", "state", keeps=True, words=OPTION_STATES),
        Day("Besluttet den", "decided_on"),
        Reference("Beslutning", "decision", to="decisions"),
    ),
    owners=("contract", "framework"),
)
PRICES = Table(
    "prices",
    "Priser",
    ContractPrice,
    ("contract", "lot", "service", "unit", "valid_from"),
    (
        Reference("Kontrakt", "contract", to="contracts", attribute="number"),
        Reference("Udbudsområde", "lot", to="lots"),
        Reference("Ydelse", "service", to="services", is_required=True),
        Text("Enhed", "unit", is_required=True),
        Day("Gælder fra", "valid_from"),
        Amount("Pris i kr.", "price_dkk", is_required=True),
        Day("Gælder til", "valid_to"),
    ),
    owners=("contract", "lot"),
)
AMENDMENTS = Table(
    "amendments",
    "Ændringer",
    Amendment,
    ("contract", "framework", "number"),
    (
        *_OWNERS,
        Count("Nummer", "number", is_required=True),
        Text("Titel", "title", is_required=True),
        Reference("Hjemmel", "legal_basis", to="legal_bases", is_required=True),
        LongText("Begrundelse", "rationale", is_required=True),
        SignedAmount("Værdi i kr.", "value_dkk", keeps=True),
        Day("Gælder fra", "effective_on", is_required=True),
        Choice("Stand", "state", keeps=True, words=AMENDMENT_STATES),
        Day("Underskrevet den", "signed_on"),
        Reference("Beslutning", "decision", to="decisions"),
    ),
    owners=("contract", "framework"),
)
# In this order they are written: what is pointed at comes first.
TABLES = (SUPPLIERS, FRAMEWORKS, LOTS, CONTRACTS, OPTIONS, PRICES, AMENDMENTS)
SHEETS = {table.title.casefold(): table.key for table in TABLES}
