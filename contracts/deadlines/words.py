"""Deadlines in words: what is due, the rule that the day follows from, and the meeting that can decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contracts.deadlines.facts import (
    RETENDER_MONTHS,
    AgreementFacts,
    Detail,
    DocumentFacts,
    MeetingSlot,
    OccurrenceFacts,
    OptionFacts,
    PhaseFacts,
    ThresholdFacts,
)
from contracts.deadlines.kinds import DeadlineKind
from contracts.enums import Party, PriceRegulation


def what(kind: DeadlineKind, detail: Detail | None) -> str:
    """Return what is due: the name of the obligation or the document, the option's number, else the kind."""
    if isinstance(detail, OccurrenceFacts | DocumentFacts):
        return detail.title
    if isinstance(detail, OptionFacts):
        return f"{kind.label} {detail.number}"
    if isinstance(detail, PhaseFacts):
        text = _("%(phase)s ends") if detail.has_begun else _("%(phase)s begins")
        return text % {"phase": detail.name}
    if isinstance(detail, ThresholdFacts) and detail.lot_name:
        return f"{kind.label}, {detail.lot_name}"
    return str(kind.label)


def rule(kind: DeadlineKind, facts: AgreementFacts, detail: Detail | None) -> str:
    return _RULES[kind](facts, detail)


def last_meeting(meeting: MeetingSlot | None) -> str:
    if meeting is None:
        return _("The committees' calendar does not reach this day yet.")
    return _("Last meeting that can still decide: %(day)s (%(committee)s, agenda deadline %(deadline)s)") % {
        "day": _day(meeting.held_on),
        "committee": meeting.committee,
        "deadline": _day(meeting.agenda_deadline_on),
    }


def missed_meeting(meeting: MeetingSlot) -> str:
    return _("Too late for an ordinary meeting: the agenda of %(day)s closed on %(deadline)s (%(committee)s)") % {
        "day": _day(meeting.held_on),
        "committee": meeting.committee,
        "deadline": _day(meeting.agenda_deadline_on),
    }


def begin(day: dt.date) -> str:
    return _("Begin by %(day)s") % {"day": _day(day)}


def _notice(facts: AgreementFacts, _detail: Any) -> str:
    months = facts.notice_months or 0
    if facts.notice_to_month_end:
        text = ngettext(
            "%(months)s month's notice to the end of a month, before the end on %(end)s",
            "%(months)s months' notice to the end of a month, before the end on %(end)s",
            months,
        )
    else:
        text = ngettext(
            "%(months)s month's notice before the end on %(end)s",
            "%(months)s months' notice before the end on %(end)s",
            months,
        )
    return text % {"months": months, "end": _day(facts.effective_end)}


def _option(facts: AgreementFacts, detail: Any) -> str:
    option = cast("OptionFacts", detail)
    if option.decide_by_on:
        text = _(
            "Option %(number)s (%(length)s mo.): the agreement names the day; it extends the end on %(end)s",
        )
    else:
        text = ngettext(
            "Option %(number)s (%(length)s mo.) is decided %(months)s month before the end on %(end)s",
            "Option %(number)s (%(length)s mo.) is decided %(months)s months before the end on %(end)s",
            option.decide_months_before,
        )
    return text % {
        "number": option.number,
        "length": option.length_months,
        "months": option.decide_months_before,
        "end": _day(facts.effective_end),
    }


def _expiry(facts: AgreementFacts, _detail: Any) -> str:
    if facts.terminated_to is not None and facts.terminated_to == facts.effective_end:
        return _("Terminated: the last day after notice")
    return _("The agreement's last day, after the options and changes that are decided")


def _retender(facts: AgreementFacts, _detail: Any) -> str:
    if facts.retender_starts_on is not None:
        return _("The re-tender day that is written on the framework agreement")
    return _("%(months)s months before the end on %(end)s, since no re-tender day is written") % {
        "months": RETENDER_MONTHS,
        "end": _day(facts.effective_end),
    }


def _last_referral(_facts: AgreementFacts, _detail: Any) -> str:
    return _("The last referral day that is written on the contract")


def _run_off(facts: AgreementFacts, _detail: Any) -> str:
    months = facts.run_off_months or 0
    text = ngettext(
        "Courses that have begun end %(months)s month after the end on %(end)s",
        "Courses that have begun end %(months)s months after the end on %(end)s",
        months,
    )
    return text % {"months": months, "end": _day(facts.effective_end)}


def _obligation(_facts: AgreementFacts, detail: Any) -> str:
    row = cast("OccurrenceFacts", detail)
    party = Party(row.party).label
    if not row.every_months:
        return _("%(party)s: an obligation, once") % {"party": party}
    text = ngettext(
        "%(party)s: an obligation, every month", "%(party)s: an obligation, every %(months)s months", row.every_months
    )
    return text % {"party": party, "months": row.every_months}


def _document(_facts: AgreementFacts, detail: Any) -> str:
    return _("%(category)s: its last day of validity") % {"category": cast("DocumentFacts", detail).category}


def _price_regulation(facts: AgreementFacts, _detail: Any) -> str:
    regulation = PriceRegulation(facts.price_regulation).label
    return _("Price regulation: %(regulation)s") % {"regulation": regulation}


def _ceiling(_facts: AgreementFacts, detail: Any) -> str:
    row = cast("ThresholdFacts", detail)
    if row.is_forecast:
        text = _("By the forecast %(percent)s %% of the ceiling is reached in the month from %(month)s")
    else:
        text = _("%(percent)s %% of the ceiling was reached in the month from %(month)s")
    return text % {"percent": row.share_percent, "month": _day(row.month)}


def _tender_phase(_facts: AgreementFacts, detail: Any) -> str:
    if cast("PhaseFacts", detail).has_begun:
        return _("The tender's plan: the phase is going on, and ends on this day")
    return _("The tender's plan: the phase begins on this day")


def _day(day: dt.date | None) -> str:
    return formats.date_format(day) if day else ""


_RULES: dict[DeadlineKind, Callable[[AgreementFacts, Any], str]] = {
    DeadlineKind.NOTICE: _notice,
    DeadlineKind.OPTION: _option,
    DeadlineKind.EXPIRY: _expiry,
    DeadlineKind.RETENDER: _retender,
    DeadlineKind.LAST_REFERRAL: _last_referral,
    DeadlineKind.RUN_OFF: _run_off,
    DeadlineKind.OBLIGATION: _obligation,
    DeadlineKind.DOCUMENT: _document,
    DeadlineKind.PRICE_REGULATION: _price_regulation,
    DeadlineKind.CEILING_RETENDER: _ceiling,
    DeadlineKind.CEILING_STOP: _ceiling,
    DeadlineKind.TENDER_PHASE: _tender_phase,
}
