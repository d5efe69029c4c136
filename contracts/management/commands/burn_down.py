"""`manage.py burn_down FRAMEWORK --as-of DATE --json`: how far a ceiling is used, and when it will be."""

from __future__ import annotations

import datetime as dt
import json
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import burn_down_words as words
from contracts.burn_down import BurnDown, FrameworkBurnDown, Threshold
from contracts.models import FrameworkAgreement
from contracts.queries.burn_down import burn_down
from records.sheets.suggestions import near_codes


class Command(BaseCommand):
    help = "Say how far the ceilings of a framework and its lots are used, and when they will be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("framework", help="the framework's code")
        parser.add_argument("--as-of", type=_date, metavar="DATE", help="as known on that day: YYYY-MM-DD; today")
        parser.add_argument("--json", action="store_true", help="as JSON, with each month")

    def handle(self, *args: Any, **options: Any) -> None:
        framework = FrameworkAgreement.objects.filter(code=options["framework"]).first()
        if framework is None:
            known = near_codes(options["framework"], FrameworkAgreement.objects.values_list("code", flat=True))
            raise CommandError(_("There is no framework agreement with this code.") + f" {known}")
        figures = burn_down(framework, today=options["as_of"] or timezone.localdate())
        text = json.dumps(as_json(figures), ensure_ascii=False, indent=2) if options["json"] else as_text(figures)
        self.stdout.write(text)


def as_text(figures: FrameworkBurnDown) -> str:
    return "\n\n".join("\n".join(_lines(each)) for each in figures.all)


def as_json(figures: FrameworkBurnDown) -> dict[str, Any]:
    """Return amounts as text with two decimals, and months as YYYY-MM."""
    whole = figures.whole
    return {
        "framework": figures.framework.code,
        "as_of": whole.today.isoformat(),
        "missing_months": [_month(each) for each in whole.missing],
        **_figures(whole),
        "lots": [{"lot": each.agreement.code, **_figures(each)} for each in figures.lots],
    }


def _lines(figures: BurnDown) -> list[str]:
    thresholds = [f"  {each.percent} %, {each.kind.label}: {words.when(each)}" for each in figures.thresholds]
    remarks = [
        text
        for text in (words.gaps(figures.missing, figures.unreported_since), words.basis(figures))
        if text and figures.lot is None
    ]
    return [str(figures.agreement), f"  {words.finding(figures)}", *thresholds, *(f"  {text}" for text in remarks)]


def _figures(figures: BurnDown) -> dict[str, Any]:
    return {
        "name": figures.agreement.name,
        "ceiling_dkk": _text(figures.ceiling_dkk),
        "spent_dkk": _text(figures.spent_dkk),
        "share": None if figures.share is None else round(float(figures.share), 4),
        "referrals": figures.referrals,
        "thresholds": [_threshold(each) for each in figures.thresholds],
        "months": [
            {
                "month": _month(line.month),
                "amount_dkk": _text(line.amount_dkk),
                "referrals": line.referrals,
                "spent_dkk": _text(line.spent_dkk),
                "is_complete": line.is_complete,
            }
            for line in figures.lines
        ],
    }


def _threshold(threshold: Threshold) -> dict[str, Any]:
    forecast = threshold.forecast
    return {
        "kind": threshold.kind.value,
        "percent": threshold.percent,
        "limit_dkk": _text(threshold.limit_dkk),
        "outcome": forecast.outcome.value,
        "reached_in": _month(forecast.reached_in),
        "expected_in": _month(forecast.expected_in),
        "earliest_in": _month(forecast.earliest_in),
        "latest_in": _month(forecast.latest_in),
        "is_after_the_end": threshold.is_after_the_end,
    }


def _text(amount: Any) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _month(month: dt.date | None) -> str | None:
    return None if month is None else f"{month:%Y-%m}"


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("“%(text)s” is not a date. Write YYYY-MM-DD.") % {"text": text}) from None
