"""The form that a filled-in workbook is handed in with."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from records.sheets.forms import SheetForm


class WorkbookForm(SheetForm):
    file = forms.FileField(
        label=_("The filled-in workbook"),
        help_text=_("The file that you saved from here, as XLSX or CSV."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )
