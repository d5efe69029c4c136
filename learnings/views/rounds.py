"""A round: who has answered, how far the coding is; copy it, and take the overview out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from learnings.enums import ROUND_MOVES, WAITS_FOR_SUPPLIER, ReportState, RoundState
from learnings.forms.rounds import CopyForm, MoveForm
from learnings.models import Round
from learnings.queries import counts, matching, overview_headings, overview_line, report_rows, theme_rows
from learnings.services import copy_round, move_round
from learnings.views.shell import actor, editors_only, show
from records.forms import is_done
from records.views.downloads import CSV, XLSX, table_file
from records.views.telling import told


@require_GET
def round_show(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = _round_or_404(request, round_id)
    rows = report_rows(this_round, today=timezone.localdate())
    chosen = request.GET.get("show", "")
    return show(
        request,
        "learnings/round_show.html",
        title=_("Overview"),
        round=this_round,
        rows=matching(rows, chosen),
        total=len(rows),
        chosen=chosen,
        counts=counts(rows),
        submitted=sum(row.is_submitted for row in rows),
        answers=sum(row.answers for row in rows),
        coded=sum(row.coded for row in rows),
        themes=[row for row in theme_rows(this_round) if row.excerpts],
        wishes=this_round.wishes.select_related("decision__meeting__committee"),
        moves=_moves(this_round),
        ReportState=ReportState,
        WAITING=WAITS_FOR_SUPPLIER,
    )


@require_POST
@editors_only
def round_move(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = _round_or_404(request, round_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        with told(request):
            move_round(this_round, to=RoundState(form.cleaned_data["to"]), by=actor(request))
            messages.success(request, _("The round is now: %(state)s.") % {"state": this_round.get_state_display()})
    else:
        messages.error(request, _("Choose what the round should become."))
    return redirect("learnings:round_show", this_round.pk)


@require_http_methods(["GET", "POST"])
@editors_only
def round_copy(request: HttpRequest, round_id: int) -> HttpResponse:
    source = _round_or_404(request, round_id)
    form = CopyForm(request.POST if request.method == "POST" else None, source=source)
    if request.method == "POST" and form.is_valid():
        made: list[Round] = []
        if is_done(form, lambda: made.append(copy_round(source, **form.cleaned_data, by=actor(request)))):
            messages.success(request, _("The round is made. Look its questions through, and rehearse it."))
            return redirect("learnings:round_questions", made[0].pk)
    return show(request, "learnings/round_copy.html", title=_("Next year's round"), round=source, form=form)


@require_GET
def round_export(request: HttpRequest, round_id: int) -> HttpResponseBase:
    """Hand out the rows of the overview as they are narrowed down; `?format=csv`, else a workbook."""
    this_round = _round_or_404(request, round_id)
    rows = matching(report_rows(this_round, today=timezone.localdate()), request.GET.get("show", ""))
    lines = [overview_line(row) for row in rows]
    kind = CSV if request.GET.get("format") == CSV else XLSX
    stem = f"{slugify(this_round.title)}-{timezone.localdate().isoformat()}"
    return table_file(stem, kind, sheet=this_round.title, headings=overview_headings(), rows=lines)


def _round_or_404(request: HttpRequest, round_id: int) -> Round:
    return get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)


def _moves(this_round: Round) -> list[tuple[RoundState, str]]:
    names = {
        (RoundState.DRAFT, RoundState.OPEN): _("Open the round"),
        (RoundState.CLOSED, RoundState.OPEN): _("Open the round again"),
        (RoundState.OPEN, RoundState.CLOSED): _("Close the round"),
        (RoundState.OPEN, RoundState.DRAFT): _("Back to preparation"),
    }
    state = RoundState(this_round.state)
    return [(to, name) for (before, to), name in names.items() if before == state and to in ROUND_MOVES[state]]
