"""The form that a filled-in paper or workbook is handed in with."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from records.sheets.forms import SheetForm


class FilledInForm(SheetForm):
    advice = _("Pictures belong in attachments. Without them the file is small.")

    file = forms.FileField(
        label=_("The filled-in file"),
        help_text=_("The file that you saved from here, as DOCX, XLSX or CSV."),
        widget=forms.FileInput(attrs={"accept": ".csv,.docx,.xlsx"}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )
