"""What is asked when something that was due is settled."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.forms.documents import category_field
from contracts.forms.fields import day_field
from contracts.models import Document, ObligationOccurrence
from records.files.forms import LimitedUploadForm, file_field

NOTE_LENGTH = ObligationOccurrence._meta.get_field("note").max_length


def check_not_ahead(day: dt.date, today: dt.date) -> dt.date:
    if day > today:
        raise ValidationError(_("The day lies in the future. Write when it was done."))
    return day


class FulfilForm(LimitedUploadForm):
    """When it was done, and what shows it: a document that is there already, or a file brought on the spot."""

    on = day_field(label=gettext_lazy("Fulfilled on"))
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=NOTE_LENGTH)
    document = forms.ModelChoiceField(
        label=gettext_lazy("A document that is here already"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("What shows that it was done."),
    )
    file = file_field(label=gettext_lazy("or a new file"), required=False)
    category = category_field(required=False, help_text=gettext_lazy("Only with a new file."))
    expires_on = day_field(
        label=gettext_lazy("The file expires on"), required=False, help_text=gettext_lazy("Only when it expires.")
    )

    def __init__(self, *args: Any, documents: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]
        self.today = today

    def clean_on(self) -> dt.date:
        return check_not_ahead(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("file") and cleaned.get("document"):
            self.add_error("file", _("Choose either a document that is here already, or a new file."))
        if cleaned.get("file") and not cleaned.get("category"):
            self.add_error("category", _("Say what kind of document the file is."))
        return cleaned

    def new_document(self, occurrence: ObligationOccurrence) -> Document:
        """Return the document that the file becomes, not saved yet."""
        obligation = occurrence.obligation
        return Document(
            contract=obligation.contract,
            framework=obligation.framework,
            category=self.cleaned_data["category"],
            expires_on=self.cleaned_data["expires_on"],
            title=str(occurrence)[:200],
        )


class WaiveForm(forms.Form):
    on = day_field(label=gettext_lazy("Decided on"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why it is not demanded this time.")},
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> dt.date:
        return check_not_ahead(self.cleaned_data["on"], self.today)
