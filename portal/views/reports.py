"""A supplier's experience reports: which there are, and one with its sections."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from learnings.models import ExperienceReport
from learnings.queries import owed_reports, own_reports, said_and_done, writing
from learnings.services import start_report
from portal.acting import Acting
from portal.queries.reports import report_to_save_in, reports_of
from portal.views.shell import address, member_page, show
from records.views.telling import told


@require_safe
@member_page
def report_list(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    return show(
        request,
        "portal/report_list.html",
        acting,
        here="reports",
        rows=own_reports(acting.supplier, today=acting.today),
    )


@require_POST
@member_page
def report_begin(request: HttpRequest, acting: Acting, round_id: int) -> HttpResponseBase:
    """Begin the report of an open round that the supplier owes one in; one that is begun is gone on with."""
    owed = owed_reports(acting.supplier, today=acting.today)
    row = next((row for row in owed if row.round.pk == round_id), None)
    if row is None:
        raise Http404
    if not acting.can_write:
        raise PermissionDenied
    with told(request):
        report = start_report(row.round, acting.supplier, by=acting.user)
        return redirect(address("report", acting, report.pk))
    return redirect(address("reports", acting))


@require_safe
@member_page
def report_show(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    report = report_or_404(acting, pk)
    found = writing(report)
    return show(
        request,
        "portal/report_show.html",
        acting,
        here="reports",
        report=report,
        writing=found,
        said_and_done=said_and_done(acting.supplier, before=report.round),
        submitted=list(report.versions.submitted().order_by("-number")),
        closed=found.closed,
        can_write=acting.can_write and not found.closed,
    )


def report_or_404(acting: Acting, pk: int) -> ExperienceReport:
    """Return one of the supplier's own reports; any other does not exist."""
    report: ExperienceReport = get_object_or_404(reports_of(acting), pk=pk)
    return report


def report_to_save_or_404(acting: Acting, pk: int) -> ExperienceReport:
    """Return the same as little as a saving needs: what is saved all the time is to be quick."""
    report = report_to_save_in(acting, pk)
    if report is None:
        raise Http404
    return report
