"""What suppliers say of the municipality in a round: the statements, what may be told together, and the table to take out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from learnings.enums import Agreement
from learnings.evaluation_table import bar_of, headings, lines
from learnings.models import Round
from learnings.queries import evaluation
from learnings.services import add_usual_statements, release_evaluation
from learnings.views.shell import actor, editors_only, show
from records.views.downloads import CSV, XLSX, table_file
from records.views.telling import told


@require_GET
def evaluation_show(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = _round_or_404(request, round_id)
    found = evaluation(this_round)
    return show(
        request,
        "learnings/evaluation.html",
        title=_("Suppliers' rating of the municipality"),
        round=this_round,
        evaluation=found,
        bars=[(row, bar_of(row.told), row.before and bar_of(row.before)) for row in found.told if row.told],
        headings=headings(found),
        lines=lines(found),
        scale=Agreement.choices,
        next_order=1 + max((row.statement.order for row in found.rows), default=0),
    )


@require_GET
def evaluation_export(request: HttpRequest, round_id: int) -> HttpResponseBase:
    """Hand out the table as it is seen; `?format=csv`, else a workbook."""
    this_round = _round_or_404(request, round_id)
    found = evaluation(this_round)
    kind = CSV if request.GET.get("format") == CSV else XLSX
    stem = f"{slugify(this_round.title)}-vurdering-{timezone.localdate().isoformat()}"
    return table_file(stem, kind, sheet=this_round.title, headings=headings(found), rows=lines(found))


@require_POST
@editors_only
def evaluation_statements(request: HttpRequest, round_id: int) -> HttpResponse:
    """Give the round the usual statements."""
    this_round = _round_or_404(request, round_id)
    with told(request, _("The usual statements are added. Change their words as you like before the round opens.")):
        add_usual_statements(this_round, by=actor(request))
    return redirect("learnings:evaluation", this_round.pk)


@require_POST
@editors_only
def evaluation_release(request: HttpRequest, round_id: int) -> HttpResponse:
    """Take in what has come since the round closed."""
    this_round = _round_or_404(request, round_id)
    with told(request, _("The ratings are brought up to date.")):
        release_evaluation(this_round, by=actor(request))
    return redirect("learnings:evaluation", this_round.pk)


def _round_or_404(request: HttpRequest, round_id: int) -> Round:
    return get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
