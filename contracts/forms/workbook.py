"""The form that the register's workbook is handed in with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from contracts.services.workbook import ADVICE
from records.sheets.forms import SheetForm


class WorkbookForm(SheetForm):
    advice = ADVICE

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["file"].help_text = _("XLSX, with a sheet for each kind of record.")
        self.fields["file"].widget.attrs["accept"] = ".xlsx"
