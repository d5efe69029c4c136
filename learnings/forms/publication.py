"""The form by which the municipality decides on a passage that a supplier wants kept out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from learnings.enums import WithholdingDecision


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=WithholdingDecision.choices,
        error_messages={"required": _("Choose whether it is kept out or published.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("The supplier reads it in the portal."),
        error_messages={"required": _("Say why, so that the supplier can understand the decision.")},
    )
