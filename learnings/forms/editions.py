"""The forms by which personal data is decided on, and a report is taken off the website."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from learnings.enums import FindingDecision
from learnings.queries import Finding
from learnings.services.findings import seen


class FindingForm(forms.Form):
    """What is done with the words at a place; `may_stand` is false for what looks like a CPR number."""

    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    looked_at = forms.CharField(max_length=80, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=FindingDecision.choices,
        error_messages={"required": _("Choose what is done with it.")},
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, help_text=_("Needed when it may stand.")
    )

    @classmethod
    def of(cls, finding: Finding) -> FindingForm:
        held, (start, end) = finding.resolution, finding.span
        initial = {"start": start, "end": end, "looked_at": seen(held)}
        initial |= (
            {"decision": held.decision, "reason": held.reason} if held else {"decision": FindingDecision.REDACTED}
        )
        form = cls(initial=initial, auto_id=f"id_{finding.key}_%s")
        if not finding.may_stand:
            choices = [choice for choice in FindingDecision.choices if choice[0] != FindingDecision.STANDS]
            form.fields["decision"].choices = choices  # type: ignore[attr-defined]
            del form.fields["reason"]
        return form


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("Other words to keep out"),
        max_length=500,
        help_text=_("Copy them from the answer as they are. They are kept out everywhere in it."),
        error_messages={"required": _("Write the words that are to be kept out.")},
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Why it is taken off the website. Kept in the history; not shown to the public."),
        error_messages={"required": _("Say why the report is taken off the website.")},
    )
