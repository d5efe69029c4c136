"""What the rules are told: the dates of one agreement, and where its name and its people are found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from contracts.enums import RetenderStrategy

Source: TypeAlias = tuple[str, int]
# A new tender takes a year when nothing else is written.
RETENDER_MONTHS = 12


class MeetingSlot(NamedTuple):
    """A committee's meeting, as far as deadlines need it."""

    held_on: dt.date
    agenda_deadline_on: dt.date
    committee_id: int
    committee: str


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """An option that was not exercised."""

    pk: int
    number: int
    length_months: int
    decide_months_before: int
    decide_by_on: dt.date | None
    is_open: bool

    def source_in(self, agreement: AgreementFacts) -> Source:
        return ("contractoption" if agreement.is_contract else "frameworkoption"), self.pk


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """One contract, one framework, or one tender with `is_tender`. `code` is the contract's number, else the code.

    A tender's framework is the one that it led to, else the one that it tenders again, else none (0).

    `effective_end` is the last day after exercised options, amendments and notice; `option` the first that was not
    exercised; `responsible_id` falls back on the framework's.
    """

    pk: int
    is_contract: bool
    code: str
    name: str
    framework_id: int
    framework_code: str
    framework_name: str
    supplier_id: int | None = None
    responsible_id: int | None = None
    committee_id: int | None = None
    starts_on: dt.date = dt.date.min
    effective_end: dt.date | None = None
    terminated_to: dt.date | None = None
    notice_months: int | None = None
    notice_to_month_end: bool = False
    non_terminable_until: dt.date | None = None
    last_referral_on: dt.date | None = None
    run_off_ends_on: dt.date | None = None
    run_off_months: int | None = None
    option: OptionFacts | None = None
    retender_starts_on: dt.date | None = None
    retender_strategy: str = RetenderStrategy.UNDECIDED
    has_successor: bool = False
    price_regulated_on: dt.date | None = None
    price_regulation: str = ""
    is_tender: bool = False

    def has_ended(self, *, today: dt.date) -> bool:
        return self.effective_end is not None and self.effective_end < today

    @property
    def model(self) -> str:
        if self.is_tender:
            return "tender"
        return "contract" if self.is_contract else "frameworkagreement"

    @property
    def source(self) -> Source:
        return self.model, self.pk

    @property
    def title(self) -> str:
        """Return number and supplier for a contract, the name for a framework."""
        return f"{self.code} {self.name}" if self.is_contract else self.name


@dataclass(frozen=True, slots=True)
class OccurrenceFacts:
    """One time that an obligation is due, and is not settled."""

    pk: int
    title: str
    due_on: dt.date
    party: str
    every_months: int | None
    owner_id: int | None = None

    def source_in(self, agreement: AgreementFacts) -> Source:
        return "obligationoccurrence", self.pk


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    pk: int
    title: str
    category: str
    expires_on: dt.date

    def source_in(self, agreement: AgreementFacts) -> Source:
        return "document", self.pk


@dataclass(frozen=True, slots=True)
class ThresholdFacts:
    """A share of a ceiling that is reached in a month, or will be by the forecast. `lot_name` is empty for the framework's."""

    share_percent: int
    month: dt.date
    is_forecast: bool
    is_stop: bool
    lot_id: int | None = None
    lot_name: str = ""

    def source_in(self, agreement: AgreementFacts) -> Source:
        return agreement.source if self.lot_id is None else ("lot", self.lot_id)


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """A phase of a tender that is not finished: planned to begin or, when it has begun, to end."""

    pk: int
    name: str
    planned_on: dt.date
    has_begun: bool

    def source_in(self, agreement: AgreementFacts) -> Source:
        return "tenderphase", self.pk


# What a deadline may be due by, besides the agreement itself.
Detail: TypeAlias = OptionFacts | OccurrenceFacts | DocumentFacts | ThresholdFacts | PhaseFacts
