"""The form of an amendment: what it is, and an editable copy of the terms that it changes."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList, Panel

from accounts.models import User
from contracts.differences import Terms
from contracts.enums import OptionState
from contracts.forms.fields import day_field, reason_field
from contracts.forms.panels import AMENDMENT_PANELS, CONTRACT_TERM_PANELS, FRAMEWORK_TERM_PANELS
from contracts.models import Amendment, Contract, Document, FrameworkAgreement
from contracts.models.agreed_terms import OPTIONS
from contracts.queries.agreed_terms import editable_copy, number_open_options, terms_of
from contracts.queries.amendments import Caution
from records.conflicts import without_gone_children
from records.forms import RecordChangeForm, RecordForm, add_service_errors, errors_by_place, places_of

Agreement = Contract | FrameworkAgreement
COPY = "terms"  # prefix of the fields of the copy


class NewAmendmentForm(RecordForm):
    """What the amendment is. `base` are the terms that the copy was made of, signed so that nobody rewrites them."""

    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = _documents_of(self.instance.target)
        self.initial["base"] = signing.dumps(self.instance.base_terms, salt=_salt(self.instance.target))


class AmendmentForm(NewAmendmentForm, RecordChangeForm):
    """A draft that is there already; changing it may be given a reason."""

    change_reason = reason_field(label=gettext_lazy("Why the draft is changed"), required=False)


class ConfirmForm(forms.Form):
    """Shown when there is something to be warned of."""

    is_confirmed = forms.BooleanField(
        label=gettext_lazy("I have read the warning, and the amendment is right all the same"), required=False
    )
    justification = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stays on the amendment and in its history."),
    )

    def clean(self) -> dict[str, Any]:
        reason = self.cleaned_data["justification"].strip()
        if self.cleaned_data["is_confirmed"] and not reason:
            self.add_error("justification", _("Say why the amendment is right all the same."))
        if reason and not self.cleaned_data["is_confirmed"]:
            self.add_error("is_confirmed", _("Tick the box too, or take the reason away."))
        return self.cleaned_data

    @property
    def confirmed(self) -> str:
        """The reason, when the box beside it is ticked too."""
        return self.cleaned_data["justification"].strip() if self.cleaned_data.get("is_confirmed") else ""


class ForceForm(forms.Form):
    """An amendment comes into force."""

    signed_on = day_field(
        label=gettext_lazy("Signed on"), help_text=gettext_lazy("The day on which the last of the two sides signed.")
    )
    document = forms.ModelChoiceField(
        label=gettext_lazy("Signed document"), queryset=Document.objects.none(), required=False
    )

    def __init__(self, *args: Any, amendment: Amendment, **kwargs: Any) -> None:
        initial = {"signed_on": amendment.signed_on, "document": amendment.document_id}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["document"].queryset = _documents_of(amendment.target)  # type: ignore[attr-defined]


class DraftForms:
    """The forms on the page of a draft, which stand or fall together."""

    def __init__(
        self,
        amendment: Amendment,
        *,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
        user: User,
    ) -> None:
        self.amendment, self.warnings = amendment, ()
        agreement = amendment.target
        if data is not None and amendment._state.adding:
            amendment.base_terms = amendment.terms = _posted_base(data, agreement)
        self.was_open = [_number(key) for key in amendment.terms if key.partition(".")[0] in OPTIONS]
        self.decided = [option.number for option in agreement.options.all() if option.state != OptionState.OPEN]
        copy = editable_copy(agreement, amendment.terms)
        cleaned = None if data is None else without_gone_children(data, copy, prefix=COPY)
        form = {"data": data, "initial": initial, "for_user": user}
        self.own_panel, self.copy_panel = amendment_panel(is_new=amendment._state.adding), terms_panel(type(agreement))
        self.own = self.own_panel.get_form_class()(instance=amendment, **form)
        self.copy = self.copy_panel.get_form_class()(cleaned, instance=copy, prefix=COPY, for_user=user)
        confirmed = {"is_confirmed": bool(amendment.justification), "justification": amendment.justification}
        self.confirm = ConfirmForm(data, initial=confirmed, prefix="confirm")

    def is_valid(self) -> bool:
        valid = [
            form.is_valid() for form in (self.own, self.copy, self.confirm)
        ]  # each of them, so that all errors show
        return all(valid)

    def draft(self) -> Amendment:
        """Return the amendment as it is written in the forms."""
        draft = self.own.save(commit=False)
        draft.terms = self.written_terms()
        draft.justification = self.confirm.confirmed
        return draft

    def written_terms(self) -> dict[str, Any]:
        copy = self.copy.save(commit=False)
        number_open_options(copy, decided=self.decided, was_open=self.was_open)
        return terms_of(copy)

    def warn(self, warnings: tuple[Caution, ...]) -> None:
        """Show what the draft must be warned of, at the fields that it is about."""
        self.warnings = warnings
        for warning in warnings:
            form = self.copy if warning.place in self.copy.fields else self.own
            form.add_error(warning.place, warning.text)

    def refuse(self, error: ValidationError) -> None:
        """Show what was refused at the field that it is about, in whichever form that is."""
        in_copy = places_of(self.copy)
        for place, errors in errors_by_place(in_copy | places_of(self.own), error).items():
            add_service_errors(self.copy if place in in_copy else self.own, ValidationError({place: errors}))


@cache
def amendment_panel(*, is_new: bool) -> Panel:
    """Return the form of what an amendment is."""
    panels = AMENDMENT_PANELS if is_new else [*AMENDMENT_PANELS, FieldPanel("change_reason")]
    return ObjectList(panels, base_form_class=NewAmendmentForm if is_new else AmendmentForm).bind_to_model(Amendment)


@cache
def terms_panel(model: type[Agreement]) -> Panel:
    """Return the form of a copy of an agreement's terms."""
    panels = CONTRACT_TERM_PANELS if model is Contract else FRAMEWORK_TERM_PANELS
    return ObjectList(panels, base_form_class=RecordForm).bind_to_model(model)


def _posted_base(data: QueryDict, agreement: Agreement) -> Terms:
    """Return the terms that a new draft's form was made of; today's when they are not ours."""
    try:
        return signing.loads(data.get("base", ""), salt=_salt(agreement))
    except signing.BadSignature:
        return terms_of(agreement)


def _documents_of(agreement: Agreement) -> Any:
    return Document.objects.filter(**{"contract" if isinstance(agreement, Contract) else "framework": agreement})


def _salt(agreement: Agreement) -> str:
    return f"contracts.amendment.{agreement._meta.model_name}.{agreement.pk}"


def _number(key: str) -> int:
    return int(key.partition(".")[2])
