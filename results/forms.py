"""What people send in: a file with its provenance, and the reason for taking a delivery out of use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.rules import AnyUser
from results.models import Delivery


class UploadForm(forms.Form):
    """With `is_too_large` nothing was received, so that the size is all there is to say, and the form stands as new."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX with aggregated figures: never rows about single persons."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": gettext_lazy("Choose the file."), "empty": gettext_lazy("The file is empty.")},
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=200,
        help_text=gettext_lazy(
            "The registers or systems the figures come from, e.g. “DREAM og Fasit”. Printed under tables."
        ),
    )
    extracted_on = forms.DateField(
        label=gettext_lazy("Extracted on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("The day the figures were drawn from the source."),
    )
    is_validated = forms.BooleanField(
        label=gettext_lazy("The figures are validated"),
        required=False,
        help_text=gettext_lazy("Only validated figures are used in cases."),
    )
    supersedes = forms.ModelChoiceField(
        label=gettext_lazy("Supersedes"),
        queryset=Delivery.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nothing: the figures are new"),
        help_text=gettext_lazy("The earlier delivery that these figures stand in place of."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What whoever uses the figures should know. Printed with the source."),
    )

    def __init__(self, *args: Any, user: AnyUser, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_large = is_too_large
        visible = Delivery.objects.visible_to(user)
        self.fields["supersedes"].queryset = visible.filter(withdrawn_at=None).newest_first()  # type: ignore[attr-defined]
        self.sources = sorted(set(visible.order_by().values_list("source", flat=True)))
        self.fields["source"].widget.attrs["list"] = "known-sources"

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(_too_large())
        return file

    def clean_extracted_on(self) -> Any:
        day = self.cleaned_data["extracted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("The extraction date lies in the future. Write the day the figures were drawn.")
            )
        return day

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_too_large:
            self._errors.clear()  # type: ignore[attr-defined]
            again = _("Nothing else of the form was received either, so fill it in again.")
            self.add_error("file", f"{_too_large()} {again}")


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason for withdrawal"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whoever meets the delivery will be told, e.g. “Figures for January are missing”."),
        error_messages={"required": gettext_lazy("Say why the delivery is withdrawn.")},
    )


def _too_large() -> str:
    return _(
        "The file is larger than %(limit)s. Only aggregated figures are imported: check that it is the right one."
    ) % {"limit": filesizeformat(settings.IMPORT_MAX_BYTES)}
