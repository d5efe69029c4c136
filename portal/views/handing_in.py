"""Hand a report in, its receipt, and the versions that were handed in: to be read, and compared."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnings.compared import compared
from learnings.models import ExperienceReport, ReportVersion
from learnings.queries import answers_of, rating_section, writing
from learnings.receipts import digest_of, pdf_of
from learnings.services import hand_in
from portal.acting import Acting
from portal.views.reports import report_or_404
from portal.views.shell import address, member_page, show
from records.views.downloads import made_file
from records.views.telling import told


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def report_submit(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    """Show what is missing, and hand in: only by a submitter, and only what was looked at."""
    report = report_or_404(acting, pk)
    if request.method == "POST" and not acting.can_submit:
        raise PermissionDenied
    if request.method == "POST" and (version := _handed_in(request, acting, report)):
        return redirect(address("receipt", acting, report.pk, version.number))
    found = writing(report)
    facts = {"report": report, "writing": found, "closed": found.closed}
    return show(request, "portal/report_submit.html", acting, here="reports", **facts)


@require_safe
@member_page
def receipt_show(request: HttpRequest, acting: Acting, pk: int, number: int) -> HttpResponseBase:
    version = _submitted_or_404(report_or_404(acting, pk), number)
    facts = {"report": version.report, "version": version, "digest": digest_of(version)[:16]}
    facts |= {"receipt": getattr(version, "receipt", None)}
    return show(request, "portal/receipt_show.html", acting, here="reports", **facts)


@require_safe
@member_page
def receipt_download(request: HttpRequest, acting: Acting, pk: int, number: int) -> HttpResponseBase:
    """Hand out the receipt as an accessible PDF with every answer; the same version gives the same file."""
    version = _submitted_or_404(report_or_404(acting, pk), number)
    name = f"{_('Receipt')} {version.report.round.title} version {version.number}.pdf"
    return made_file(pdf_of(version), name)


@require_safe
@member_page
def version_show(request: HttpRequest, acting: Acting, pk: int, number: int) -> HttpResponseBase:
    """Show a version that was handed in; `?siden=` another one, with what has changed since that."""
    report = report_or_404(acting, pk)
    version = _submitted_or_404(report, number)
    older = _older(request, report)
    answers = answers_of(version)
    return show(
        request,
        "portal/version_show.html",
        acting,
        here="reports",
        report=report,
        version=version,
        others=[each for each in report.versions.submitted() if each.pk != version.pk],
        older=older,
        answers=answers,
        ratings=rating_section(report, version),
        changes=compared(answers, answers_of(older)) if older else [],
    )


def _handed_in(request: HttpRequest, acting: Acting, report: ExperienceReport) -> ReportVersion | None:
    sent = request.POST.get("revision", "")
    with told(request):
        return hand_in(report, revision=int(sent) if sent.isdecimal() else -1, by=acting.user)
    return None


def _submitted_or_404(report: ExperienceReport, number: int) -> ReportVersion:
    found = report.versions.submitted().select_related("submitted_by", "receipt").filter(number=number).first()
    if found is None:
        raise Http404
    found.report = report
    return found


def _older(request: HttpRequest, report: ExperienceReport) -> ReportVersion | None:
    asked = request.GET.get("siden", "")
    if not asked:
        return None
    return _submitted_or_404(report, int(asked) if asked.isdecimal() else 0)
