"""Write a report: a page for each section, and the thin address that saves an answer while it is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import date
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learnings.differences import Piece, differences
from learnings.models import Answer, ExperienceReport
from learnings.queries import AnsweredSection, Asked, Writing, writing
from learnings.services import AnswerConflictError, save_answer
from portal.acting import Acting
from portal.forms.writing import AnswerForm
from portal.views.reports import report_or_404
from portal.views.shell import address, member_page, show
from records.forms import add_service_errors
from records.views.downloads import not_kept

CONFLICT, REFUSED = 409, 422


@dataclass(frozen=True)
class Conflict:
    """What somebody else saved meanwhile, and how one's own text differs from it."""

    answer: Answer
    mine: str

    @property
    def theirs(self) -> str:
        return self.answer.said

    @property
    def pieces(self) -> list[Piece]:
        return differences(self.theirs, self.mine)


@dataclass
class Line:
    """A question on the page with its form, and what is in its way."""

    row: Asked
    form: AnswerForm
    conflict: Conflict | None = None

    @property
    def is_saved(self) -> bool:
        return self.form.is_valid() and self.conflict is None


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def section_edit(request: HttpRequest, acting: Acting, pk: int, slug: str) -> HttpResponseBase:
    """Show a section, to be written or only read; sent without JavaScript it saves each answer that was changed."""
    report = report_or_404(acting, pk)
    found = writing(report)
    section = found.section(slug)
    if section is None:
        raise Http404
    closed = found.closed
    if request.method == "POST" and not acting.can_write:
        raise PermissionDenied
    lines = [Line(row, AnswerForm.of(row, request)) for row in section.rows]
    if request.method == "POST":
        for line in lines:
            _save(line, report, acting)
        if all(line.is_saved for line in lines):
            return _go_on(request, acting, found, section)
    return show(
        request,
        "portal/section_edit.html",
        acting,
        here="reports",
        report=report,
        writing=found,
        section=section,
        following=found.after(section),
        lines=lines,
        faults=[line for line in lines if line.form.is_bound and not line.is_saved],
        closed=closed,
        can_write=acting.can_write and not closed,
    )


@require_POST
@member_page
def answer_save(request: HttpRequest, acting: Acting, pk: int, question_id: int) -> HttpResponseBase:
    """Save one answer and say in JSON how it went: saved, in conflict with what another saved, or refused with a reason."""
    report = report_or_404(acting, pk)
    if not acting.can_write:
        return json_told({"message": _("Your role on the team does not let you write.")}, 403)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return json_told({"message": all_errors(form)}, REFUSED)
    try:
        answer = save_answer(report, question_id, given=form.given, basis=form.basis, by=acting.user)
    except AnswerConflictError as error:
        return json_told(_conflict_facts(error.answer, form, acting), CONFLICT)
    except ValidationError as error:
        return json_told({"message": " ".join(error.messages)}, REFUSED)
    return json_told({"revision": answer.revision, "at": date(timezone.localtime(answer.saved_at), "H.i")}, 200)


def _save(line: Line, report: ExperienceReport, acting: Acting) -> None:
    if not line.form.is_valid():
        return
    given = line.form.given
    if (given.text, given.not_applicable_reason) == (line.row.text, line.row.reason):
        return
    try:
        save_answer(report, line.row.question.pk, given=given, basis=line.form.basis, by=acting.user)
    except AnswerConflictError as error:
        line.conflict = Conflict(error.answer, given.said)
        line.form.go_on_from(error.answer.revision)
    except ValidationError as error:
        add_service_errors(line.form, error)


def _go_on(request: HttpRequest, acting: Acting, found: Writing, section: AnsweredSection) -> HttpResponseBase:
    messages.success(request, _("“%(section)s” is saved.") % {"section": section.title})
    following = found.after(section)
    if "next" not in request.POST:
        return redirect(address("section", acting, found.report.pk, section.slug))
    if following is None:
        last = "evaluation" if found.ratings.rows else "report"
        return redirect(address(last, acting, found.report.pk))
    return redirect(address("section", acting, found.report.pk, following.slug))


def _conflict_facts(answer: Answer, form: AnswerForm, acting: Acting) -> dict[str, object]:
    conflict = Conflict(answer, form.given.said)
    return {
        "revision": answer.revision,
        "text": answer.text,
        "reason": answer.not_applicable_reason,
        "html": render_to_string("portal/_conflict.html", {"conflict": conflict, "acting": acting}),
    }


def all_errors(form: Form) -> str:
    return " ".join(str(text) for errors in form.errors.values() for text in errors)


def json_told(facts: dict[str, object], status: int) -> HttpResponseBase:
    return not_kept(JsonResponse(facts, status=status))
