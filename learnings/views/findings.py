"""Decide on personal data that was found in answers that are to be published."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learnings.enums import FindingDecision
from learnings.forms.editions import FindingForm, WordsForm
from learnings.models import Answer, ExperienceReport, Resolution
from learnings.rules import can_publish_reports
from learnings.services import reconsider, redact_found, redact_words, resolve
from learnings.views.shell import actor
from records.views.frames import only_for
from records.views.telling import do_and_tell, told

publishers_only = only_for(can_publish_reports)


@require_POST
@publishers_only
def finding_resolve(request: HttpRequest, answer_id: int) -> HttpResponse:
    answer = _answer_or_404(request, answer_id)
    form = FindingForm(request.POST)
    do_and_tell(request, form, lambda: _resolve(answer, form, request), done=_("The decision is saved."))
    return _back(answer)


@require_POST
@publishers_only
def words_redact(request: HttpRequest, answer_id: int) -> HttpResponse:
    answer = _answer_or_404(request, answer_id)
    form = WordsForm(request.POST)
    do_and_tell(
        request,
        form,
        lambda: redact_words(answer, **form.cleaned_data, by=actor(request)),
        done=_("The words are kept out."),
    )
    return _back(answer)


@require_POST
@publishers_only
def found_redact(request: HttpRequest, report_id: int) -> HttpResponse:
    """Keep everything out that waits for a decision in a report."""
    report = get_object_or_404(ExperienceReport.objects.visible_to(request.user), pk=report_id)
    with told(request, _("All that was found is kept out.")):
        redact_found(report, by=actor(request))
    return redirect("learnings:edition", report.pk)


@require_POST
@publishers_only
def resolution_reconsider(request: HttpRequest, resolution_id: int) -> HttpResponse:
    rows = Resolution.objects.visible_to(request.user).select_related("answer__version")
    row = get_object_or_404(rows, pk=resolution_id)
    with told(request, _("The decision is taken back.")):
        reconsider(row, by=actor(request))
    return _back(row.answer)


def _answer_or_404(request: HttpRequest, answer_id: int) -> Answer:
    reports = ExperienceReport.objects.visible_to(request.user)
    answers = Answer.objects.filter(version__report__in=reports).select_related(
        "version__report__supplier__merged_into"
    )
    return get_object_or_404(answers, pk=answer_id)


def _resolve(answer: Answer, form: FindingForm, request: HttpRequest) -> None:
    given = form.cleaned_data
    resolve(
        answer,
        (given["start"], given["end"]),
        decision=FindingDecision(given["decision"]),
        reason=given["reason"],
        looked_at=given["looked_at"],
        by=actor(request),
    )


def _back(answer: Answer) -> HttpResponse:
    response = redirect("learnings:edition", answer.version.report_id)
    response["Location"] += f"#svar-{answer.pk}"
    return response
