"""Write a draft of an amendment: its own facts and an editable copy of the terms, in one form."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from contracts import differences, services
from contracts.bars import bars_of
from contracts.forms.amendments import DraftForms
from contracts.models import Amendment, Contract
from contracts.queries.amendments import warnings_of
from contracts.queries.coming import coming, waiting_for
from contracts.queries.shares import meters_of
from contracts.views.amendments import amendment_or_404
from contracts.views.shell import Agreement, contract_or_404, editors_only, framework_or_404, show
from records.conflicts import merge
from records.services import EditConflictError
from records.versions import Change, changes_since, current_version, state_at_version


@require_http_methods(["GET", "POST"])
@editors_only
def contract_amendment_begin(request: HttpRequest, contract_id: int) -> HttpResponse:
    return _begin(request, contract_or_404(request, contract_id))


@require_http_methods(["GET", "POST"])
@editors_only
def framework_amendment_begin(request: HttpRequest, framework_id: int) -> HttpResponse:
    return _begin(request, framework_or_404(request, framework_id))


@require_http_methods(["GET", "POST"])
@editors_only
def amendment_edit(request: HttpRequest, amendment_id: int) -> HttpResponse:
    version = current_version(Amendment(pk=amendment_id))  # read first, so that a change in between is noticed
    amendment = amendment_or_404(request, amendment_id)
    if not amendment.is_draft:
        messages.error(request, _("Only a draft can be edited. Begin a new amendment instead."))
        return redirect("amendment:inspect", amendment.pk)
    return _write(request, amendment, title=_("Edit draft"), initial={"loaded_version": version})


def _begin(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    terms = coming(agreement, waiting_for(agreement)).terms
    owner = {"contract" if isinstance(agreement, Contract) else "framework": agreement}
    amendment = Amendment(**owner, base_terms=terms, terms=terms)
    return _write(request, amendment, title=_("Begin an amendment"), initial={"effective_on": timezone.localdate()})


def _write(request: HttpRequest, amendment: Amendment, *, title: str, initial: dict[str, Any]) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    forms = DraftForms(amendment, data=data, initial=initial, user=request.user)
    if data is None or not forms.is_valid():
        return _page(request, forms, title=title)
    try:
        saved = _save(request, forms)
    except EditConflictError:
        return _conflict(request, forms, title=title)
    except services.UnconfirmedError:
        forms.warn(warnings_of(forms.draft()))
    except ValidationError as error:
        forms.refuse(error)
    else:
        messages.success(request, _("The draft is saved. Nothing in the agreement changes until it is put into force."))
        return redirect("amendment:inspect", saved.pk)
    return _page(request, forms, title=title)


def _save(request: HttpRequest, forms: DraftForms) -> Amendment:
    given = forms.own.cleaned_data
    return services.save_draft(
        forms.draft(),
        loaded_version=given.get("loaded_version"),
        reason=given.get("change_reason", ""),
        by=request.user,
    )


def _conflict(request: HttpRequest, forms: DraftForms, *, title: str) -> HttpResponse:
    """Show the draft as it is now with the person's own changes in it, and what the other changed beside."""
    version, mine = forms.own.cleaned_data["loaded_version"], forms.written_terms()
    fresh = amendment_or_404(request, forms.amendment.pk)
    others = changes_since(fresh, version)
    loaded = state_at_version(fresh, version) or {}
    initial = merge(forms.own, fresh)
    before = loaded.get(Amendment._meta.get_field("terms"), fresh.terms)
    fresh.terms = differences.apply(differences.diff(before, mine), fresh.terms)
    again = DraftForms(fresh, initial=initial, user=request.user)
    return _page(request, again, title=title, others=others, status=409)


def _page(
    request: HttpRequest, forms: DraftForms, *, title: str, others: list[Change] | None = None, status: int = 200
) -> HttpResponse:
    amendment = forms.amendment
    panels = [
        panel.get_bound_panel(request=request, instance=form.instance, form=form)
        for panel, form in ((forms.own_panel, forms.own), (forms.copy_panel, forms.copy))
    ]
    is_new = amendment._state.adding
    back_url = None if is_new else reverse("amendment:inspect", args=[amendment.pk])
    context = {
        "forms": forms,
        "panels": panels,
        "media": sum((part.media for part in (*panels, forms.own, forms.copy)), Media()),
        "others": others,
        "is_conflict": others is not None,
        "has_unsaved_changes": others is not None or forms.own.is_bound,
        "has_errors": bool(forms.own.is_bound and not forms.is_valid()),
        "meters": [(meter, bars_of(meter)) for meter in meters_of(amendment)],
        "back_url": back_url,
    }
    trail = () if is_new else ((back_url, str(amendment)),)
    return show(
        request,
        "contracts/amendment_form.html",
        title=title,
        agreement=amendment.target,
        trail=trail,
        status=status,
        **context,
    )
