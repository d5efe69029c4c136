"""From the ranking to contracts: choose winners, wait out the standstill, see what will be made, make it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from contracts.enums import TenderState
from contracts.forms.tenders.award import AwardForm, ContractForm, WinnersForm
from contracts.models import Tender
from contracts.queries.awards import AwardPlan, PlannedContract, PlannedLot, award_plan
from contracts.queries.evaluation import LotRanking, rankings_of
from contracts.queries.tenders import progress_of
from contracts.services.tenders import award_tender, choose_winners
from contracts.views.shell import editors_only
from contracts.views.tenders.shell import show, tender_or_404
from records.forms import add_service_errors

CHOSEN = frozenset({TenderState.STANDSTILL, TenderState.AWARDED, TenderState.CONTRACTED})


@require_GET
def award(request: HttpRequest, tender_id: int) -> HttpResponse:
    return _page(request, tender_or_404(request, tender_id))


@require_POST
@editors_only
def winners_choose(request: HttpRequest, tender_id: int) -> HttpResponse:
    tender = tender_or_404(request, tender_id)
    rankings = rankings_of(tender)
    form = WinnersForm(request.POST, bids=_keys(rankings))
    if form.is_valid():
        try:
            choose_winners(tender, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _("The winners are chosen. You can change that until the bidders are told."))
            return redirect("tenders:award", tender.pk)
    return _page(request, tender, winners=form)


@require_POST
@editors_only
def contracts_make(request: HttpRequest, tender_id: int) -> HttpResponse:
    tender = tender_or_404(request, tender_id)
    form = AwardForm(request.POST, plan=award_plan(tender))
    if form.is_valid():
        try:
            made = award_tender(
                tender,
                on=form.cleaned_data["on"],
                today=timezone.localdate(),
                numbers=form.numbers,
                values=form.values,
                by=request.user,
            )
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            count = len(made.contracts)
            said = ngettext("%(count)s contract is made.", "%(count)s contracts are made.", count) % {"count": count}
            messages.success(request, said)
            return redirect("tenders:award", tender.pk)
    return _page(request, tender, form=form)


def _page(
    request: HttpRequest, tender: Tender, *, winners: WinnersForm | None = None, form: AwardForm | None = None
) -> HttpResponse:
    rankings = rankings_of(tender)
    today = timezone.localdate()
    is_chosen = tender.state in CHOSEN
    plan = award_plan(tender) if is_chosen or any(ranking.winners for ranking in rankings) else None
    if plan and form is None:
        form = AwardForm(plan=plan, initial={"on": today})
    return show(
        request,
        "contracts/tenders/award.html",
        title=_("Award"),
        tender=tender,
        tab="award",
        rankings=rankings,
        winners=winners or WinnersForm(bids=_keys(rankings)),
        picked=_picked(rankings, winners),
        is_evaluating=tender.state == TenderState.EVALUATION,
        is_chosen=is_chosen,
        progress=progress_of(tender, today=today),
        plan=plan,
        form=form,
        made_lots=_with_forms(plan, form) if plan and form else [],
        today=today,
    )


def _with_forms(
    plan: AwardPlan, form: AwardForm
) -> list[tuple[PlannedLot, list[tuple[PlannedContract, ContractForm | None]]]]:
    """Return each lot with its contracts, and beside each the form in which its number and value are written."""
    forms = {each.planned.bid.pk: each for each in form.contracts}
    return [(lot, [(planned, forms.get(planned.bid.pk)) for planned in lot.contracts]) for lot in plan.lots]


def _keys(rankings: list[LotRanking]) -> list[int]:
    return [ranked.bid.pk for ranking in rankings for ranked in ranking.bids]


def _picked(rankings: list[LotRanking], form: WinnersForm | None) -> set[int]:
    """Return the bids that are ticked: as sent, as chosen, or as the ranking proposes."""
    if form is not None:
        return {int(key) for key in form.data.getlist("winners") if key.isdigit()}
    has_chosen = any(ranking.winners for ranking in rankings)
    return {
        ranked.bid.pk
        for ranking in rankings
        for ranked in ranking.bids
        if (ranked.has_won if has_chosen or ranking.is_decided else ranked.is_proposed)
    }
