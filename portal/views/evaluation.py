"""Rate the municipality: the last page of a report, and the thin address that saves a rating while it is given."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learnings.models import ExperienceReport, Rating
from learnings.queries import RatingRow, writing
from learnings.services import save_rating
from portal.acting import Acting
from portal.forms.rating import RatingForm
from portal.views.reports import report_or_404, report_to_save_or_404
from portal.views.saving import Conflict, Line, save_line, saved_in_json
from portal.views.shell import address, member_page, show


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def evaluation_edit(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    """Show the statements about the municipality, to be rated or only read; sent without JavaScript it saves each change."""
    report = report_or_404(acting, pk)
    found = writing(report)
    if not found.ratings.rows:
        raise Http404
    if request.method == "POST" and not acting.can_write:
        raise PermissionDenied
    lines = [_line(row, request) for row in found.ratings.rows]
    if request.method == "POST":
        for line in lines:
            _save(line, report, acting)
        if all(line.is_saved for line in lines):
            messages.success(request, _("Your rating of the municipality is saved."))
            return redirect(address("report" if "next" in request.POST else "evaluation", acting, report.pk))
    return show(
        request,
        "portal/evaluation_edit.html",
        acting,
        here="reports",
        report=report,
        writing=found,
        lines=lines,
        faults=[line for line in lines if line.is_at_fault],
        closed=found.closed,
        can_write=acting.can_write and not found.closed,
    )


@require_POST
@member_page
def rating_save(request: HttpRequest, acting: Acting, pk: int, statement_id: int) -> HttpResponseBase:
    """Save one rating and say in JSON how it went: saved, in conflict with what another saved, or refused with a reason."""
    report, form = report_to_save_or_404(acting, pk), RatingForm(request.POST)
    return saved_in_json(
        acting,
        form,
        save=lambda: save_rating(report, statement_id, given=form.given, basis=form.basis, by=acting.user),
        conflict_with=lambda rating: conflict_of(rating, form),
        fields_of=lambda rating: {"text": rating.comment, "reason": "" if rating.score is None else str(rating.score)},
    )


def _line(row: RatingRow, request: HttpRequest) -> Line[RatingRow, RatingForm]:
    form = RatingForm.of(row, request)
    return Line(row, form, wording=row.statement.wording, anchor=form["comment"].auto_id)


def _save(line: Line[RatingRow, RatingForm], report: ExperienceReport, acting: Acting) -> None:
    form = line.form
    if not form.is_valid() or not form.is_touched:
        return
    save_line(
        line,
        lambda: save_rating(report, line.row.statement.pk, given=form.given, basis=form.basis, by=acting.user),
        lambda rating: conflict_of(rating, form),
    )


def conflict_of(rating: Rating, form: RatingForm) -> Conflict:
    given = form.given
    return Conflict(rating, _in_words(rating.score, rating.comment), _in_words(given.score, given.comment))


def _in_words(score: int | None, comment: str) -> str:
    label = dict(RatingForm.base_fields["score"].choices)["" if score is None else score]  # type: ignore[attr-defined]
    return f"{label}\n\n{comment}".strip()
