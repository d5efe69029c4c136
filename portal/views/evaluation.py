"""Rate the municipality: the last page of a report, and the thin address that saves a rating while it is given."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import date
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learnings.differences import Piece, differences
from learnings.models import ExperienceReport, Rating
from learnings.queries import RatingRow, writing
from learnings.services import DraftRating, RatingConflictError, save_rating
from portal.acting import Acting
from portal.forms.rating import RatingForm
from portal.views.reports import report_or_404
from portal.views.shell import address, member_page, show
from portal.views.writing import CONFLICT, REFUSED, all_errors, json_told
from records.forms import add_service_errors


@dataclass(frozen=True)
class RatingConflict:
    """What somebody else on the team saved meanwhile, and how one's own differs from it."""

    answer: Rating
    mine: DraftRating

    @property
    def theirs(self) -> str:
        return _in_words(self.answer.score, self.answer.comment)

    @property
    def pieces(self) -> list[Piece]:
        return differences(self.theirs, _in_words(self.mine.score, self.mine.comment))


@dataclass
class RatingLine:
    """A statement on the page with its form, and what is in its way."""

    row: RatingRow
    form: RatingForm
    conflict: RatingConflict | None = None

    @property
    def is_saved(self) -> bool:
        return self.form.is_valid() and self.conflict is None


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
    lines = [RatingLine(row, RatingForm.of(row, request)) for row in found.ratings.rows]
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
        faults=[line for line in lines if line.form.is_bound and not line.is_saved],
        closed=found.closed,
        can_write=acting.can_write and not found.closed,
    )


@require_POST
@member_page
def rating_save(request: HttpRequest, acting: Acting, pk: int, statement_id: int) -> HttpResponseBase:
    """Save one rating and say in JSON how it went: saved, in conflict with what another saved, or refused with a reason."""
    report = report_or_404(acting, pk)
    if not acting.can_write:
        return json_told({"message": _("Your role on the team does not let you write.")}, 403)
    form = RatingForm(request.POST)
    if not form.is_valid():
        return json_told({"message": all_errors(form)}, REFUSED)
    try:
        rating = save_rating(report, statement_id, given=form.given, basis=form.basis, by=acting.user)
    except RatingConflictError as error:
        return json_told(_conflict_facts(error.rating, form, acting), CONFLICT)
    except ValidationError as error:
        return json_told({"message": " ".join(error.messages)}, REFUSED)
    return json_told({"revision": rating.revision, "at": date(timezone.localtime(rating.saved_at), "H.i")}, 200)


def _save(line: RatingLine, report: ExperienceReport, acting: Acting) -> None:
    if not line.form.is_valid() or not line.form.is_touched:
        return
    given = line.form.given
    try:
        save_rating(report, line.row.statement.pk, given=given, basis=line.form.basis, by=acting.user)
    except RatingConflictError as error:
        line.conflict = RatingConflict(error.rating, given)
        line.form.go_on_from(error.rating.revision)
    except ValidationError as error:
        add_service_errors(line.form, error)


def _conflict_facts(rating: Rating, form: RatingForm, acting: Acting) -> dict[str, object]:
    conflict = RatingConflict(rating, form.given)
    return {
        "revision": rating.revision,
        "text": rating.comment,
        "reason": "" if rating.score is None else str(rating.score),
        "html": render_to_string("portal/_conflict.html", {"conflict": conflict, "acting": acting}),
    }


def _in_words(score: int | None, comment: str) -> str:
    label = dict(RatingForm.base_fields["score"].choices)["" if score is None else score]  # type: ignore[attr-defined]
    return f"{label}\n\n{comment}".strip()
