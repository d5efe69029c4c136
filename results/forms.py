"""What people send in: a file with its provenance, and the reason for taking a delivery out of use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.rules import AnyUser
from accounts.widgets import DayInput
from records.files.forms import LimitedUploadForm
from records.sheets.forms import SheetForm
from results.enums import MeasureKind
from results.models import Delivery, Measure, ResultComment
from results.services.importing.parsing import SHEET

SOURCE_HELP = gettext_lazy(
    "The registers or systems the figures come from, e.g. “DREAM og Fasit”. Printed under tables."
)


class DeliveryForm(forms.Form):
    """What is said of figures when they become a delivery, wherever they come from."""

    is_validated = forms.BooleanField(
        label=gettext_lazy("The figures are validated"),
        required=False,
        initial=True,
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

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visible = Delivery.objects.visible_to(user)
        self.fields["supersedes"].queryset = self.visible.filter(withdrawn_at=None).newest_first()  # type: ignore[attr-defined]


class UploadForm(DeliveryForm, SheetForm):
    advice = SHEET.advice
    as_new = {"is_validated": True}
    field_order = ("file", "source", "extracted_on", "is_validated", "supersedes", "note")

    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=200,
        help_text=SOURCE_HELP,
    )
    extracted_on = forms.DateField(
        label=gettext_lazy("Extracted on"),
        widget=DayInput(),
        help_text=gettext_lazy("The day the figures were drawn from the source."),
    )

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["file"].help_text = _("CSV or XLSX with aggregated figures: never rows about single persons.")
        self.sources = sorted(set(self.visible.order_by().values_list("source", flat=True)))
        self.fields["source"].widget.attrs["list"] = "known-sources"

    def clean_extracted_on(self) -> Any:
        return _not_later_than_today(self.cleaned_data["extracted_on"])


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason for withdrawal"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whoever meets the delivery will be told, e.g. “Figures for January are missing”."),
        error_messages={"required": gettext_lazy("Say why the delivery is withdrawn.")},
    )


class DeriveForm(LimitedUploadForm):
    """Two extracts to be counted, and what is said of them."""

    limit_setting = "REGISTER_MAX_BYTES"
    advice = gettext_lazy("Compress them with gzip, save them as Parquet, or use the command derive_results.")
    as_new = {"source": "DREAM og Fasit"}

    courses = forms.FileField(
        label=gettext_lazy("Courses"),
        widget=forms.FileInput(attrs={"accept": ".csv,.gz,.parquet"}),
        help_text=gettext_lazy("CSV, gzipped CSV or Parquet: one row for each course."),
        error_messages={"required": gettext_lazy("Choose the file."), "empty": gettext_lazy("The file is empty.")},
    )
    register = forms.FileField(
        label=gettext_lazy("Register"),
        widget=forms.FileInput(attrs={"accept": ".csv,.gz,.parquet"}),
        help_text=gettext_lazy("The weekly register: one row for each person, with the same pseudonymous key."),
        error_messages={"required": gettext_lazy("Choose the file."), "empty": gettext_lazy("The file is empty.")},
    )
    as_of = forms.DateField(
        label=gettext_lazy("Counted as of"),
        widget=DayInput(),
        help_text=gettext_lazy(
            "The last day that both extracts know of. A course without an end, or with a later one, is still running."
        ),
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200, help_text=SOURCE_HELP)
    extracted_on = forms.DateField(
        label=gettext_lazy("Extracted on"),
        widget=DayInput(),
        help_text=gettext_lazy("The day the figures were drawn from the source."),
    )
    count_unknown = forms.BooleanField(
        label=gettext_lazy("Count unknown codes as not found"),
        required=False,
        help_text=gettext_lazy("Otherwise a code without a group stops the count, and you are told which."),
    )

    def full_clean(self) -> None:
        forms.Form.full_clean(self)
        if self.is_too_large:
            self._errors.clear()  # type: ignore[attr-defined]
            again = _("Nothing else of the form was received either, so fill it in again.")
            self.add_error(None, f"{self.too_large()} {again}")

    def clean_as_of(self) -> Any:
        return _not_later_than_today(self.cleaned_data["as_of"])

    def clean_extracted_on(self) -> Any:
        return _not_later_than_today(self.cleaned_data["extracted_on"])


def _not_later_than_today(day: Any) -> Any:
    if day > timezone.localdate():
        raise forms.ValidationError(_("The day lies in the future. Write today's date or an earlier one."))
    return day


class CommentForm(forms.ModelForm):
    class Meta:
        model = ResultComment
        fields = ("text", "said_by")
        widgets = {"text": forms.Textarea(attrs={"rows": 5, "maxlength": 2000})}

    def _post_clean(self) -> None:
        """The service writes the record and checks it whole."""


class RemoveCommentForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why the comment is removed. It stays in the history.")},
    )


class OutsideForm(forms.Form):
    """What is pasted, and what all its rows have in common."""

    measure = forms.ModelChoiceField(
        label=gettext_lazy("Measure"),
        queryset=Measure.objects.filter(kind=MeasureKind.SHARE),
        help_text=gettext_lazy("The measure it is shown beside."),
    )
    what = forms.CharField(
        label=gettext_lazy("What it counts"),
        max_length=200,
        help_text=gettext_lazy("How it differs from ours: “Job 3 måneder efter afsluttet forløb”."),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=200, help_text=gettext_lazy("“jobindsats.dk, tabel y07b15”")
    )
    retrieved_on = forms.DateField(label=gettext_lazy("Retrieved on"), widget=DayInput())
    rows = forms.CharField(
        label=gettext_lazy("Rows"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One row for each: area; benefit group's code or *; period; share in per cent."),
    )
