"""What somebody says when asking for a dossier."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.enums import Edition, LeftOut


class DossierForm(forms.Form):
    edition = forms.ChoiceField(
        label=_("Edition"), choices=Edition.choices, initial=Edition.FULL, widget=forms.RadioSelect
    )
    left_out = forms.MultipleChoiceField(
        label=_("What the extract leaves out"),
        choices=LeftOut.choices,
        initial=LeftOut.values,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for an extract. Each thing that is left out stands in the index with the reason."),
    )
    reason = forms.CharField(
        label=_("Reason for leaving out"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As the law wants it, such as “forvaltningslovens § 15 b”."),
    )
