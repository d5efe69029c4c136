"""Accept a report, send it back, give more time, and note what was discussed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from learnings import services
from learnings.forms.reviews import DiscussionForm, ExtensionForm, SendBackForm
from learnings.models import Discussion, ExperienceReport, ReportVersion, Round
from learnings.queries import answers_of
from learnings.views.editing import edit
from learnings.views.shell import actor, back, editors_only, show
from records.forms import is_done
from records.views.telling import told
from suppliers.models import Supplier


@require_POST
@editors_only
def report_accept(request: HttpRequest, report_id: int) -> HttpResponse:
    report = report_or_404(request, report_id)
    with told(request, _("The report is accepted. What the contracts require is fulfilled by it.")):
        services.accept(report, by=actor(request))
    return _back(request, report)


@require_http_methods(["GET", "POST"])
@editors_only
def report_send_back(request: HttpRequest, report_id: int) -> HttpResponse:
    report = report_or_404(request, report_id)
    newest: ReportVersion | None = report.versions.submitted().last()
    form = SendBackForm(_sent(request), answers=answers_of(newest) if newest else [])
    if request.method == "POST" and form.is_valid():
        given = {"comments": form.comments(), "message": form.cleaned_data["message"]}
        if is_done(form, lambda: services.send_back(report, **given, by=actor(request))):
            messages.success(request, _("The report is sent back. The supplier's team is told."))
            return redirect("learnings:report_show", report.pk)
    return _page(request, "learnings/report_send_back.html", report, title=_("Send back"), form=form)


@require_POST
@editors_only
def review_take_back(request: HttpRequest, report_id: int) -> HttpResponse:
    report = report_or_404(request, report_id)
    with told(request, _("It is taken back. The report waits to be read again.")):
        services.take_back_review(report, by=actor(request))
    return _back(request, report)


@require_http_methods(["GET", "POST"])
@editors_only
def report_extend(request: HttpRequest, round_id: int, supplier_id: int) -> HttpResponse:
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    supplier = get_object_or_404(Supplier.objects.visible_to(request.user), pk=supplier_id)
    form = ExtensionForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if is_done(form, lambda: services.extend(this_round, supplier, **given, by=actor(request))):
            text = _("%(supplier)s has more time. The supplier's team is told.")
            messages.success(request, text % {"supplier": supplier})
            return redirect("learnings:round_show", this_round.pk)
    return show(
        request,
        "learnings/report_extend.html",
        title=_("Give more time"),
        round=this_round,
        supplier=supplier,
        form=form,
    )


@require_POST
@editors_only
def extension_take_back(request: HttpRequest, report_id: int) -> HttpResponse:
    report = report_or_404(request, report_id)
    with told(request, _("The extension is taken back. The round's own last day counts.")):
        services.take_back_extension(report, by=actor(request))
    return _back(request, report)


@require_http_methods(["GET", "POST"])
@editors_only
def discussion_edit(request: HttpRequest, report_id: int) -> HttpResponse:
    report = report_or_404(request, report_id)
    discussion = Discussion.objects.filter(report=report).first() or Discussion(report=report)

    def save(form: DiscussionForm) -> object:
        record = form.save(commit=False)
        return services.save_discussion(record, reason=form.cleaned_data["change_reason"], by=actor(request))

    outcome = edit(request, discussion, form_class=DiscussionForm, save=save)
    if outcome.is_saved:
        messages.success(request, _("The discussion is noted."))
        return _back(request, report)
    context: dict[str, Any] = {"title": _("Discussion"), "outcome": outcome, "form": outcome.form}
    return _page(request, "learnings/discussion_edit.html", report, **context, status=outcome.status)


def report_or_404(request: HttpRequest, report_id: int) -> ExperienceReport:
    reports = ExperienceReport.objects.visible_to(request.user).select_related("round", "supplier__merged_into")
    return get_object_or_404(reports, pk=report_id)


def _page(request: HttpRequest, template: str, report: ExperienceReport, **context: Any) -> HttpResponse:
    trail = [(reverse("learnings:report_show", args=[report.pk]), report.supplier.name)]
    return show(request, template, round=report.round, trail=trail, report=report, **context)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _back(request: HttpRequest, report: ExperienceReport) -> HttpResponse:
    return redirect(back(request, reverse("learnings:report_show", args=[report.pk])))
