"""The burn-down as a page or a tab shows it: sentences, picture, thresholds and tables, all ready to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contracts import burn_down_words as words
from contracts.burn_down import BurnDown, FrameworkBurnDown, Line
from contracts.burn_down_picture import curve_of
from contracts.enums import ThresholdKind
from contracts.forecast import Outcome
from documents.charts import curve_svg
from documents.curves import Curve
from documents.formats import kroner, month, number


@dataclass(frozen=True)
class ThresholdRow:
    label: str
    percent: str
    limit: str
    when: str
    is_reached: bool


@dataclass(frozen=True)
class MonthRow:
    month: str
    amount: str
    referrals: str
    spent: str
    share: str
    is_complete: bool


@dataclass(frozen=True)
class LotRow:
    """A lot on its framework's page; `meter` and its marks are numbers that a browser reads, "" without a share."""

    name: str
    url: str
    ceiling: str
    spent: str
    share: str
    meter: str
    meter_low: str
    meter_high: str
    referrals: str
    outlook: str
    is_over: bool


@dataclass(frozen=True)
class BurnDownFigures:
    """Everything that stands about one framework or lot; `contracts/_burn_down.html` shows it."""

    finding: str
    outlook: str
    basis: str
    gaps: str
    picture: SafeString
    narrow_picture: SafeString
    picture_text: str
    thresholds: tuple[ThresholdRow, ...]
    months: tuple[MonthRow, ...]
    lots: tuple[LotRow, ...]
    is_over: bool
    has_forecast: bool

    @property
    def has_figures(self) -> bool:
        return bool(self.months)


def framework_figures(figures: FrameworkBurnDown) -> BurnDownFigures:
    return _figures(figures.whole, (_lot_row(each) for each in figures.lots))


def lot_figures(figures: BurnDown) -> BurnDownFigures:
    return _figures(figures, ())


def _figures(figures: BurnDown, lots: Iterable[LotRow]) -> BurnDownFigures:
    curve = curve_of(figures)
    finding, outlook = words.finding(figures), words.outlook(figures)
    return BurnDownFigures(
        finding=finding,
        outlook=outlook,
        basis=words.basis(figures),
        gaps=words.gaps(figures.missing, figures.unreported_since),
        picture=_drawn(curve),
        narrow_picture=_drawn(curve, is_narrow=True),
        picture_text=_("Curve of the spending month by month. %(finding)s %(outlook)s")
        % {"finding": finding, "outlook": outlook},
        thresholds=tuple(
            ThresholdRow(
                label=str(each.kind.label),
                percent=f"{each.percent} %",
                limit=kroner(each.limit_dkk),
                when=words.when(each),
                is_reached=each.forecast.outcome is Outcome.REACHED,
            )
            for each in figures.thresholds
        ),
        months=tuple(map(_month_row, figures.lines)),
        lots=tuple(lots),
        is_over=figures.is_over,
        has_forecast=bool(curve and curve.expected),
    )


def _drawn(curve: Curve | None, *, is_narrow: bool = False) -> SafeString:
    svg = curve_svg(curve, is_narrow=is_narrow) if curve else ""
    return mark_safe(svg)  # noqa: S308 -- drawn here, from numbers and words of our own


def _month_row(line: Line) -> MonthRow:
    return MonthRow(
        month=month(line.month),
        amount=kroner(line.amount_dkk),
        referrals=number(line.referrals),
        spent=kroner(line.spent_dkk),
        share=words.percent(line.share),
        is_complete=line.is_complete,
    )


def _lot_row(figures: BurnDown) -> LotRow:
    ceiling = figures.threshold(ThresholdKind.CEILING)
    return LotRow(
        name=str(figures.agreement),
        url=reverse("contracts:lot_burn_down", args=[figures.agreement.pk]),
        ceiling=kroner(figures.ceiling_dkk),
        spent=kroner(figures.spent_dkk),
        share=words.percent(figures.share),
        meter="" if figures.share is None else f"{figures.share:.4f}",
        meter_low=f"{figures.framework.retender_threshold_percent / 100:.2f}",
        meter_high=f"{figures.framework.stop_threshold_percent / 100:.2f}",
        referrals=number(figures.referrals),
        outlook=words.when(ceiling) if ceiling and figures.months else "–",
        is_over=figures.is_over,
    )
