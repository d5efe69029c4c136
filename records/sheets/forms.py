"""The form that a sheet is handed in with."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from records.files.forms import LimitedUploadForm
from records.sheets.layouts import RIGHT_FILE


class SheetForm(LimitedUploadForm):
    limit_setting = "IMPORT_MAX_BYTES"
    advice: str | Promise = RIGHT_FILE

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": gettext_lazy("Choose the file."), "empty": gettext_lazy("The file is empty.")},
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(self.too_large())
        return file
