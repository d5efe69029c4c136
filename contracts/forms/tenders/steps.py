"""What is asked when a tender is planned and moved: days and reasons."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.enums import Phase
from contracts.forms.fields import day_field
from contracts.models import Tender, TenderPhase
from contracts.services.tenders import PlanRow


class StepForm(forms.Form):
    """A phase begins or is finished on a day."""

    on = day_field(label=_("Day"))


class WhyForm(forms.Form):
    """Something is stopped, and a reader must be told why."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Can be read by everybody who can read the tender."),
    )


class ProposalForm(forms.Form):
    """From which end the plan is made."""

    BACKWARDS, FORWARDS = "backwards", "forwards"

    direction = forms.ChoiceField(
        choices=[(BACKWARDS, _("Backwards from when contracts begin")), (FORWARDS, _("Forwards from when we begin"))]
    )
    day = day_field(label=_("Day"))

    @property
    def days(self) -> dict[str, dt.date]:
        name = "backwards_from" if self.cleaned_data["direction"] == self.BACKWARDS else "forwards_from"
        return {name: self.cleaned_data["day"]}


class PhasePlanForm(forms.Form):
    """The planned days of one phase."""

    planned_start_on = day_field(label=_("Planned start"), required=False)
    planned_end_on = day_field(label=_("Planned end"), required=False)
    is_skipped = forms.BooleanField(label=_("Left out"), required=False)

    def __init__(self, *args: Any, phase: TenderPhase, may_skip: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phase = phase
        for name, label in ((field, self.fields[field].label) for field in self.fields):
            self.fields[name].widget.attrs["aria-label"] = f"{phase.get_kind_display()}: {label}"
        if not may_skip and not phase.is_skipped:
            del self.fields["is_skipped"]

    def clean(self) -> dict[str, Any]:
        start, end = self.cleaned_data.get("planned_start_on"), self.cleaned_data.get("planned_end_on")
        if start and end and end < start:
            self.add_error(
                "planned_end_on", _("The phase is planned to end before it starts. Correct one of the dates.")
            )
        return self.cleaned_data

    @property
    def row(self) -> PlanRow:
        return PlanRow(**self.cleaned_data)


class PlanForms:
    """The plan of all phases, saved at once; `loaded_version` tells whether somebody else was here meanwhile."""

    def __init__(self, tender: Tender, data: Any = None, *, loaded_version: str) -> None:
        self.loaded_version = data.get("loaded_version", "") if data is not None else loaded_version
        self.forms = [
            PhasePlanForm(
                data,
                prefix=phase.kind,
                phase=phase,
                may_skip=phase.kind in tender.skippable and phase.started_on is None,
                initial={name: getattr(phase, name) for name in ("planned_start_on", "planned_end_on", "is_skipped")},
            )
            for phase in tender.phases_in_order()
        ]

    def is_valid(self) -> bool:
        return not [form for form in self.forms if not form.is_valid()]

    @property
    def rows(self) -> dict[Phase, PlanRow]:
        return {Phase(form.phase.kind): form.row for form in self.forms}
