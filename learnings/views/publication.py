"""What suppliers want kept out when their reports are published, and the decision on each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from learnings.enums import WithholdingDecision
from learnings.forms.publication import DecisionForm
from learnings.models import Round, Withholding
from learnings.queries import withholdings_of
from learnings.services import decide_withholding
from learnings.views.shell import actor, editors_only, show
from records.views.telling import do_and_tell


@require_GET
def withholdings(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    rows = [(row, answer, _form(row)) for row, answer in withholdings_of(this_round)]
    undecided = sum(not row.decision for row, _answer, _own in rows)
    title = _("What suppliers want kept out")
    return show(request, "learnings/withholdings.html", title=title, round=this_round, rows=rows, undecided=undecided)


@require_POST
@editors_only
def withholding_decide(request: HttpRequest, withholding_id: int) -> HttpResponse:
    row = get_object_or_404(Withholding.objects.visible_to(request.user).select_related("report"), pk=withholding_id)
    form = _form(row, request)
    do_and_tell(
        request,
        form,
        lambda: _decide(row, form, request),
        done=_("The decision is saved, and the supplier sees it with its reason."),
    )
    return redirect("learnings:withholdings", row.report.round_id)


def _decide(row: Withholding, form: DecisionForm, request: HttpRequest) -> None:
    decision = WithholdingDecision(form.cleaned_data["decision"])
    decide_withholding(row, decision=decision, reason=form.cleaned_data["reason"], by=actor(request))


def _form(row: Withholding, request: HttpRequest | None = None) -> DecisionForm:
    stored = {"decision": row.decision, "reason": row.decision_reason}
    return DecisionForm(request.POST if request else None, initial=stored, auto_id=f"id_{row.pk}_%s")
