"""What the forms share that a page saves by itself while somebody writes."""

from __future__ import annotations

from django import forms

from learnings.services import Basis


class SavingForm(forms.Form):
    """A form whose `revision` and `page` say what its writer began from."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    @property
    def basis(self) -> Basis:
        return Basis(self.cleaned_data["revision"], self.cleaned_data["page"])

    def go_on_from(self, revision: int) -> None:
        """Let the form continue another revision: whoever saves it again has seen what that says."""
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = str(revision)

    def all_errors(self) -> str:
        return " ".join(str(text) for errors in self.errors.values() for text in errors)
