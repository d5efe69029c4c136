"""The rules: what is due of one agreement, and when. Each takes facts and today, and knows no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from contracts import terms
from contracts.deadlines.facts import (
    RETENDER_MONTHS,
    AgreementFacts,
    Detail,
    DocumentFacts,
    OccurrenceFacts,
    PhaseFacts,
    ThresholdFacts,
)
from contracts.deadlines.kinds import STAYING, DeadlineKind
from contracts.enums import PriceRegulation, RetenderStrategy

# Strategies by which a new tender follows.
RETENDERING = frozenset({RetenderStrategy.UNDECIDED, RetenderStrategy.RETENDER, RetenderStrategy.EXTEND})


class Due(NamedTuple):
    """What a rule says: a kind is due on a day, by a row where that is not the agreement itself."""

    kind: DeadlineKind
    due_on: dt.date
    detail: Detail | None = None


def agreement_dues(facts: AgreementFacts, *, today: dt.date) -> Iterator[Due]:
    """Yield what is due by the agreement's own dates: what has passed only where somebody must still do something."""
    for rule in CONTRACT_RULES if facts.is_contract else FRAMEWORK_RULES:
        due = rule(facts, today)
        if due is not None and (due.due_on >= today or due.kind in STAYING):
            yield due


def notice(facts: AgreementFacts, today: dt.date) -> Due | None:
    """The last day on which notice still ends the contract by its end; none for an open end, or after notice."""
    end = facts.effective_end
    if end is None or not facts.notice_months or facts.terminated_to is not None:
        return None
    if facts.non_terminable_until is not None and end < facts.non_terminable_until:
        return None
    day = terms.notice_deadline(end, facts.notice_months, to_month_end=facts.notice_to_month_end)
    return None if day is None or day < facts.starts_on else Due(DeadlineKind.NOTICE, day)


def option(facts: AgreementFacts, today: dt.date) -> Due | None:
    """The first option that is left, while it is open and there is an end for it to move."""
    end = facts.effective_end
    row = facts.option
    if row is None or not row.is_open or end is None or facts.terminated_to is not None or end < today:
        return None
    return Due(DeadlineKind.OPTION, row.decide_by_on or terms.last_day_to_say(end, row.decide_months_before), row)


def expiry(facts: AgreementFacts, today: dt.date) -> Due | None:
    return None if facts.effective_end is None else Due(DeadlineKind.EXPIRY, facts.effective_end)


def last_referral(facts: AgreementFacts, today: dt.date) -> Due | None:
    day, end = facts.last_referral_on, facts.effective_end
    if day is None or facts.has_ended(today=today):
        return None
    return Due(DeadlineKind.LAST_REFERRAL, min(day, end) if end else day)  # nobody is referred after the end


def run_off(facts: AgreementFacts, today: dt.date) -> Due | None:
    return None if facts.run_off_ends_on is None else Due(DeadlineKind.RUN_OFF, facts.run_off_ends_on)


def retender(facts: AgreementFacts, today: dt.date) -> Due | None:
    """When the preparation of a new tender must begin, until there is a successor or none is wanted."""
    if not _is_retendered(facts) or facts.has_ended(today=today):
        return None
    day = facts.retender_starts_on
    if day is None and facts.effective_end is not None:
        day = terms.last_day_to_say(facts.effective_end, RETENDER_MONTHS)
    return None if day is None else Due(DeadlineKind.RETENDER, day)


def price_regulation(facts: AgreementFacts, today: dt.date) -> Due | None:
    day = facts.price_regulated_on
    if day is None or facts.price_regulation == PriceRegulation.NONE or facts.has_ended(today=today):
        return None
    return Due(DeadlineKind.PRICE_REGULATION, day)


CONTRACT_RULES = (notice, option, expiry, last_referral, run_off)
FRAMEWORK_RULES = (option, expiry, retender, price_regulation)


def occurrence_due(row: OccurrenceFacts) -> Due:
    """What an obligation requires, until it is settled: also when the agreement has ended."""
    return Due(DeadlineKind.OBLIGATION, row.due_on, row)


def document_due(row: DocumentFacts) -> Due:
    return Due(DeadlineKind.DOCUMENT, row.expires_on, row)


def phase_due(row: PhaseFacts) -> Due:
    """The next planned day of a tender's phase: it begins or, once begun, ends; it stays until the phase has moved on."""
    return Due(DeadlineKind.TENDER_PHASE, row.planned_on, row)


def threshold_dues(facts: AgreementFacts, rows: Iterable[ThresholdFacts], *, today: dt.date) -> Iterator[Due]:
    """Yield the shares of a ceiling that call for a new tender, or for no more referrals, while the framework runs.

    The day is the first of the month in which the share was reached; by a forecast, it is today at the earliest.
    """
    if facts.has_ended(today=today):
        return
    for row in rows:
        is_after_the_end = facts.effective_end is not None and row.month > facts.effective_end
        if not is_after_the_end and (row.is_stop or _is_retendered(facts)):
            kind = DeadlineKind.CEILING_STOP if row.is_stop else DeadlineKind.CEILING_RETENDER
            yield Due(kind, max(row.month, today) if row.is_forecast else row.month, row)


def _is_retendered(facts: AgreementFacts) -> bool:
    """Tell whether a new tender is still to begin."""
    return not facts.has_successor and facts.retender_strategy in RETENDERING
