"""The form by which a supplier marks what is to be kept out of what is published."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from learnings.enums import WithholdingKind


class WithholdForm(forms.Form):
    """`question` is the answer's; an empty passage is all of it."""

    question = forms.IntegerField(widget=forms.HiddenInput)
    passage = forms.CharField(
        label=_("Which words"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Copy them from the answer. Leave this empty to keep the whole answer out."),
    )
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=WithholdingKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )
    reason = forms.CharField(
        label=_("Why it should be kept out"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, so that the municipality can decide.")},
    )
