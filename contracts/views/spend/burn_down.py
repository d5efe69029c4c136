"""How far a ceiling is used: a page for each framework and lot, and the same figures as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from contracts.burn_down import FrameworkBurnDown
from contracts.models import Contract, FrameworkAgreement, Lot
from contracts.queries.burn_down import burn_down
from contracts.queries.contract_spend import contract_spend
from contracts.rules import can_edit_agreements
from contracts.views.shell import framework_or_404, show
from contracts.views.spend.figures import framework_figures, lot_figures
from contracts.views.spend.referrals import referral_rows
from records.views.downloads import table_file

PER_PAGE = 50


@require_GET
def framework_burn_down(request: HttpRequest, framework_id: int) -> HttpResponse:
    framework = framework_or_404(request, framework_id)
    figures = burn_down(framework, today=timezone.localdate())
    return _show(request, framework, title=_("Spend and ceiling"), figures=framework_figures(figures))


@require_GET
def lot_burn_down(request: HttpRequest, lot_id: int) -> HttpResponse:
    lot = get_object_or_404(Lot.objects.visible_to(request.user).select_related("framework"), pk=lot_id)
    figures = burn_down(lot.framework, today=timezone.localdate())
    trail = ((reverse("contracts:burn_down", args=[lot.framework_id]), _("Spend and ceiling")),)
    own = next(each for each in figures.lots if each.agreement.pk == lot.pk)
    return _show(request, lot.framework, title=str(lot), trail=trail, figures=lot_figures(own), lot=lot)


@require_GET
def framework_referrals(request: HttpRequest, framework_id: int) -> HttpResponse:
    framework = framework_or_404(request, framework_id)
    contracts = Contract.objects.visible_to(request.user).filter(lot__framework=framework)
    contracts = contracts.select_related("supplier", "lot").order_by("lot__code", "supplier__name", "pk")
    page = Paginator(contracts, PER_PAGE).get_page(request.GET.get("p"))
    rows = referral_rows(contract_spend(page.object_list, today=timezone.localdate()))
    trail = ((reverse("contracts:burn_down", args=[framework.pk]), _("Spend and ceiling")),)
    return show(
        request,
        "contracts/referrals.html",
        title=_("Referrals"),
        agreement=framework,
        trail=trail,
        page=page,
        rows=rows,
    )


@require_GET
def burn_down_export(request: HttpRequest, framework_id: int, kind: str) -> HttpResponseBase:
    """Answer with each month of the framework and its lots, as CSV or XLSX."""
    framework = framework_or_404(request, framework_id)
    today = timezone.localdate()
    figures = burn_down(framework, today=today)
    stem = f"forbrug-{framework.code}-{today.isoformat()}"
    return table_file(stem, kind, sheet=_("Spend"), headings=_headings(), rows=_rows(figures))


def _headings() -> Sequence[str]:
    return [
        _("Framework agreement"),
        _("Lot"),
        _("Month"),
        _("Amount in DKK"),
        _("Referrals"),
        _("Spent in all"),
        _("Ceiling in DKK"),
        _("Share of the ceiling in percent"),
        _("The month is over"),
    ]


def _rows(figures: FrameworkBurnDown) -> Iterator[Sequence[Any]]:
    for each in figures.all:
        for line in each.lines:
            yield (
                figures.framework.name,
                each.lot,
                line.month,
                line.amount_dkk,
                line.referrals,
                line.spent_dkk,
                each.ceiling_dkk,
                None if line.share is None else round(line.share * 100, 1),
                line.is_complete,
            )


def _show(request: HttpRequest, framework: FrameworkAgreement, **context: Any) -> HttpResponse:
    context |= {
        "can_import": can_edit_agreements(request.user),
        "export_urls": {kind: reverse(f"contracts:burn_down_{kind}", args=[framework.pk]) for kind in ("csv", "xlsx")},
    }
    return show(request, "contracts/burn_down.html", agreement=framework, **context)
