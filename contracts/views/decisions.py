"""Small pages where something is decided about an agreement: an option, a notice, signatures. Each can be taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from contracts import services, terms
from contracts.enums import OptionState, Party
from contracts.forms.decisions import NoticeForm, OptionForm, ReasonForm, SignaturesForm
from contracts.models import Contract, ContractOption, FrameworkOption
from contracts.queries.coming import base_end, waiting_for
from contracts.views.shell import Agreement, contract_or_404, editors_only, framework_or_404, page_of, show
from records.forms import add_service_errors

Option = ContractOption | FrameworkOption

# --- options


@require_http_methods(["GET", "POST"])
@editors_only
def contract_option_decide(request: HttpRequest, contract_id: int, number: int, state: str) -> HttpResponse:
    return _decide(request, contract_or_404(request, contract_id), number, OptionState(state))


@require_http_methods(["GET", "POST"])
@editors_only
def framework_option_decide(request: HttpRequest, framework_id: int, number: int, state: str) -> HttpResponse:
    return _decide(request, framework_or_404(request, framework_id), number, OptionState(state))


@require_http_methods(["GET", "POST"])
@editors_only
def contract_option_reopen(request: HttpRequest, contract_id: int, number: int) -> HttpResponse:
    return _reopen(request, contract_or_404(request, contract_id), number)


@require_http_methods(["GET", "POST"])
@editors_only
def framework_option_reopen(request: HttpRequest, framework_id: int, number: int) -> HttpResponse:
    return _reopen(request, framework_or_404(request, framework_id), number)


def _decide(request: HttpRequest, agreement: Agreement, number: int, state: OptionState) -> HttpResponse:
    option = _option_or_404(agreement, number)
    today = timezone.localdate()
    form = OptionForm(request.POST or None, user=request.user, initial={"decided_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            agreement = services.decide_option(option, state=state, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_service_errors(form, _at(error, options="decided_on"))
        else:
            back = reverse(f"contracts:{agreement._meta.model_name}_option_reopen", args=[agreement.pk, number])
            messages.success(request, _end_of(agreement), buttons=[messages.button(back, _("Undo…"))])
            return redirect(page_of(agreement))
    title = {
        OptionState.EXERCISED: _("Exercise option %(number)s"),
        OptionState.DECLINED: _("Decline option %(number)s"),
    }[state] % {"number": number}
    days = _days_of(agreement, number)
    context = {"form": form, "option": option, "days": days, "is_late": days and days.decide_by_on < today}
    context["is_exercised"] = state is OptionState.EXERCISED
    return show(request, "contracts/option_decide.html", title=title, agreement=agreement, **context)


def _reopen(request: HttpRequest, agreement: Agreement, number: int) -> HttpResponse:
    option = _option_or_404(agreement, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agreement = services.reopen_option(option, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _end_of(agreement))
            return redirect(page_of(agreement))
    title = _("Reopen option %(number)s") % {"number": number}
    lead = _("The option becomes undecided again, and the end of the agreement moves back.")
    return _ask_why(request, agreement, form, title=title, lead=lead, subject=str(option), action=_("Reopen"))


def _option_or_404(agreement: Agreement, number: int) -> Option:
    option = agreement.options.filter(number=number).select_related().first()
    if option is None:
        raise Http404
    return option


def _days_of(agreement: Agreement, number: int) -> terms.OptionDays | None:
    """Return the option's days as they are now; None when one before it was declined."""
    days = terms.option_days(base_end(agreement, waiting_for(agreement)), agreement.options.all())
    return next((found for found in days if found.number == number), None)


def _end_of(agreement: Agreement) -> str:
    return _("The agreement now ends on %(day)s.") % {"day": formats.date_format(agreement.effective_ends_on)}


def _at(error: ValidationError, **places: str) -> ValidationError:
    """Return what was refused with its sentences at this form's own fields."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError({places.get(name, name): errors for name, errors in error.error_dict.items()})


# --- notice


@require_http_methods(["GET", "POST"])
@editors_only
def notice_give(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Ask for the notice, show the last day that follows from it, and terminate once that day has been seen."""
    contract = contract_or_404(request, contract_id)
    today = timezone.localdate()
    form = NoticeForm(request.POST or None, initial={"given_on": today, "given_by": Party.MUNICIPALITY})
    preview: Contract | None = None
    if request.method == "POST" and form.is_valid():
        notice = {name: value for name, value in form.cleaned_data.items() if name != "shown"}
        try:
            preview = services.rehearse(services.give_notice, contract, **notice, by=request.user)
            if form.cleaned_data["shown"] == _shown(preview):
                return _terminate(request, contract, notice)
        except ValidationError as error:
            add_service_errors(form, error)
            preview = None
    context = {
        "form": form,
        "preview": preview,
        "shown": preview and _shown(preview),
        "earliest": services.earliest_end(contract, given_on=today),
        "notice_months": services.agreed_notice_months(contract),
    }
    return show(request, "contracts/notice_give.html", title=_("Give notice"), agreement=contract, **context)


def _shown(preview: Contract) -> str:
    """Return what the preview tells, to be sent back as a sign that it was read."""
    return f"{preview.notice_given_on} {preview.terminated_to}"


def _terminate(request: HttpRequest, contract: Contract, notice: dict[str, Any]) -> HttpResponse:
    contract = services.give_notice(contract, **notice, by=request.user)
    back = reverse("contracts:notice_take_back", args=[contract.pk])
    text = _("The contract is terminated to %(day)s.") % {"day": formats.date_format(contract.terminated_to)}
    messages.success(request, text, buttons=[messages.button(back, _("Undo…"))])
    return redirect(page_of(contract))


@require_http_methods(["GET", "POST"])
@editors_only
def notice_take_back(request: HttpRequest, contract_id: int) -> HttpResponse:
    contract = contract_or_404(request, contract_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.take_back_notice(contract, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _("The notice is taken back. History keeps that it was given."))
            return redirect(page_of(contract))
    title = _("Take back notice")
    lead = _("The contract runs again as if notice had not been given.")
    return _ask_why(request, contract, form, title=title, lead=lead, action=title)


# --- signatures


@require_http_methods(["GET", "POST"])
@editors_only
def signatures_record(request: HttpRequest, contract_id: int) -> HttpResponse:
    contract = contract_or_404(request, contract_id)
    signed: dict[str, dt.date | None] = {
        "by_municipality_on": contract.signed_by_municipality_on,
        "by_supplier_on": contract.signed_by_supplier_on,
    }
    form = SignaturesForm(request.POST or None, initial=signed)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_signatures(contract, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _("The signatures are recorded."))
            return redirect(page_of(contract))
    return show(
        request, "contracts/signatures_record.html", title=_("Record signatures"), agreement=contract, form=form
    )


def _ask_why(request: HttpRequest, agreement: Agreement, form: Form, *, title: str, **context: Any) -> HttpResponse:
    """Show a page that takes something back for a reason."""
    return show(request, "contracts/take_back.html", title=title, agreement=agreement, form=form, **context)
