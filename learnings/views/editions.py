"""What would be published of a round, and of each report; publish it, take it down, and undo that."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from learnings.editions import answers_in, paragraphs, remark
from learnings.forms.editions import FindingForm, WithdrawForm, WordsForm
from learnings.links import public_address
from learnings.models import ExperienceReport, Round
from learnings.queries import Finding, Prepared, prepared_report, prepared_reports, publishing_log, round_summary
from learnings.rules import can_publish_reports
from learnings.services import publish_report, publish_round, undo_withdrawal, withdraw_report, withdraw_round
from learnings.views.findings import publishers_only
from learnings.views.shell import actor, show
from records.views.telling import do_and_tell, told


@require_GET
def editions_show(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = _round_or_404(request, round_id)
    rows = prepared_reports(this_round)
    summary = round_summary(this_round)
    return show(
        request,
        "learnings/editions.html",
        title=_("Publication"),
        round=this_round,
        rows=[(row, _address(row)) for row in rows],
        ready=[row for row in rows if row.is_ready],
        public=sum(row.edition is not None for row in rows),
        waiting=sum(len(row.open_findings) for row in rows),
        not_accepted=[*summary.not_accepted, *summary.missing],
        can_publish=can_publish_reports(request.user),
        form=WithdrawForm(),
    )


@require_POST
@publishers_only
def round_publish(request: HttpRequest, round_id: int) -> HttpResponse:
    """Publish the reports whose digests the page sends along: those that were looked at."""
    this_round = _round_or_404(request, round_id)
    digests = {
        int(key[7:]): value for key, value in request.POST.items() if key.startswith("digest-") and key[7:].isdigit()
    }
    with told(request):
        made = publish_round(this_round, digests=digests, by=actor(request))
        text = ngettext("%(count)d report is public.", "%(count)d reports are public.", len(made))
        messages.success(request, text % {"count": len(made)})
    return redirect("learnings:editions", this_round.pk)


@require_POST
@publishers_only
def round_withdraw(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = _round_or_404(request, round_id)
    form = WithdrawForm(request.POST)
    do_and_tell(
        request,
        form,
        lambda: withdraw_round(this_round, **form.cleaned_data, by=actor(request)),
        done=_("The round's reports are taken off the website. It can be undone for each report."),
    )
    return redirect("learnings:editions", this_round.pk)


@require_GET
def edition_show(request: HttpRequest, report_id: int) -> HttpResponse:
    report = _report_or_404(request, report_id)
    prepared = prepared_report(report)
    return show(
        request,
        "learnings/edition.html",
        title=str(report.supplier),
        round=report.round,
        trail=[(reverse("learnings:editions", args=[report.round_id]), _("Publication"))],
        report=report,
        prepared=prepared,
        address=_address(prepared) if prepared else "",
        answers=_answers(prepared) if prepared else [],
        log=publishing_log(report),
        can_publish=can_publish_reports(request.user),
        form=WithdrawForm(),
        words_form=WordsForm(auto_id=False),
    )


@require_POST
@publishers_only
def report_publish(request: HttpRequest, report_id: int) -> HttpResponse:
    report = _report_or_404(request, report_id)
    with told(request, _("The report is public.")):
        publish_report(report, digest=request.POST.get("digest", ""), by=actor(request))
    return redirect("learnings:edition", report.pk)


@require_POST
@publishers_only
def report_withdraw(request: HttpRequest, report_id: int) -> HttpResponse:
    report = _report_or_404(request, report_id)
    form = WithdrawForm(request.POST)
    do_and_tell(
        request,
        form,
        lambda: withdraw_report(report, **form.cleaned_data, by=actor(request)),
        done=_("The report is taken off the website. Your reason is kept, and it can be undone."),
    )
    return redirect("learnings:edition", report.pk)


@require_POST
@publishers_only
def withdrawal_undo(request: HttpRequest, report_id: int) -> HttpResponse:
    report = _report_or_404(request, report_id)
    with told(request, _("The report is public again.")):
        undo_withdrawal(report, by=actor(request))
    return redirect("learnings:edition", report.pk)


def _round_or_404(request: HttpRequest, round_id: int) -> Round:
    return get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)


def _report_or_404(request: HttpRequest, report_id: int) -> ExperienceReport:
    reports = ExperienceReport.objects.visible_to(request.user).select_related("round", "supplier__merged_into")
    return get_object_or_404(reports, pk=report_id)


def _address(prepared: Prepared) -> str:
    return public_address(prepared.edition, prepared.report) if prepared.edition else ""


def _answers(prepared: Prepared) -> list[dict[str, object]]:
    """Return each answer as the public would see it, with what was found in it and the form that decides."""
    shown = [answer for _section, answer in answers_in(prepared.content)]
    return [
        {"row": row, "paragraphs": paragraphs(content), "remark": remark(content), "findings": _findings(row.findings)}
        for row, content in zip(prepared.answers, shown, strict=True)
    ]


def _findings(findings: tuple[Finding, ...]) -> list[tuple[Finding, FindingForm]]:
    return [(finding, FindingForm.of(finding)) for finding in findings]
