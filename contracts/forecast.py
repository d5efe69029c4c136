"""When a limit on spending is reached: observed, or forecast from the months before. Pure functions over months.

Let x₁ … xₙ be the last complete months, twelve at most, with mean m and standard deviation s (over n - 1), and let S be what was
spent until the last of them. If the months to come vary as those did, independently and roughly normally, the sum of the next k
is predicted as k·m with

    variance   s²·k + s²·k²/n = s²·(k + k²/n)

(the scatter of k months, and that the mean itself is known from n months only), so that

    S + k·m ± t·s·√(k + k²/n)        with Student's t for n - 1 degrees of freedom

holds the spending after k months with 95 per cent's certainty: the prediction interval for the sum of k further observations of a
normal sample (Hahn and Meeker, Statistical Intervals, chapter 4). A limit L is expected to be reached in the first month where
k·m is R = L - S or more. The earliest and the latest month are those where the upper and the lower bound get there; with c = t·s
both are roots of one quadratic,

    (m² - c²/n)·k² - (2·R·m + c²)·k + R² = 0

The earliest has k·m ≤ R, the latest k·m ≥ R. There is no latest month when the mean is not known to be above zero (m² ≤ c²/n):
then it cannot be ruled out that the limit is never reached.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from statistics import fmean, stdev

from contracts.terms import add_months, month_end

COUNTED_MONTHS = 12
FEWEST_MONTHS = 3  # of two months, the interval is so wide that it says nothing
HORIZON_MONTHS = 600  # what lies more than fifty years ahead is never
# The 97.5 per cent quantile of Student's t by degrees of freedom, for n - 1 where n is 3 to 12.
_T = {
    2: 4.302653,
    3: 3.182446,
    4: 2.776445,
    5: 2.570582,
    6: 2.446912,
    7: 2.364624,
    8: 2.306004,
    9: 2.262157,
    10: 2.228139,
    11: 2.200985,
}


@dataclass(frozen=True)
class MonthAmount:
    """What was spent in a month; `month` is its first day. Months that nobody reported are left out, not 0."""

    month: dt.date
    amount_dkk: Decimal


class Outcome(Enum):
    REACHED = "reached"
    EXPECTED = "expected"
    NEVER = "never"
    TOO_LITTLE = "too_little"


@dataclass(frozen=True)
class Pace:
    """What is spent a month, from the last complete months, and how much until then."""

    last_month: dt.date
    spent_dkk: Decimal
    months: int
    mean_dkk: float
    deviation_dkk: float

    @property
    def spread_dkk(self) -> float:
        """The c of the formula: Student's t times the standard deviation."""
        return _T[self.months - 1] * self.deviation_dkk

    def spent_after(self, months: int, *, side: int = 0) -> float:
        """Return what is spent so many months after the last: expected, or the lower (-1) or upper (1) bound."""
        margin = self.spread_dkk * math.sqrt(months + months**2 / self.months)
        return float(self.spent_dkk) + months * self.mean_dkk + side * margin


@dataclass(frozen=True)
class Forecast:
    """The month in which a limit was or will be reached, by its first day.

    `latest_in` is None when it cannot be ruled out that the limit is never reached.
    """

    outcome: Outcome
    reached_in: dt.date | None = None
    expected_in: dt.date | None = None
    earliest_in: dt.date | None = None
    latest_in: dt.date | None = None

    @property
    def month(self) -> dt.date | None:
        """The month as it is known now: observed, else expected."""
        return self.reached_in or self.expected_in


def reached_in(months: Iterable[MonthAmount], limit_dkk: Decimal | None) -> dt.date | None:
    """Return the month since which the spending has been at the limit or above it; None when it is not.

    A credit note may bring the spending below again: then the limit is not reached until it is so anew. `months` in order.
    """
    if limit_dkk is None:
        return None
    spent, since = Decimal(0), None
    for each in months:
        spent += each.amount_dkk
        if spent < limit_dkk:
            since = None
        elif since is None:
            since = each.month
    return since


def complete_months(months: Iterable[MonthAmount], *, today: dt.date) -> list[MonthAmount]:
    """Return the months whose last day has come."""
    return [each for each in months if month_end(each.month) <= today]


def pace_of(months: Sequence[MonthAmount], *, today: dt.date) -> Pace | None:
    """Return what is spent a month, from at most twelve complete months; None when there are fewer than three."""
    complete = complete_months(months, today=today)
    counted = [float(each.amount_dkk) for each in complete[-COUNTED_MONTHS:]]
    if len(counted) < FEWEST_MONTHS:
        return None
    return Pace(
        last_month=complete[-1].month,
        spent_dkk=sum((each.amount_dkk for each in complete), Decimal(0)),
        months=len(counted),
        mean_dkk=fmean(counted),
        deviation_dkk=stdev(counted),
    )


def forecast(months: Sequence[MonthAmount], *, limit_dkk: Decimal, today: dt.date) -> Forecast:
    """Return when the limit was reached or will be. `months` in order; those after today's are left out.

    A month that is not over counts as spent, but says nothing of the pace.
    """
    until_now = [each for each in months if each.month <= today]
    if since := reached_in(until_now, limit_dkk):
        return Forecast(Outcome.REACHED, reached_in=since)
    pace = pace_of(until_now, today=today)
    if pace is None:
        return Forecast(Outcome.TOO_LITTLE)
    rest = max(float(limit_dkk - pace.spent_dkk), 0.0)
    expected = _months_until(pace, rest, side=0) if pace.mean_dkk > 0 else None
    if expected is None:
        return Forecast(Outcome.NEVER)
    after = pace.last_month
    return Forecast(
        Outcome.EXPECTED,
        expected_in=_later(after, expected),
        earliest_in=_later(after, _months_until(pace, rest, side=1)),
        latest_in=_later(after, _months_until(pace, rest, side=-1)),
    )


def _months_until(pace: Pace, rest: float, *, side: int) -> int | None:
    """Return the least whole number of months after which the line or bound has got through `rest`; None for never."""
    root = _root(pace, rest, side=side)
    if root is None or root > HORIZON_MONTHS:
        return None
    limit = float(pace.spent_dkk) + rest
    months = max(math.ceil(root) - 1, 1)
    while pace.spent_after(months, side=side) < limit:  # at most twice: the root is right but for rounding
        months += 1
    return months


def _root(pace: Pace, rest: float, *, side: int) -> float | None:
    mean, spread = pace.mean_dkk, pace.spread_dkk
    if side == 0 or spread == 0:
        return rest / mean
    square = mean**2 - spread**2 / pace.months
    linear = 2 * rest * mean + spread**2
    discriminant = math.sqrt(linear**2 - 4 * square * rest**2)
    if side > 0:
        return 2 * rest**2 / (linear + discriminant)  # the same root as below, without the loss of digits
    return (linear + discriminant) / (2 * square) if square > 0 else None


def _later(month: dt.date, months: int | None) -> dt.date | None:
    return None if months is None else add_months(month, months)
