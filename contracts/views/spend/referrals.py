"""Referrals against those expected, contract by contract, ready to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contracts.burn_down_words import percent
from contracts.queries.contract_spend import ContractSpend
from documents.formats import MISSING, kroner, number
from records.viewsets import address_of


@dataclass(frozen=True)
class ReferralRow:
    contract: str
    url: str
    lot: str
    period: str
    spent: str
    referrals: str
    expected: str
    share: str


def referral_rows(figures: Iterable[ContractSpend]) -> list[ReferralRow]:
    """Return the figures as texts; needs the contracts' lots and suppliers fetched."""
    return [
        ReferralRow(
            contract=str(each.contract),
            url=address_of(each.contract),
            lot=str(each.contract.lot),
            period=_period(each),
            spent=kroner(each.spent_dkk),
            referrals=number(each.referrals),
            expected=number(each.expected, decimals=1),
            share=percent(each.share),
        )
        for each in figures
    ]


def _period(figures: ContractSpend) -> str:
    if figures.since is None or figures.until is None:
        return MISSING
    days = (date_format(day, "SHORT_DATE_FORMAT") for day in (figures.since, figures.until))
    return _("%(start)s – %(end)s") % dict(zip(("start", "end"), days, strict=True))
