"""What the public will see of a report, and what the supplier asks to have kept out of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learnings.enums import WithholdingKind
from learnings.links import public_address
from learnings.models import ExperienceReport, ReportEdition, Withholding
from learnings.queries import PublicAnswer, newest_version, public_answers
from learnings.services import take_back, withhold
from portal.acting import Acting
from portal.forms.publication import WithholdForm
from portal.views.reports import report_or_404
from portal.views.shell import address, member_page, show
from records.forms import is_done
from records.views.telling import told


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def publication_show(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    """Show each answer as it will be published; `?spoergsmaal=` opens the form that keeps something of it out."""
    report = report_or_404(acting, pk)
    if request.method == "POST" and not acting.can_write:
        raise PermissionDenied
    version = newest_version(report)
    answers = public_answers(version) if version else []
    chosen = _chosen(request, answers)
    form = WithholdForm(
        request.POST if request.method == "POST" else None,
        initial={"question": chosen.answer.question_id if chosen else None},
    )
    if request.method == "POST" and form.is_valid() and _is_marked(report, form, acting):
        messages.success(request, _("It is kept out until the municipality has decided. You see the decision here."))
        return redirect(address("publication", acting, report.pk))
    edition = ReportEdition.objects.public().filter(report=report).defer("content", "text").first()
    facts = {"report": report, "version": version, "answers": answers, "chosen": chosen, "form": form}
    facts |= {"edition": edition, "public_url": public_address(edition, report) if edition else ""}
    return show(request, "portal/publication.html", acting, here="reports", **facts)


@require_POST
@member_page
def mark_remove(request: HttpRequest, acting: Acting, pk: int, mark_id: int) -> HttpResponseBase:
    report = report_or_404(acting, pk)
    mark = get_object_or_404(acting.rows(Withholding).filter(report=report), pk=mark_id)
    if not acting.can_write:
        raise PermissionDenied
    with told(request, _("The passage is no longer kept out.")):
        take_back(mark, by=acting.user)
    return redirect(address("publication", acting, report.pk))


def _is_marked(report: ExperienceReport, form: WithholdForm, acting: Acting) -> bool:
    given = dict(form.cleaned_data)
    question_id, kind = given.pop("question"), WithholdingKind(given.pop("kind"))
    return is_done(form, lambda: withhold(report, question_id, kind=kind, **given, by=acting.user))


def _chosen(request: HttpRequest, answers: list[PublicAnswer]) -> PublicAnswer | None:
    asked = request.POST.get("question") or request.GET.get("spoergsmaal", "")
    if not asked:
        return None
    found = next((row for row in answers if str(row.answer.question_id) == asked), None)
    if found is None:
        raise Http404
    return found
