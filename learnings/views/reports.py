"""A supplier's report: read it in any version, and write it on the supplier's behalf."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from learnings.compared import ComparedAnswer, compared
from learnings.enums import WAITS_FOR_SUPPLIER, ReportState
from learnings.forms.reports import ReportForm
from learnings.models import Attachment, Discussion, ExperienceReport, ReportVersion, Review, Round
from learnings.queries import answers_of, discussion_before, owed, questions_for, review_of, with_standing
from learnings.services import discard_draft, reopen_as_new_version, save_draft_answers, start_report, submit_report
from learnings.views.marking import MarkedAnswer, marked
from learnings.views.shell import actor, editors_only, show
from records.forms import add_service_errors
from records.views.downloads import handed_in_file
from records.views.telling import told
from suppliers.models import Supplier


@require_POST
@editors_only
def report_start(request: HttpRequest, round_id: int, supplier_id: int) -> HttpResponse:
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    supplier = get_object_or_404(Supplier.objects.visible_to(request.user), pk=supplier_id)
    with told(request):
        report = start_report(this_round, supplier, by=actor(request))
        return redirect("learnings:report_edit", report.pk)
    return redirect("learnings:round_show", this_round.pk)


@require_GET
def report_show(request: HttpRequest, report_id: int) -> HttpResponse:
    """`?version=` chooses a version, the newest submitted one unless given; `?compare=` another to show changes from."""
    report = _report_or_404(request, report_id)
    versions = list(report.versions.select_related("submitted_by", "created_by"))
    version = _chosen(request, "version", versions) or _default(versions)
    older = _chosen(request, "compare", versions)
    return show(
        request,
        "learnings/report_show.html",
        title=report.supplier.name,
        round=report.round,
        report=report,
        versions=versions,
        version=version,
        older=older,
        is_late=bool(version and version.number == 1 and report.is_late(version)),
        draft=next((row for row in versions if not row.is_submitted), None),
        newest=next((row for row in reversed(versions) if row.is_submitted), None),
        answers=_shown(version, older),
        **_standing(report, version),
    )


@require_http_methods(["GET", "POST"])
@editors_only
def report_edit(request: HttpRequest, report_id: int) -> HttpResponse:
    """Saving keeps the draft, also when it cannot be submitted yet; a conflict keeps both texts on the page."""
    report = _report_or_404(request, report_id)
    if report.versions.submitted().exists() and not report.versions.drafts().exists():
        return redirect("learnings:report_show", report.pk)
    form = _form(report, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, report, form)
        except ValidationError as error:
            form = _after(error, report, form)
    return show(
        request,
        "learnings/report_edit.html",
        title=_("Write the report"),
        round=report.round,
        trail=[(reverse("learnings:report_show", args=[report.pk]), report.supplier.name)],
        report=report,
        form=form,
    )


@require_POST
@editors_only
def report_reopen(request: HttpRequest, report_id: int) -> HttpResponse:
    report = _report_or_404(request, report_id)
    with told(request):
        reopen_as_new_version(report, by=actor(request))
        return redirect("learnings:report_edit", report.pk)
    return redirect("learnings:report_show", report.pk)


@require_POST
@editors_only
def report_discard(request: HttpRequest, report_id: int) -> HttpResponse:
    report = _report_or_404(request, report_id)
    with told(request, _("The new version was discarded. The submitted one counts as before.")):
        discard_draft(report, by=actor(request))
    return redirect("learnings:report_show", report.pk)


@require_GET
def attachment_download(request: HttpRequest, attachment_id: int) -> FileResponse:
    """Hand out a file as the supplier handed it in: to be saved, never to be shown or run in the site's name."""
    row = get_object_or_404(Attachment.objects.visible_to(request.user), pk=attachment_id)
    try:
        return handed_in_file(row)
    except OSError as error:
        raise Http404 from error


def _report_or_404(request: HttpRequest, report_id: int) -> ExperienceReport:
    return get_object_or_404(with_standing(ExperienceReport.objects.visible_to(request.user)), pk=report_id)


def _standing(report: ExperienceReport, version: ReportVersion | None) -> dict[str, object]:
    """Return how far the report is, what was said of it, and what was talked over, now and last year."""
    review = review_of(report)
    said = Review.objects.filter(version=version).first() if version else None
    return {
        "standing": owed(report.round, report, today=timezone.localdate()),
        "review": review,
        "comments": list(said.comments.all()) if said else [],
        "discussion": Discussion.objects.filter(report=report).first(),
        "last_discussion": discussion_before(report),
        "ReportState": ReportState,
        "WAITING": WAITS_FOR_SUPPLIER,
    }


def _shown(version: ReportVersion | None, older: ReportVersion | None) -> list[MarkedAnswer] | list[ComparedAnswer]:
    answers = answers_of(version) if version else []
    if older:
        return compared(answers, answers_of(older))
    return [marked(answer) for answer in answers]


def _default(versions: list[ReportVersion]) -> ReportVersion | None:
    submitted = [version for version in versions if version.is_submitted]
    return submitted[-1] if submitted else versions[-1] if versions else None


def _chosen(request: HttpRequest, name: str, versions: list[ReportVersion]) -> ReportVersion | None:
    number = request.GET.get(name)
    if not number:
        return None
    found = next((version for version in versions if str(version.number) == number), None)
    if found is None:
        raise Http404
    return found


def _form(report: ExperienceReport, data: QueryDict | None) -> ReportForm:
    draft = report.versions.drafts().prefetch_related("answers").first()
    return ReportForm(data, questions=questions_for(report), draft=draft)


def _save(request: HttpRequest, report: ExperienceReport, form: ReportForm) -> HttpResponse:
    given = form.cleaned_data
    draft = save_draft_answers(
        report,
        answers=form.answers(),
        revision=given["revision"],
        handed_in_by=given["handed_in_by"],
        by=actor(request),
    )
    form.go_on_from(draft.revision)
    if "submit" not in request.POST:
        messages.success(request, _("The draft is saved."))
        return redirect("learnings:report_edit", report.pk)
    version = submit_report(report, submitted_at=given["submitted_at"], note=given["note"], by=actor(request))
    messages.success(
        request,
        _("Version %(number)d of the report from %(supplier)s is submitted.")
        % {"number": version.number, "supplier": report.supplier},
    )
    return redirect("learnings:report_show", report.pk)


def _after(error: ValidationError, report: ExperienceReport, form: ReportForm) -> ReportForm:
    """Return the form with what was written and why it was refused; after a conflict it goes on from what is saved now."""
    if getattr(error, "code", "") == "conflict":
        form.go_on_from(report.versions.drafts().get().revision)
    shown = _form(report, cast("QueryDict", form.data))
    add_service_errors(shown, error)
    return shown
