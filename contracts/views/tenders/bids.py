"""Lots with their bids, and the grid in which a lot's bids get points."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from contracts.enums import TenderState
from contracts.forms.tenders.scores import ScoreGrid
from contracts.forms.tenders.steps import WhyForm
from contracts.models import Bid, TenderLot
from contracts.queries.evaluation import LotRanking, rank_lot, rankings_of
from contracts.rules import can_edit_agreements
from contracts.services.tenders import (
    ScoreConflictError,
    exclude_bid,
    readmit_bid,
    save_scores,
    scores_version,
)
from contracts.services.tenders.bids import TAKES_BIDS, Score
from contracts.tendering.weights import tree_of
from contracts.views.shell import editors_only
from contracts.views.tenders.shell import show, tender_or_404
from records.forms import add_service_errors
from records.views.base import refused
from records.views.telling import told


@require_GET
def bids(request: HttpRequest, tender_id: int) -> HttpResponse:
    tender = tender_or_404(request, tender_id)
    return show(
        request,
        "contracts/tenders/bids.html",
        title=_("Lots and bids"),
        tender=tender,
        tab="bids",
        rankings=rankings_of(tender),
        takes_bids=tender.state in TAKES_BIDS,
        is_evaluating=tender.state == TenderState.EVALUATION,
    )


@require_http_methods(["GET", "POST"])
def scores(request: HttpRequest, tender_id: int, lot_id: int) -> HttpResponse:
    """Show the grid of a lot; those who may evaluate write in it while bids are evaluated."""
    tender = tender_or_404(request, tender_id)
    lot = get_object_or_404(
        TenderLot.objects.visible_to(request.user).select_related("tender"), pk=lot_id, tender=tender
    )
    if request.method == "POST" and not can_edit_agreements(request.user):
        return refused(request)
    loaded_version = scores_version(lot)  # before the points, so that a change in between is noticed
    nodes = tree_of(tender.criteria.all())
    held = list(lot.bids.select_related("supplier").prefetch_related("scores"))
    ranking = rank_lot(lot, held, nodes)
    grid = ScoreGrid(
        # By name: columns that move when points are saved would confuse who evaluates.
        sorted((row.bid for row in ranking.bids if not row.is_excluded), key=lambda bid: bid.supplier.name),
        nodes,
        highest=tender.score_max,
        current={
            (bid.pk, score.criterion_id): Score(score.points, score.comment)
            for bid in held
            for score in bid.scores.all()
        },
        loaded_version=loaded_version,
        data=request.POST if request.method == "POST" else None,
    )
    if request.method == "POST" and grid.is_valid():
        return _save(request, lot, grid, ranking)
    return _grid(request, lot, grid, ranking)


def _save(request: HttpRequest, lot: TenderLot, grid: ScoreGrid, ranking: LotRanking) -> HttpResponse:
    try:
        changed = save_scores(lot, scores=grid.scores, loaded_version=grid.loaded_version, by=request.user)
    except ScoreConflictError as conflict:
        grid.show_theirs(conflict.cells)
        grid.loaded_version = scores_version(lot)
        return _grid(request, lot, grid, ranking, is_conflict=True, status=409)
    except ValidationError as error:
        return _grid(request, lot, grid, ranking, problems=error.messages)
    said = ngettext("The points of %(count)s bid are saved.", "The points of %(count)s bids are saved.", len(changed))
    messages.success(request, said % {"count": len(changed)} if changed else _("Nothing was changed."))
    return redirect("tenders:scores", lot.tender_id, lot.pk)


def _grid(
    request: HttpRequest,
    lot: TenderLot,
    grid: ScoreGrid,
    ranking: LotRanking,
    *,
    problems: list[str] | None = None,
    is_conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    tender = lot.tender
    by_bid = {ranked.bid.pk: ranked for ranked in ranking.bids}
    return show(
        request,
        "contracts/tenders/scores.html",
        title=_("Points: %(lot)s") % {"lot": lot},
        tender=tender,
        tab="bids",
        trail=((reverse("tenders:bids", args=[tender.pk]), _("Lots and bids")),),
        lot=lot,
        grid=grid,
        ranked=[by_bid[bid.pk] for bid in grid.bids],
        excluded=[ranked for ranked in ranking.bids if ranked.is_excluded],
        may_write=can_edit_agreements(request.user) and tender.state == TenderState.EVALUATION,
        problems=problems or [],
        is_conflict=is_conflict,
        status=status,
    )


@require_http_methods(["GET", "POST"])
@editors_only
def bid_exclude(request: HttpRequest, tender_id: int, bid_id: int) -> HttpResponse:
    bid = _bid_or_404(request, tender_id, bid_id)
    tender, url = bid.tender_lot.tender, reverse("tenders:bids", args=[tender_id])
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            exclude_bid(bid, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _("The bid is excluded. You can take that back on this page."))
            return redirect(url)
    return show(
        request,
        "contracts/tenders/why.html",
        title=_("Exclude the bid"),
        tender=tender,
        tab="bids",
        trail=((url, _("Lots and bids")),),
        form=form,
        lead=_("%(supplier)s in %(lot)s. Its points stay, but it takes no part in the ranking.")
        % {"supplier": bid.supplier, "lot": bid.tender_lot},
        action=_("Exclude the bid"),
        back_url=url,
    )


@require_POST
@editors_only
def bid_readmit(request: HttpRequest, tender_id: int, bid_id: int) -> HttpResponse:
    bid = _bid_or_404(request, tender_id, bid_id)
    with told(request, _("The exclusion is taken back.")):
        readmit_bid(bid, by=request.user)
    return redirect("tenders:bids", tender_id)


def _bid_or_404(request: HttpRequest, tender_id: int, bid_id: int) -> Bid:
    visible = Bid.objects.visible_to(request.user).select_related("tender_lot__tender", "supplier")
    return get_object_or_404(visible, pk=bid_id, tender_lot__tender=tender_id)
