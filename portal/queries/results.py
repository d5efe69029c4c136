"""A supplier's own results: what there is to choose, and what stands on the page for one choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from contracts.models import FrameworkAgreement, Lot
from documents import formats
from portal.acting import Acting
from results.comparison import (
    Comparison,
    ContextLine,
    OwnView,
    Question,
    Reason,
    SupplierLine,
    comparison_for_supplier,
    printed,
)
from results.comparison.illustrated import pictures_of, series_picture
from results.comparison.series import time_line
from results.models import Measure, Observation
from results.periods import Period
from results.pictures import Figure
from suppliers.models import Supplier

CHOICES = ("maal", "omraade", "periode")  # how the address names measure, scope and period


class NoSuchChoiceError(ValueError):
    """The address names a measure, scope or period in which the supplier has no figures."""


@dataclass(frozen=True)
class Choice:
    """One measure, scope and period in which the supplier has figures. Lot and framework None: in all."""

    measure: Measure
    framework: FrameworkAgreement | None
    lot: Lot | None
    period: Period

    @property
    def codes(self) -> dict[str, str]:
        """How the address names the choice."""
        return dict(zip(CHOICES, (self.measure.code, self.place, self.period.code), strict=True))

    @property
    def place(self) -> str:
        if self.lot:
            return f"delaftale-{self.lot.pk}"
        return f"ramme-{self.framework.pk}" if self.framework else "alle"

    @property
    def question(self) -> Question:
        return Question(self.measure, self.period, framework=self.framework, lot=self.lot)


@dataclass(frozen=True)
class Option:
    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Figures:
    """What stands on the page of one choice."""

    choice: Choice
    view: OwnView
    finding: str
    headings: tuple[printed.Heading, ...]
    rows: tuple[tuple[printed.PrintedRow, tuple[tuple[printed.Heading, printed.Printed], ...]], ...]
    pictures: tuple[Figure, ...]
    left_out: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    has_hidden: bool

    @property
    def comparison(self) -> Comparison:
        return self.view.comparison

    @property
    def own(self) -> SupplierLine | None:
        return next(iter(self.view.own), None)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why something is not comparable, of the whole and of the supplier's own line, each once."""
        told = [*self.comparison.reasons, *(self.own.reasons if self.own else ())]
        return tuple(dict.fromkeys(told))

    @property
    def context(self) -> tuple[tuple[ContextLine, str], ...]:
        """Figures from outside, with their share as text."""
        return tuple((line, printed.percent(line.share)) for line in self.comparison.context)

    @property
    def referrals(self) -> str:
        return printed.referrals(self.own) if self.own else formats.MISSING


def own_choices(acting: Acting) -> tuple[Choice, ...]:
    """Return every choice with validated figures of the supplier, the newest period first; four queries."""
    live = Observation.objects.live().filter(supplier__in=Supplier.objects.family_of(acting.supplier), service=None)
    keys = ("measure_version__measure", "framework", "lot", "period_start", "period_end")
    found = set(live.order_by().values_list(*keys).distinct())
    measures = Measure.objects.in_bulk({measure for measure, *_rest in found})
    frameworks = FrameworkAgreement.objects.in_bulk({framework for _m, framework, *_rest in found if framework})
    lots = Lot.objects.select_related("framework").in_bulk({lot for _m, _f, lot, *_rest in found if lot})
    choices = [
        Choice(measures[measure], frameworks.get(framework), lots.get(lot), Period(start, end))
        for measure, framework, lot, start, end in found
    ]
    return tuple(sorted(choices, key=_order))


def _order(choice: Choice) -> tuple[Any, ...]:
    """The newest period first, of those that end alike the longest; then lots before whole agreements, then measures."""
    scope = (choice.lot is None, choice.framework is None, str(choice.lot or choice.framework or ""))
    return (-choice.period.end.toordinal(), choice.period.start, scope, choice.measure.order, choice.measure.code)


def chosen(choices: Iterable[Choice], asked: Mapping[str, str]) -> Choice | None:
    """Return the choice that an address names, what it leaves out being the first that fits; None when no choice fits.

    Raises NoSuchChoiceError for a name that none of the choices has.
    """
    held = list(choices)
    wanted = {name: asked[name] for name in CHOICES if asked.get(name)}
    for name, code in wanted.items():
        if code not in {each.codes[name] for each in held}:
            raise NoSuchChoiceError(f"{name}={code!r}")
    fitting = (each for each in held if all(each.codes[name] == code for name, code in wanted.items()))
    return next(fitting, None)


def options(choices: Iterable[Choice], asked: Mapping[str, str]) -> dict[str, tuple[Option, ...]]:
    """Return what each list of the form offers, with what the address or the choice has."""
    found: dict[str, dict[str, str]] = {name: {} for name in CHOICES}
    for each in choices:
        labels = (str(each.measure), scope_label(each), each.period.label)
        for (name, code), label in zip(each.codes.items(), labels, strict=True):
            found[name].setdefault(code, label)
    return {
        name: tuple(Option(code, label, code == asked.get(name)) for code, label in held.items())
        for name, held in found.items()
    }


def scope_label(choice: Choice) -> str:
    """Return "Udbudsområde 1, Rammeaftale", the agreement alone, or "" for everything."""
    if choice.lot:
        return f"{choice.lot} ({choice.lot.framework.name})"
    return choice.framework.name if choice.framework else _("All framework agreements")


def figures_of(acting: Acting, choice: Choice) -> Figures:
    """Return everything that stands on the page of a choice, as the supplier may see it."""
    view = comparison_for_supplier(acting.supplier, choice.question)
    found = view.comparison
    heads = printed.headings(found)
    rows = tuple((row, tuple(zip(heads, row.cells, strict=True))) for row in printed.rows(found))
    drawn = pictures_of(found, anchor="resultater")
    return Figures(
        choice=choice,
        view=view,
        finding=printed.finding_of(found),
        headings=heads,
        rows=rows,
        pictures=(*drawn.all, *_over_time(found, acting)),
        left_out=drawn.notes if drawn.all else (),
        facts=tuple(_facts(found)),
        has_hidden=any(cell.is_hidden for _row, cells in rows for _head, cell in cells),
    )


def _over_time(found: Comparison, acting: Acting) -> tuple[Figure, ...]:
    """Return the picture of the supplier's own figures over time, where there are enough periods."""
    over_time = series_picture(found, time_line(found, only=acting.supplier), anchor="resultater")
    return (over_time,) if over_time else ()


def _facts(found: Comparison) -> Iterable[tuple[str, str]]:
    """Yield what stands with every number, from the records: definition, unit, source and date."""
    if found.version is None:
        return
    yield _("Definition"), f"{found.version.code}: {found.version.counts}. {found.version.window}"
    yield _("Population"), found.version.population
    yield _("Unit"), str(found.unit.label) if found.unit else formats.MISSING
    if found.is_judged:
        yield _("Held against"), printed.reference_name(found)
    yield _("Source"), "; ".join(dict.fromkeys(each.source for each in found.deliveries))
    yield _("Extracted on"), formats.day(found.data_as_of)
