"""The burn-down as a curve: what is spent, what is expected, and the ceiling with its thresholds."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from contracts.burn_down import BurnDown
from contracts.enums import ThresholdKind
from contracts.forecast import Outcome, Pace
from contracts.terms import DAY, add_months, month_end
from documents.curves import Curve, CurveLimit, CurvePoint
from documents.formats import millions

MILLION = 1_000_000
LONGEST_MONTHS = 36  # a forecast further ahead would press what has been into a corner
BEYOND_MONTHS = 3  # after the ceiling, so that the crossing is seen


def curve_of(figures: BurnDown) -> Curve | None:
    """Return the picture, in millions of kroner; None when nothing has been reported."""
    if not figures.months:
        return None
    start = CurvePoint(figures.months[0].month - DAY, 0.0)
    observed = [CurvePoint(month_end(line.month), float(line.spent_dkk) / MILLION) for line in figures.lines]
    return Curve(
        unit=_("million DKK"),
        observed=(start, *observed),
        expected=_expected(figures),
        limits=tuple(_limits(figures)),
    )


def _expected(figures: BurnDown) -> tuple[CurvePoint, ...]:
    """Return the forecast from the last whole month on; none when there is nothing to forecast."""
    ceiling, pace = figures.threshold(ThresholdKind.CEILING), figures.pace
    if ceiling is None or pace is None or ceiling.forecast.outcome is not Outcome.EXPECTED:
        return ()
    if ceiling.is_after_the_end:
        ahead = _months_after(pace.last_month, ceiling.ends_on)
    else:
        ahead = (
            _months_after(pace.last_month, ceiling.forecast.latest_in or ceiling.forecast.expected_in) + BEYOND_MONTHS
        )
    if ahead <= 0:
        return ()
    return tuple(_point(pace, months) for months in range(min(ahead, LONGEST_MONTHS) + 1))


def _months_after(month: dt.date, last: dt.date | None) -> int:
    return (last.year - month.year) * 12 + last.month - month.month if last else 0


def _point(pace: Pace, months: int) -> CurvePoint:
    low, value, high = (pace.spent_after(months, side=side) / MILLION for side in (-1, 0, 1))
    return CurvePoint(month_end(add_months(pace.last_month, months)), value, low, high)


def _limits(figures: BurnDown) -> list[CurveLimit]:
    labels = {
        ThresholdKind.RETENDER: _("%(percent)s %%: start a new tender"),
        ThresholdKind.STOP_REFERRALS: _("%(percent)s %%: stop referrals"),
        ThresholdKind.CEILING: _("Ceiling: %(amount)s"),
    }
    return [
        CurveLimit(
            float(each.limit_dkk) / MILLION,
            labels[each.kind] % {"percent": each.percent, "amount": millions(each.limit_dkk)},
            is_main=each.kind is ThresholdKind.CEILING,
        )
        for each in figures.thresholds
    ]
