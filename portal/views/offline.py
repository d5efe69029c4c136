"""Fill a report in without a connection: save it as a workbook, and bring it back. Nothing is overwritten unseen."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnings.models import ExperienceReport
from learnings.offline import Plan, plan_of, workbook_of
from learnings.queries import Asked, writing
from learnings.services import SavingConflictError, save_answer
from portal.acting import Acting
from portal.forms.offline import WorkbookForm
from portal.forms.writing import AnswerForm
from portal.views.reports import report_or_404
from portal.views.saving import Conflict
from portal.views.shell import address, member_page, show
from records.sheets.errors import ImportRefusedError
from records.sheets.uploads import LimitUploadHandler, receives_sheet
from records.views.downloads import made_file
from records.views.telling import told


@require_safe
@member_page
def workbook_download(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    report = report_or_404(acting, pk)
    return made_file(workbook_of(writing(report)), f"{report.round.title}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
@receives_sheet
def workbook_upload(request: HttpRequest, acting: Acting, pk: int, *, upload: LimitUploadHandler) -> HttpResponseBase:
    """Take a filled-in workbook and show what it would change; it changes nothing yet."""
    report = report_or_404(acting, pk)
    closed = writing(report).closed
    if request.method == "POST" and not acting.can_write:
        raise PermissionDenied
    form = WorkbookForm.of_request(request, upload)
    plan = _plan(form, report) if form.is_bound and form.is_valid() else None
    facts = {"report": report, "form": form, "plan": plan, "closed": closed}
    return show(request, "portal/report_offline.html", acting, here="reports", **facts)


@require_POST
@member_page
def workbook_confirm(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    """Save what was shown and chosen; what somebody has changed since then stays, and both texts are shown."""
    report = report_or_404(acting, pk)
    if not acting.can_write:
        raise PermissionDenied
    rows = [row for row in writing(report).rows if f"s{row.question.pk}-take" in request.POST]
    conflicts, saved = [], 0
    for row in rows:
        try:
            saved += _is_saved(request, acting, report, row)
        except SavingConflictError as error:
            conflicts.append((row, Conflict(error.saved, error.saved.said, _mine(row, request))))
    if saved:
        text = ngettext("%(count)s answer is saved.", "%(count)s answers are saved.", saved) % {"count": saved}
        messages.success(request, text)
    if not conflicts:
        return redirect(address("report", acting, report.pk))
    return show(
        request,
        "portal/report_offline_conflicts.html",
        acting,
        here="reports",
        status=409,
        report=report,
        conflicts=conflicts,
    )


def _plan(form: WorkbookForm, report: ExperienceReport) -> Plan | None:
    try:
        return plan_of(form.cleaned_data["file"], writing(report))
    except ImportRefusedError as error:
        form.add_error("file", " ".join(str(row) for row in error.errors))
        return None


def _is_saved(request: HttpRequest, acting: Acting, report: ExperienceReport, row: Asked) -> bool:
    """Save one answer of the file and tell whether it was; what is refused is told on the next page."""
    form = AnswerForm.of(row, request)
    if not form.is_valid():
        messages.error(
            request, f"{row.question.wording}: {' '.join(str(e) for each in form.errors.values() for e in each)}"
        )
        return False
    with told(request):
        save_answer(report, row.question.pk, given=form.given, basis=form.basis, by=acting.user)
        return True
    return False


def _mine(row: Asked, request: HttpRequest) -> str:
    key = f"s{row.question.pk}"
    return request.POST.get(f"{key}-text") or request.POST.get(f"{key}-reason", "")
