"""How far a ceiling is used, and when it will be: figures of one framework or lot, and what they say in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from contracts.enums import ThresholdKind
from contracts.forecast import Forecast, MonthAmount, Pace, complete_months, forecast, pace_of
from contracts.terms import add_months, month_end

if TYPE_CHECKING:
    from contracts.models import FrameworkAgreement, Lot

MONTHS_TO_REPORT = 2  # a month's amounts come in the course of the next


@dataclass(frozen=True)
class MonthSpend(MonthAmount):
    """What was bought in a month, and how many were referred; None when nobody said."""

    referrals: int | None = None


@dataclass(frozen=True)
class Threshold:
    """A part of the ceiling at which something must happen, and when the spending gets there."""

    kind: ThresholdKind
    percent: int
    limit_dkk: Decimal
    forecast: Forecast
    ends_on: dt.date | None = None  # when the framework ends, with exercised options

    @property
    def is_after_the_end(self) -> bool:
        """Whether the limit is expected to be reached only when the framework has ended, so that it is not reached."""
        return (
            self.ends_on is not None
            and self.forecast.expected_in is not None
            and self.forecast.expected_in > self.ends_on
        )


@dataclass(frozen=True)
class Line:
    """A month of the table: what was bought, and what that adds up to."""

    month: dt.date
    amount_dkk: Decimal
    referrals: int | None
    spent_dkk: Decimal
    share: Decimal | None
    is_complete: bool


@dataclass(frozen=True)
class BurnDown:
    """What is bought under a framework, or in one of its lots, against its ceiling, as known on `today`.

    `months` are in order; months that nobody reported are left out and stand in `missing`.
    """

    framework: FrameworkAgreement
    lot: Lot | None
    months: tuple[MonthSpend, ...]
    missing: tuple[dt.date, ...]
    today: dt.date

    @property
    def agreement(self) -> FrameworkAgreement | Lot:
        return self.framework if self.lot is None else self.lot

    @property
    def ceiling_dkk(self) -> Decimal | None:
        return self.agreement.ceiling_dkk

    @property
    def spent_dkk(self) -> Decimal | None:
        """What is bought until now; None when nothing has been reported."""
        return sum((each.amount_dkk for each in self.months), Decimal(0)) if self.months else None

    @property
    def referrals(self) -> int | None:
        known = [each.referrals for each in self.months if each.referrals is not None]
        return sum(known) if known else None

    @property
    def share(self) -> Decimal | None:
        """How much of the ceiling is used: 0.6 is 60 per cent. None without a ceiling or without figures."""
        return _share(self.spent_dkk, self.ceiling_dkk)

    @property
    def left_dkk(self) -> Decimal | None:
        """What is left of the ceiling; below 0 when it is passed."""
        if self.ceiling_dkk is None:
            return None
        return self.ceiling_dkk - (self.spent_dkk or 0)

    @property
    def is_over(self) -> bool:
        return self.left_dkk is not None and self.left_dkk < 0

    @property
    def last_month(self) -> dt.date | None:
        return self.months[-1].month if self.months else None

    @property
    def unreported_since(self) -> dt.date | None:
        """The last month that was reported, when more than one whole month has passed since while the framework ran."""
        ends_on = self.framework.effective_ends_on
        until = self.today if ends_on is None else min(self.today, ends_on)
        late = self.last_month is not None and month_end(add_months(self.last_month, MONTHS_TO_REPORT)) <= until
        return self.last_month if late else None

    @cached_property
    def pace(self) -> Pace | None:
        return pace_of(self.months, today=self.today)

    @cached_property
    def thresholds(self) -> tuple[Threshold, ...]:
        """When a new tender must begin, referrals must stop and the ceiling is used up; none without a ceiling."""
        if self.ceiling_dkk is None:
            return ()
        percents = {
            ThresholdKind.RETENDER: self.framework.retender_threshold_percent,
            ThresholdKind.STOP_REFERRALS: self.framework.stop_threshold_percent,
            ThresholdKind.CEILING: 100,
        }
        return tuple(self._threshold(kind, percent, self.ceiling_dkk) for kind, percent in percents.items())

    def threshold(self, kind: ThresholdKind) -> Threshold | None:
        return next((each for each in self.thresholds if each.kind is kind), None)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The months with what they add up to."""
        complete = {each.month for each in complete_months(self.months, today=self.today)}
        lines, spent = [], Decimal(0)
        for each in self.months:
            spent += each.amount_dkk
            share = _share(spent, self.ceiling_dkk)
            lines.append(Line(each.month, each.amount_dkk, each.referrals, spent, share, each.month in complete))
        return tuple(lines)

    def _threshold(self, kind: ThresholdKind, percent: int, ceiling: Decimal) -> Threshold:
        limit = ceiling * percent / 100
        expected = forecast(self.months, limit_dkk=limit, today=self.today)
        return Threshold(kind, percent, limit, expected, self.framework.effective_ends_on)


@dataclass(frozen=True)
class FrameworkBurnDown:
    """A framework's own figures, and those of each of its lots."""

    whole: BurnDown
    lots: tuple[BurnDown, ...]

    @property
    def framework(self) -> FrameworkAgreement:
        return self.whole.framework

    @property
    def all(self) -> tuple[BurnDown, ...]:
        return (self.whole, *self.lots)


def filled(months: Sequence[MonthSpend], reported: Sequence[dt.date]) -> tuple[MonthSpend, ...]:
    """Return a lot's months with 0 in those where only other lots of the framework had something, from its own first."""
    if not months:
        return ()
    by_month = {each.month: each for each in months}
    first = months[0].month
    return tuple(by_month.get(month, MonthSpend(month, Decimal(0))) for month in reported if month >= first)


def missing_months(reported: Sequence[dt.date]) -> tuple[dt.date, ...]:
    """Return the months between the first and the last that nobody reported anything for."""
    if not reported:
        return ()
    known, month, found = set(reported), reported[0], []
    while month < reported[-1]:
        if month not in known:
            found.append(month)
        month = add_months(month, 1)
    return tuple(found)


def _share(spent: Decimal | None, ceiling: Decimal | None) -> Decimal | None:
    return None if spent is None or not ceiling else spent / ceiling
