"""What the figures of a ceiling say, in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contracts.burn_down import BurnDown, Threshold
from contracts.enums import ThresholdKind
from contracts.forecast import FEWEST_MONTHS, Forecast, Outcome
from documents.formats import MISSING, NO_BREAK_SPACE, kroner, month, number

NAMED_MONTHS = 6


def finding(figures: BurnDown) -> str:
    """Return how much is used: “7.234.000 kr. is spent until August 2026, 60.3 % of the ceiling of 12.000.000 kr.”."""
    if figures.spent_dkk is None:
        return _("No spending has been reported yet.")
    facts = {
        "spent": kroner(figures.spent_dkk),
        "month": month(figures.last_month),
        "share": percent(figures.share),
        "ceiling": kroner(figures.ceiling_dkk),
    }
    if figures.ceiling_dkk is None:
        return _("%(spent)s is spent until the end of %(month)s. No ceiling is set.") % facts
    text = _("%(spent)s is spent until the end of %(month)s: %(share)s of the ceiling of %(ceiling)s.") % facts
    if figures.left_dkk is not None and figures.left_dkk < 0:
        over = _("The ceiling is passed by %(over)s.") % {"over": kroner(-figures.left_dkk)}
        return f"{text} {over}"
    return text


def outlook(figures: BurnDown) -> str:
    """Return when the ceiling is used up, as one sentence; empty without a ceiling."""
    ceiling = figures.threshold(ThresholdKind.CEILING)
    if ceiling is None:
        return ""
    forecast = ceiling.forecast
    if ceiling.is_after_the_end and ceiling.ends_on is not None:
        return _not_before(ceiling.ends_on, figures.today)
    sentences = {
        Outcome.REACHED: _("The ceiling was used up in %(reached)s."),
        Outcome.EXPECTED: _(
            "With the spending of the last months the ceiling is used up in %(expected)s, %(interval)s."
        ),
        Outcome.NEVER: _("With the spending of the last months the ceiling is not used up."),
        Outcome.TOO_LITTLE: too_little(),
    }
    return sentences[forecast.outcome] % {
        "reached": month(forecast.reached_in),
        "expected": month(forecast.expected_in),
        "interval": interval(forecast),
    }


def _not_before(end: dt.date, today: dt.date) -> str:
    """Say that an agreement ends, or has ended, before its ceiling is used up."""
    if end < today:
        text = _("The agreement ended on %(day)s before the ceiling was used up.")
    else:
        text = _("With the spending of the last months the ceiling is not used up when the agreement ends on %(day)s.")
    return text % {"day": date_format(end)}


def when(threshold: Threshold) -> str:
    """Return when a threshold is reached, short enough for a table."""
    forecast = threshold.forecast
    if threshold.is_after_the_end:
        return _("not before the agreement ends")
    texts = {
        Outcome.REACHED: _("reached in %(reached)s"),
        Outcome.EXPECTED: _("expected in %(expected)s, %(interval)s"),
        Outcome.NEVER: _("not with this spending"),
        Outcome.TOO_LITTLE: _("cannot be said yet"),
    }
    return texts[forecast.outcome] % {
        "reached": month(forecast.reached_in),
        "expected": month(forecast.expected_in),
        "interval": interval(forecast),
    }


def interval(forecast: Forecast) -> str:
    """Return “between March and July 2027”; a limit that may never be reached has no latest month."""
    if forecast.earliest_in is None or forecast.latest_in is None:
        return _("at the earliest in %(earliest)s") % {"earliest": month(forecast.earliest_in)}
    if forecast.earliest_in == forecast.latest_in:
        return _("with no doubt to speak of")
    is_one_year = forecast.earliest_in.year == forecast.latest_in.year
    earliest = date_format(forecast.earliest_in, "F") if is_one_year else month(forecast.earliest_in)
    return _("between %(earliest)s and %(latest)s") % {"earliest": earliest, "latest": month(forecast.latest_in)}


def basis(figures: BurnDown) -> str:
    """Return what the forecast rests on, so that nobody takes it for more; empty when there is none."""
    pace = figures.pace
    is_used = any(each.forecast.outcome is Outcome.EXPECTED for each in figures.thresholds)
    if pace is None or not is_used:
        return ""
    return ngettext(
        "The forecast rests on the last %(count)s whole month, %(mean)s a month on average. It assumes that spending goes on "
        "as in these months; in 95 of 100 cases the month then lies within the interval.",
        "The forecast rests on the last %(count)s whole months, %(mean)s a month on average. It assumes that spending goes on "
        "as in these months; in 95 of 100 cases the month then lies within the interval.",
        pace.months,
    ) % {"count": pace.months, "mean": kroner(pace.mean_dkk)}


def too_little() -> str:
    return _("When the ceiling is used up cannot be said yet: that takes %(count)s whole months of spending.") % {
        "count": FEWEST_MONTHS
    }


def gaps(missing: Sequence[dt.date], since: dt.date | None = None) -> str:
    """Return which months nobody reported, also those `since` the last that was; empty when there are none."""
    return " ".join(text for text in (_missing(missing), _silent(since)) if text)


def _silent(since: dt.date | None) -> str:
    if since is None:
        return ""
    return _("Nothing is reported after %(month)s, so more may have been spent than stands here.") % {
        "month": month(since)
    }


def _missing(missing: Sequence[dt.date]) -> str:
    if not missing:
        return ""
    named = [month(each) for each in missing[:NAMED_MONTHS]]
    if len(missing) > NAMED_MONTHS:
        left = len(missing) - NAMED_MONTHS
        named.append(ngettext("%(count)s more", "%(count)s more", left) % {"count": left})
    return _("Nothing is reported for %(months)s, so more may have been spent than stands here.") % {
        "months": get_text_list(named, _("and"))
    }


def percent(share: Decimal | None) -> str:
    """Return "60,3 %"; MISSING for None."""
    return MISSING if share is None else f"{number(share * 100, decimals=1)}{NO_BREAK_SPACE}%"
