"""Write a report: a page for each section, and the thin address that saves an answer while it is written."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learnings.models import Answer, ExperienceReport
from learnings.queries import AnsweredSection, Asked, Writing, writing
from learnings.services import save_answer
from portal.acting import Acting
from portal.forms.writing import AnswerForm
from portal.views.reports import report_or_404, report_to_save_or_404
from portal.views.saving import Conflict, Line, save_line, saved_in_json
from portal.views.shell import address, member_page, show


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
    lines = [_line(row, request) for row in section.rows]
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
        faults=[line for line in lines if line.is_at_fault],
        closed=closed,
        can_write=acting.can_write and not closed,
    )


@require_POST
@member_page
def answer_save(request: HttpRequest, acting: Acting, pk: int, question_id: int) -> HttpResponseBase:
    """Save one answer and say in JSON how it went: saved, in conflict with what another saved, or refused with a reason."""
    report, form = report_to_save_or_404(acting, pk), AnswerForm(request.POST)
    return saved_in_json(
        acting,
        form,
        save=lambda: save_answer(report, question_id, given=form.given, basis=form.basis, by=acting.user),
        conflict_with=lambda answer: conflict_of(answer, form),
        fields_of=lambda answer: {"text": answer.text, "reason": answer.not_applicable_reason},
    )


def conflict_of(answer: Answer, form: AnswerForm) -> Conflict:
    return Conflict(answer, answer.said, form.given.said)


def _line(row: Asked, request: HttpRequest) -> Line[Asked, AnswerForm]:
    form = AnswerForm.of(row, request)
    return Line(row, form, wording=row.question.wording, anchor=form["text"].auto_id)


def _save(line: Line[Asked, AnswerForm], report: ExperienceReport, acting: Acting) -> None:
    form, row = line.form, line.row
    if not form.is_valid() or (form.given.text, form.given.not_applicable_reason) == (row.text, row.reason):
        return
    save_line(
        line,
        lambda: save_answer(report, row.question.pk, given=form.given, basis=form.basis, by=acting.user),
        lambda answer: conflict_of(answer, form),
    )


def _go_on(request: HttpRequest, acting: Acting, found: Writing, section: AnsweredSection) -> HttpResponseBase:
    messages.success(request, _("“%(section)s” is saved.") % {"section": section.title})
    following = found.after(section)
    if "next" not in request.POST:
        return redirect(address("section", acting, found.report.pk, section.slug))
    if following is None:
        last = "evaluation" if found.ratings.rows else "report"
        return redirect(address(last, acting, found.report.pk))
    return redirect(address("section", acting, found.report.pk, following.slug))
