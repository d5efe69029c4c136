"""Gather similar recommendations, hand them on to a tender, and judge there whether they are used."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from contracts.views.tenders import shell as tenders
from learnings.enums import TenderInputState
from learnings.forms.synthesis import HandOnForm, TenderInputForm
from learnings.models import Excerpt, Recommendation, Round, TenderInput
from learnings.queries import theme_rows, themes_below
from learnings.queries.suggestions import similar_groups
from learnings.queries.tenders import tender_rows
from learnings.rules import can_edit_learnings
from learnings.services import hand_to_tender, judge_tender_input
from learnings.tender_tab import TAB
from learnings.views.shell import actor, editors_only, show
from records.views.telling import refuse_form, told


@require_GET
def gathering(request: HttpRequest, round_id: int) -> HttpResponse:
    """`?theme=` is the theme whose passages are gathered into groups that say the same."""
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    rows = theme_rows(this_round)
    asked = request.GET.get("theme", "")
    theme = next((row.theme for row in rows if str(row.theme.pk) == asked), None)
    groups = similar_groups(this_round, themes_below(rows, theme.pk)) if theme else []
    return show(
        request,
        "learnings/gathering.html",
        title=_("Gather similar recommendations"),
        round=this_round,
        trail=[(reverse("learnings:recommendations", args=[this_round.pk]), _("Recommendations"))],
        rows=rows,
        theme=theme,
        groups=[(group, _add_url(this_round, group)) for group in groups],
    )


@require_http_methods(["GET", "POST"])
@editors_only
def hand_on(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    rows = Recommendation.objects.visible_to(request.user).select_related("round")
    row = get_object_or_404(rows, pk=recommendation_id)
    form = HandOnForm(request.POST or None, for_user=actor(request), recommendation=row)
    if request.method == "POST" and form.is_valid():
        tender = form.cleaned_data["tender"]
        hand_to_tender(row, tender=tender, by=actor(request))
        messages.success(request, _("Handed on to “%(tender)s”.") % {"tender": tender})
        return redirect(f"{reverse('learnings:recommendations', args=[row.round_id])}#recommendation-{row.pk}")
    return show(
        request,
        "learnings/hand_on.html",
        title=_("Hand on to a tender"),
        round=row.round,
        trail=[(reverse("learnings:recommendations", args=[row.round_id]), _("Recommendations"))],
        recommendation=row,
        form=form,
    )


@require_GET
def tender_inputs(request: HttpRequest, tender_id: int) -> HttpResponse:
    """A tab of the tender's own page."""
    tender = tenders.tender_or_404(request, tender_id)
    return tenders.show(
        request,
        "learnings/tender_inputs.html",
        title=_("Experience for the tender"),
        tender=tender,
        tab=TAB,
        rows=[(row, TenderInputForm(instance=row.item, prefix=str(row.item.pk))) for row in tender_rows(tender)],
        can_judge=can_edit_learnings(request.user),
    )


@require_POST
@editors_only
def tender_input_judge(request: HttpRequest, input_id: int) -> HttpResponse:
    rows = TenderInput.objects.visible_to(request.user).select_related("tender", "recommendation")
    item = get_object_or_404(rows, pk=input_id)
    form = TenderInputForm(request.POST, instance=item, prefix=str(item.pk))
    page = f"{reverse('learnings:tender_inputs', args=[item.tender_id])}#input-{item.pk}"
    if not form.is_valid():
        refuse_form(request, form, about=item.recommendation.heading)
        return redirect(page)
    given = form.cleaned_data
    with told(request, _("Saved: “%(heading)s”.") % {"heading": item.recommendation.heading}):
        judge_tender_input(item, state=TenderInputState(given["state"]), note=given["note"], by=actor(request))
    return redirect(page)


def _add_url(this_round: Round, group: list[Excerpt]) -> str:
    query = urlencode({"excerpts": [row.pk for row in group]}, doseq=True)
    return f"{reverse('learnings:recommendation_add', args=[this_round.pk])}?{query}"
