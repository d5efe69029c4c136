"""Pages about one case in the back office: where it stands, its documents, and what they rest on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail import hooks

from accounts.rules import can_edit_cases
from cases import queries, rules, services
from cases.assembly.paper import assemble
from cases.forms import NewCaseForm
from cases.models import CommitteeCase
from cases.since import changes_between
from cases.traces import traces, traces_of
from documents.enums import Audience, Format
from documents.models import Rendition, Snapshot
from documents.numbering import DuplicateAnchorError, UnknownTargetError
from jobs.views import progress_of
from records.views.downloads import stored_file
from records.views.frames import Step, frame
from records.views.telling import told


@require_http_methods(["GET", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """Begin a case from its template."""
    if not can_edit_cases(request.user):
        raise PermissionDenied
    form = NewCaseForm(request.POST or None, user=request.user, initial={"dated_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            case = services.create_case(form.save(commit=False), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The case is made. Write its sections below."))
            return redirect(edit_url(case))
    return render(request, "cases/committeecase_new.html", {"form": form, **shell(_("New case"))})


@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where a case stands: its text, checks, documents and publication."""
    case = get_object_or_404(CommitteeCase.objects.visible_to(request.user).select_related("latest_revision"), pk=pk)
    review = queries.review(case, today=timezone.localdate())
    obstacles, versions = queries.publish_obstacles(case), queries.versions(case)
    context = {
        "case": case,
        "findings": review.findings,
        "readability": review.readability,
        "versions": versions,
        "changed": changes_between(versions[0].snapshot.evidence, review.evidence) if versions else (),
        "obstacles": obstacles,
        "steps": [*queries.steps(case, review, obstacles), *_hooked("register_case_step", request, case)],
        "actions": _hooked("register_case_action", request, case),
        "can_make": rules.can_render(request.user, case),
        "edit_url": edit_url(case),
        **shell(case.title),
    }
    return render(request, "cases/committeecase_detail.html", context)


@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the newest text and have its documents made."""
    case = get_object_or_404(CommitteeCase.objects.visible_to(request.user), pk=pk)
    if not rules.can_render(request.user, case):
        raise PermissionDenied
    with told(request):
        _snapshot, job = services.make_documents(case, by=request.user)
        started = _("The documents are being made. They appear below when they are finished.")
        messages.success(request, started if job else _("Nothing has changed: the documents below are up to date."))
    return redirect(case)


@require_GET
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Tell how far the making of the newest documents has come, for the page's progress line."""
    case = get_object_or_404(CommitteeCase.objects.visible_to(request.user), pk=pk)
    newest = next(iter(queries.versions(case)), None)
    return progress_of(newest.job if newest else None)


@require_GET
def evidence(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show what every figure and quote of a version rests on."""
    case = get_object_or_404(CommitteeCase.objects.visible_to(request.user), pk=pk)
    snapshot = get_object_or_404(Snapshot.objects.of(case), number=number)
    title = _("What version %(number)s rests on") % {"number": number}
    context = {
        "case": case,
        "snapshot": snapshot,
        "traces": traces(snapshot),
        "withdrawn": {each.pk: each for each in queries.withdrawn_behind([snapshot])[snapshot.pk]},
        **shell(title, (case.get_absolute_url(), case.title)),
    }
    return render(request, "cases/committeecase_evidence.html", context)


@require_GET
def draft_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what every figure and made sentence of the newest text rests on, with data as they stand now."""
    case = get_object_or_404(CommitteeCase.objects.visible_to(request.user), pk=pk)
    context = {
        "case": case,
        "traces": [],
        **shell(_("What the text rests on now"), (case.get_absolute_url(), case.title)),
    }
    try:
        context["traces"] = traces_of(assemble(case.newest_text()))
    except (UnknownTargetError, DuplicateAnchorError):
        messages.error(
            request, _("The text has references that lead nowhere. Mend them first: they stand among the checks.")
        )
    return render(request, "cases/committeecase_evidence.html", context)


@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out one finished file of a case, in the edition for inside or for the public."""
    rendition = get_object_or_404(Rendition.objects.select_related("snapshot"), pk=pk)
    case = get_object_or_404(CommitteeCase.objects.visible_to(request.user), pk=_case_id(rendition))
    edition = "" if rendition.audience == Audience.PUBLIC else "-intern"
    stem, suffix = rendition.filename.rsplit(".", 1)
    name = f"{case.slug}-{stem}{edition}.{suffix}"
    return stored_file(rendition.file, name, media_type=Format(rendition.format).content_type)


def _hooked(name: str, request: HttpRequest, case: CommitteeCase) -> list[Any]:
    """Return what the rooms above add to the page of a case: the public site its publication."""
    return [item for hook in hooks.get_hooks(name) for item in hook(request, case)]


def edit_url(case: CommitteeCase) -> str:
    return reverse(CommitteeCase.snippet_viewset.get_url_name("edit"), args=[case.pk])  # type: ignore[attr-defined]


def _case_id(rendition: Rendition) -> int | None:
    snapshot = rendition.snapshot
    is_case = snapshot.content_type.model_class() is CommitteeCase
    return snapshot.object_id if is_case else None


def shell(title: str, *trail: Step) -> dict[str, Any]:
    """Return what Wagtail's frame around a page needs."""
    index = reverse(CommitteeCase.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    return frame(title, (index, _("Cases")), *trail, icon="doc-full-inverse")
