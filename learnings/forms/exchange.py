"""The form that coding is handed in with."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from learnings.exchange.layout import CODING
from records.sheets.forms import SheetForm

SUFFIXES = {".csv", ".xlsx", ".qdpx"}


class CodingUploadForm(SheetForm):
    advice = CODING.advice

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX with the columns of the export, or a REFI-QDA project (.qdpx)."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(sorted(SUFFIXES))}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )

    def clean_file(self) -> UploadedFile:
        file = super().clean_file()
        if Path(file.name or "").suffix.lower() not in SUFFIXES:
            raise forms.ValidationError(_("Coding is read from CSV, XLSX or QDPX. Save it as one of them."))
        return file
