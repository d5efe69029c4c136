"""From a round to a case: write one, or put a part of the round into one that is there."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.rules import can_edit_cases
from cases.enums import RoundPart
from cases.forms import RoundCaseForm
from cases.from_round import why_not, write_case
from cases.models import CommitteeCase
from cases.round_text import value_of
from cases.services import insert_live_block
from cases.views.inserting import PlaceForm
from cases.views.pages import edit_url, shell
from learnings.models import Round
from records.forms import is_done


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, round_id: int) -> HttpResponse:
    """Write a case from a round: a draft with its main points, recommendations and annex 1 as live blocks."""
    this_round = _round_or_404(request, round_id)
    form = RoundCaseForm(request.POST or None, user=request.user, round=this_round)
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _written(request, form, this_round)):
        messages.success(
            request, _("The case is written as a draft. Look it through, and write the rest of its sections.")
        )
        return redirect(edit_url(form.instance))
    context = {
        "form": form,
        "round": this_round,
        "why_not": why_not(this_round),
        "written": CommitteeCase.objects.visible_to(request.user).filter(from_round=this_round),
        **shell(_("Write a case from the round"), _step(this_round)),
    }
    return render(request, "cases/round_case.html", context)


@require_http_methods(["GET", "POST"])
def insert(request: HttpRequest, round_id: int, part: str) -> HttpResponse:
    """Choose the case and section into which a part of the round is put."""
    this_round = _round_or_404(request, round_id)
    if part not in RoundPart.values:
        raise Http404
    form = PlaceForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        case, part_id = form.chosen
        value = value_of(RoundPart(part), this_round.pk)
        if is_done(form, lambda: insert_live_block(case, part_id=part_id, kind=part, value=value, by=request.user)):
            messages.success(request, _("It is in the case. It follows the round until documents are made."))
            return redirect(edit_url(case))
    title = _("Put into a case")
    step = _step(this_round)
    context = {"form": form, "round": this_round, "part": RoundPart(part), "back": step[0], **shell(title, step)}
    return render(request, "cases/round_block_insert.html", context)


def _written(request: HttpRequest, form: RoundCaseForm, this_round: Round) -> CommitteeCase:
    given = form.cleaned_data
    return write_case(
        form.save(commit=False), round=this_round, parts=given["parts"], is_named=given["is_named"], by=request.user
    )


def _round_or_404(request: HttpRequest, round_id: int) -> Round:
    if not can_edit_cases(request.user):
        raise PermissionDenied
    return get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)


def _step(this_round: Round) -> tuple[str, str]:
    return reverse("learnings:round_show", args=[this_round.pk]), this_round.title
