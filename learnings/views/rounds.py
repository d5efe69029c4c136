"""A round: who has answered, how far the coding is, and its questions."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from learnings.enums import ROUND_MOVES, ReportState, RoundState
from learnings.forms.rounds import MoveForm
from learnings.models import Round
from learnings.queries import next_order, report_rows, theme_rows
from learnings.services import move_round
from learnings.views.shell import actor, editors_only, refuse, show


@require_GET
def round_show(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    rows = report_rows(this_round)
    return show(
        request,
        "learnings/round_show.html",
        title=_("Overview"),
        round=this_round,
        rows=rows,
        submitted=sum(row.version_number is not None for row in rows),
        answers=sum(row.answers for row in rows),
        coded=sum(row.coded for row in rows),
        themes=[row for row in theme_rows(this_round) if row.excerpts],
        wishes=this_round.wishes.select_related("meeting__committee"),
        moves=_moves(this_round),
        ReportState=ReportState,
    )


@require_POST
@editors_only
def round_move(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        try:
            move_round(this_round, to=RoundState(form.cleaned_data["to"]), by=actor(request))
        except ValidationError as error:
            refuse(request, error)
        else:
            messages.success(request, _("The round is now: %(state)s.") % {"state": this_round.get_state_display()})
    else:
        messages.error(request, _("Choose what the round should become."))
    return redirect("learnings:round_show", this_round.pk)


@require_GET
def round_questions(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    return show(
        request,
        "learnings/round_questions.html",
        title=_("Questions"),
        round=this_round,
        questions=(questions := list(this_round.questions.select_related("target_group"))),
        next_order=next_order(questions),
    )


def _moves(this_round: Round) -> list[tuple[RoundState, str]]:
    names = {
        (RoundState.DRAFT, RoundState.OPEN): _("Open the round"),
        (RoundState.CLOSED, RoundState.OPEN): _("Open the round again"),
        (RoundState.OPEN, RoundState.CLOSED): _("Close the round"),
        (RoundState.OPEN, RoundState.DRAFT): _("Back to preparation"),
    }
    state = RoundState(this_round.state)
    return [(to, name) for (before, to), name in names.items() if before == state and to in ROUND_MOVES[state]]
