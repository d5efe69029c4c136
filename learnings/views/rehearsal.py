"""The dress rehearsal of a round: what each supplier would see, and a trial that is checked and never kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from learnings.forms.reports import AnswersForm
from learnings.forms.trial import RatingTrialForm
from learnings.models import Round
from learnings.queries import RehearsalRow, rehearsal_rows
from learnings.services import try_out
from learnings.views.shell import editors_only, show
from records.forms import is_done


@require_GET
def rehearsal(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = _round_or_404(request, round_id)
    rows = rehearsal_rows(this_round)
    return show(request, "learnings/rehearsal.html", title=_("Dress rehearsal"), round=this_round, rows=rows)


@require_http_methods(["GET", "POST"])
@editors_only
def rehearsal_try(request: HttpRequest, round_id: int, supplier_id: int) -> HttpResponse:
    """Show the report as the supplier would get it; what is sent is checked, answered on the page, and not kept."""
    this_round = _round_or_404(request, round_id)
    row = _row_or_404(this_round, supplier_id)
    sent = request.POST if request.method == "POST" else None
    form, rating = (
        AnswersForm(sent, questions=row.questions, stored={}),
        RatingTrialForm(sent, statements=row.statements),
    )
    is_passed = all([form.is_valid(), rating.is_valid()])
    is_passed = is_passed and is_done(form, lambda: try_out(row.questions, form.answers()))
    return show(
        request,
        "learnings/rehearsal_try.html",
        title=str(row.supplier),
        round=this_round,
        trail=[(reverse("learnings:rehearsal", args=[this_round.pk]), _("Dress rehearsal"))],
        row=row,
        form=form,
        rating=rating,
        is_passed=is_passed,
    )


def _round_or_404(request: HttpRequest, round_id: int) -> Round:
    return get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)


def _row_or_404(this_round: Round, supplier_id: int) -> RehearsalRow:
    found = next((row for row in rehearsal_rows(this_round) if row.supplier.pk == supplier_id), None)
    if found is None:
        raise Http404
    return found
