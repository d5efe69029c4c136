"""Fill a report in without a connection: save it as a paper or a workbook, and bring it back. Nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnings.models import ExperienceReport, Part
from learnings.offline import Plan, paper_of, plan_of, workbook_of
from learnings.queries import writing
from learnings.services import SavingConflictError, save_answer, save_rating
from portal.acting import Acting
from portal.forms.offline import FilledInForm
from portal.forms.rating import RatingForm
from portal.forms.saving import SavingForm
from portal.forms.writing import AnswerForm
from portal.views import evaluation
from portal.views import writing as sections
from portal.views.reports import report_or_404
from portal.views.saving import Conflict
from portal.views.shell import address, member_page, show
from records.sheets.errors import ImportRefusedError
from records.sheets.uploads import LimitUploadHandler, receives_sheet
from records.views.downloads import made_file
from records.views.telling import refuse_form, told


@dataclass(frozen=True)
class Chosen:
    """An answer or a rating of the file that is to be saved."""

    wording: str
    form: SavingForm
    save: Callable[[], Part]
    conflict_with: Callable[[Any], Conflict]


@require_safe
@member_page
def paper_download(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    report = report_or_404(acting, pk)
    return made_file(paper_of(writing(report)), f"{report.round.title}.docx")


@require_safe
@member_page
def workbook_download(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    report = report_or_404(acting, pk)
    return made_file(workbook_of(writing(report)), f"{report.round.title}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
@receives_sheet
def offline_upload(request: HttpRequest, acting: Acting, pk: int, *, upload: LimitUploadHandler) -> HttpResponseBase:
    """Take a filled-in file and show what it would change; it changes nothing yet."""
    report = report_or_404(acting, pk)
    closed = writing(report).closed
    if request.method == "POST" and not acting.can_write:
        raise PermissionDenied
    form = FilledInForm.of_request(request, upload)
    plan = _plan(form, report) if form.is_bound and form.is_valid() else None
    facts = {"report": report, "form": form, "plan": plan, "closed": closed}
    return show(request, "portal/report_offline.html", acting, here="reports", **facts)


@require_POST
@member_page
def offline_confirm(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    """Save what was shown and chosen; what somebody has changed since then stays, and both texts are shown."""
    report = report_or_404(acting, pk)
    if not acting.can_write:
        raise PermissionDenied
    conflicts, saved = [], 0
    for chosen in _chosen(request, acting, report):
        try:
            saved += _is_saved(request, chosen)
        except SavingConflictError as error:
            conflicts.append((chosen, chosen.conflict_with(error.saved)))
    if saved:
        text = ngettext("%(count)s answer is saved.", "%(count)s answers are saved.", saved) % {"count": saved}
        messages.success(request, text)
    if not conflicts:
        return redirect(address("report", acting, report.pk))
    facts = {"report": report, "conflicts": conflicts, "status": 409}
    return show(request, "portal/report_offline_conflicts.html", acting, here="reports", **facts)


def _plan(form: FilledInForm, report: ExperienceReport) -> Plan | None:
    try:
        return plan_of(form.cleaned_data["file"], writing(report))
    except ImportRefusedError as error:
        form.add_error("file", " ".join(str(row) for row in error.errors))
        return None


def _chosen(request: HttpRequest, acting: Acting, report: ExperienceReport) -> Iterator[Chosen]:
    found = writing(report)
    for row in found.rows:
        if f"s{row.question.pk}-take" in request.POST:
            yield _answer(row.question.pk, str(row.question), AnswerForm.of(row, request), report, acting)
    for rating in found.ratings.rows:
        if f"v{rating.statement.pk}-take" in request.POST:
            yield _rating(rating.statement.pk, str(rating.statement), RatingForm.of(rating, request), report, acting)


def _answer(pk: int, wording: str, form: AnswerForm, report: ExperienceReport, acting: Acting) -> Chosen:
    return Chosen(
        wording,
        form,
        save=lambda: save_answer(report, pk, given=form.given, basis=form.basis, by=acting.user),
        conflict_with=lambda answer: sections.conflict_of(answer, form),
    )


def _rating(pk: int, wording: str, form: RatingForm, report: ExperienceReport, acting: Acting) -> Chosen:
    return Chosen(
        wording,
        form,
        save=lambda: save_rating(report, pk, given=form.given, basis=form.basis, by=acting.user),
        conflict_with=lambda rating: evaluation.conflict_of(rating, form),
    )


def _is_saved(request: HttpRequest, chosen: Chosen) -> bool:
    """Save one of the file and tell whether it was; what is refused is told on the next page."""
    if not chosen.form.is_valid():
        refuse_form(request, chosen.form, about=chosen.wording)
        return False
    with told(request):
        chosen.save()
        return True
    return False
