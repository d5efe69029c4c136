"""The choice bar of the comparison: the address says what is compared, and what it leaves out is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from results.comparison import Question, Reference
from results.comparison.scopes import Scope, Scopes, periods_of, units_of
from results.enums import MeasureKind, Unit
from results.models import Measure
from results.periods import Period, PeriodError, parse

Choices = list[tuple[str, str]]


FURTHER = ("enhed", "definition", "orden", "uvaliderede", "placering")
ORDERS = [("", gettext_lazy("By name")), ("stoerrelse", gettext_lazy("By size"))]


def _choice(label: Any, choices: Any = ()) -> forms.ChoiceField:
    """Return a list to choose from; what an old or a mistyped address asks for and is not in it, is told."""
    gone = gettext_lazy("There are no figures for what the address asks for. Choose something from the list.")
    return forms.ChoiceField(label=label, choices=choices, required=False, error_messages={"invalid_choice": gone})


class ChoiceForm(forms.Form):
    """What an address asks for. `question` is None when there is nothing to compare, or a choice is wrong."""

    maal = _choice(gettext_lazy("Measure"))
    omraade = _choice(gettext_lazy("Framework or lot"))
    periode = _choice(gettext_lazy("Period"))
    gruppe = _choice(gettext_lazy("Benefit group"))
    leverandoer = _choice(gettext_lazy("Supplier in focus"))
    enhed = _choice(gettext_lazy("Unit"))
    definition = _choice(gettext_lazy("Definition"))
    mod = _choice(gettext_lazy("Held against"), Reference.choices)
    orden = _choice(gettext_lazy("Order of the pictures"), ORDERS)
    maaltal = forms.DecimalField(
        label=gettext_lazy("Target in per cent"),
        required=False,
        min_value=0,
        max_value=100,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": "6"}),
        error_messages={
            "min_value": gettext_lazy("A target is a share from 0 to 100 per cent."),
            "max_value": gettext_lazy("A target is a share from 0 to 100 per cent."),
            "invalid": gettext_lazy("Write the target as a number of per cent, e.g. 30 or 30,5."),
        },
    )
    uvaliderede = forms.BooleanField(label=gettext_lazy("Also figures that are not validated"), required=False)
    placering = forms.BooleanField(label=gettext_lazy("Show intervals of places"), required=False)

    def __init__(self, asked: QueryDict, found: Scopes) -> None:
        self.found = found
        self.measure = self._measure(asked.get("maal", ""))
        of_measure = found.of_measure(self.measure)
        place = asked.get("omraade") or (of_measure[0].place if of_measure else "")
        here = [each for each in of_measure if each.place == place]
        periods = periods_of(here)
        period = asked.get("periode") or (periods[0].code if periods else "")
        code = asked.get("maal") or (self.measure.code if self.measure else "")
        data = {**asked.dict(), "maal": code, "omraade": place, "periode": period}
        data.setdefault("mod", Reference.OTHERS)
        super().__init__(data)
        self._offer(of_measure, here, periods, period)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("mod") == Reference.TARGET and cleaned.get("maaltal") is None and "maaltal" not in self.errors:
            self.add_error("maaltal", _("Write the target that the suppliers are held against, e.g. 30."))
        return cleaned

    @property
    def question(self) -> Question | None:
        """Return what is asked for; None without a measure, or while something is wrong."""
        if self.measure is None or not self.is_valid():
            return None
        chosen = self.cleaned_data
        framework, lot = self.found.place(chosen["omraade"])
        return Question(
            measure=self.measure,
            period=parse(chosen["periode"]),
            framework=framework,
            lot=lot,
            version=_of(self.found.versions, "pk", chosen["definition"]),
            unit=Unit(chosen["enhed"]) if chosen["enhed"] else None,
            benefit_group=_of(self.found.groups, "code", chosen["gruppe"]),
            supplier=_of(self.found.suppliers, "pk", chosen["leverandoer"]),
            reference=Reference(chosen["mod"] or Reference.OTHERS),
            target=float(chosen["maaltal"]) / 100 if chosen["mod"] == Reference.TARGET else None,
            include_unvalidated=chosen["uvaliderede"],
            with_places=chosen["placering"],
            by_size=chosen["orden"] == "stoerrelse",
        )

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("maal", "omraade", "periode", "gruppe", "leverandoer", "mod", "maaltal")]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """What is chosen on the page of one supplier."""
        return [self[name] for name in ("maal", "omraade", "periode", "mod")]

    @property
    def further_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FURTHER]

    @property
    def is_further_chosen(self) -> bool:
        return any(self.data.get(name) for name in FURTHER)

    def address(self, **changes: str) -> str:
        """Return the choice as the end of an address."""
        query = QueryDict(mutable=True)
        chosen = {**self.data, **changes}
        query.update(
            {name: str(value) for name, value in chosen.items() if value and (name in self.fields or name in changes)}
        )
        return f"?{query.urlencode()}"

    def _measure(self, code: str) -> Measure | None:
        shares = [each for each in self.found.measures if each.kind == MeasureKind.SHARE]
        default = next(iter([*shares, *self.found.measures]), None)
        return next((each for each in self.found.measures if each.code == code), default)

    def _offer(
        self, of_measure: Sequence[Scope], here: Sequence[Scope], periods: Sequence[Period], period: str
    ) -> None:
        found, in_period = self.found, [each for each in here if each.period.code == period]
        places = {each.place for each in of_measure}
        self._choices("maal", [(each.code, each.name) for each in found.measures])
        self._choices("omraade", [pair for pair in self._places() if pair[0] in places])
        self._choices("periode", [(each.code, each.label) for each in periods] + _typed(period, periods))
        self._choices("gruppe", [("", _("All groups")), *((each.code, each.name) for each in found.groups)])
        self._choices(
            "leverandoer",
            [("", _("All suppliers")), *((str(each.pk), each.name_then_and_now) for each in found.suppliers)],
        )
        newest = ("", _("That of the newest delivery"))
        self._choices("enhed", [newest, *((each.value, str(each.label)) for each in units_of(here))])
        versions = {each.version_id for each in in_period}
        named = [(str(each.pk), each.code) for each in found.versions if each.pk in versions]
        self._choices("definition", [newest, *named])

    def _places(self) -> Choices:
        return [
            *((f"ramme-{each.pk}", str(each)) for each in self.found.frameworks),
            *((f"delaftale-{each.pk}", str(each)) for each in self.found.lots),
            ("alle", _("Everything")),
        ]

    def _choices(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices


def _typed(period: str, offered: Iterable[Period]) -> Choices:
    """A period of an old address that has no figures any more can be asked for, and is then said to have none."""
    if not period or period in {each.code for each in offered}:
        return []
    try:
        return [(period, parse(period).label)]
    except PeriodError:
        return []


def _of(records: Iterable[Any], field: str, value: str) -> Any:
    return next((each for each in records if value and str(getattr(each, field)) == value), None)
