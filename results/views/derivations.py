"""Count from the registers: upload two extracts, follow the work, see what came of it, save it as a delivery or let it go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents import formats
from jobs.models import Job
from jobs.views import progress_of
from records.files.uploads import LimitUploadHandler, receives_upload
from records.forms import add_service_errors
from records.views.downloads import stored_file
from records.views.telling import told
from results.enums import Unit
from results.forms import DeliveryForm, DeriveForm
from results.models import CountingRule, Derivation
from results.models.derivation import COUNT, SAVE
from results.services.derivations import (
    confirm_derivation,
    count_again,
    discard_derivation,
    request_derivation,
)
from results.views.shell import importers_only, show

SHOW = "results_derive:show"


@require_http_methods(["GET", "POST"])
@importers_only
@receives_upload("REGISTER_MAX_BYTES")
def derive_new(request: HttpRequest, *, upload: LimitUploadHandler) -> HttpResponse:
    today = timezone.localdate()
    form = DeriveForm.of_request(request, upload, initial={"as_of": today, "extracted_on": today})
    if form.is_valid():
        try:
            asked = request_derivation(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            return redirect(SHOW, asked.pk)
    open_ones = Derivation.objects.visible_to(request.user).unsaved()
    return show(request, "results/derive_new.html", title=_("Count from registers"), form=form, open_ones=open_ones)


@require_GET
@importers_only
def derive_show(request: HttpRequest, asked_id: int) -> HttpResponse:
    asked = _asked(request, asked_id)
    if asked.delivery_id:
        return redirect("results_delivery:inspect", asked.delivery_id)
    return _page(request, asked, form=DeliveryForm(user=request.user))


@require_GET
@importers_only
def derive_progress(request: HttpRequest, asked_id: int) -> JsonResponse:
    """Tell how far the work has come, for the page's progress line."""
    return progress_of(_job(_asked(request, asked_id)))


@require_POST
@importers_only
def derive_again(request: HttpRequest, asked_id: int) -> HttpResponse:
    asked = _asked(request, asked_id)
    with told(request):
        count_again(asked, count_unknown="count_unknown" in request.POST, by=request.user)
    return redirect(SHOW, asked_id)


@require_POST
@importers_only
def derive_save(request: HttpRequest, asked_id: int) -> HttpResponse:
    asked = _asked(request, asked_id)
    form = DeliveryForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            confirm_derivation(asked, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            return redirect(SHOW, asked_id)
    return _page(request, asked, form=form)


@require_POST
@importers_only
def derive_discard(request: HttpRequest, asked_id: int) -> HttpResponse:
    with told(request, _("Nothing was saved, and the files are removed.")):
        discard_derivation(_asked(request, asked_id))
        return redirect("results_derive:index")
    return redirect(SHOW, asked_id)


@require_GET
@importers_only
def derive_csv(request: HttpRequest, asked_id: int) -> FileResponse:
    """Hand out the figures in the layout of the import."""
    asked = _asked(request, asked_id)
    return stored_file(asked.output_file, f"optaelling-{asked.as_of}.csv")


def _asked(request: HttpRequest, asked_id: int) -> Derivation:
    return get_object_or_404(Derivation.objects.visible_to(request.user), pk=asked_id)


def _job(asked: Derivation) -> Job | None:
    return Job.objects.filter(kind__in=[COUNT, SAVE], subject_id=str(asked.pk)).order_by("-pk").first()


def _page(request: HttpRequest, asked: Derivation, *, form: DeliveryForm) -> HttpResponse:
    job = _job(asked)
    addresses = {
        f"{name}_url": reverse(f"results_derive:{name}", args=[asked.pk])
        for name in ("progress", "again", "save", "discard", "csv")
    }
    trail = ((reverse("results_derive:index"), _("Count from registers")),)
    return show(
        request,
        "results/derive_show.html",
        title=_("Counted as of %(day)s") % {"day": formats.day(asked.as_of)},
        trail=trail,
        asked=asked,
        facts=asked.facts,
        job=job if job is not None and job.is_open else None,
        failed=job if job is not None and not job.is_open else None,
        tables=_tables(asked.facts.get("totals", ())),
        left_out=_left_out(asked.facts),
        unregistered=_unregistered(asked.facts.get("unregistered", {})),
        form=form,
        **addresses,
    )


def _tables(totals: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a table for each measure and unit: a row for each year."""
    names = dict(CountingRule.objects.values_list("measure_code", "name"))
    tables: dict[tuple[str, str], dict[str, Any]] = {}
    for total in totals:
        key = (total["measure"], total["unit"])
        heading = {"name": names.get(key[0], key[0]), "unit": Unit(key[1]).label, "rows": []}
        share = formats.percent(total["outcomes"], total["denominator"]) if total["denominator"] else "–"
        tables.setdefault(key, heading)["rows"].append({**total, "share": share})
    for table in tables.values():
        table["rows"].sort(key=lambda row: row["period"])
    return list(tables.values())


def _left_out(facts: Mapping[str, Any]) -> list[tuple[str, int]]:
    without = facts.get("without", {})
    labels = {
        "lot": _("without a lot: only in the totals"),
        "supplier": _("without a supplier: only in the totals"),
        "benefit_group": _("without a benefit group: only in the totals"),
        "service": _("without a service: only in the totals"),
    }
    told = [
        (_("still running: left out"), facts.get("running", 0)),
        (_("entered by mistake: left out"), facts.get("mistakes", 0)),
        *((label, without.get(name, 0)) for name, label in labels.items()),
    ]
    return [(label, count) for label, count in told if count]


def _unregistered(codes: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    labels = {
        "supplier_cvr": _("Suppliers"),
        "lot": _("Lots"),
        "benefit_group": _("Benefit groups"),
        "service": _("Services"),
    }
    return [(labels[name], ", ".join(found)) for name, found in codes.items()]
