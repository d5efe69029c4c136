"""The coding out as a table or a REFI-QDA project, and in again: shown first, then coded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from learnings.exchange.layout import HEADINGS
from learnings.exchange.refi import write_project
from learnings.forms.exchange import CodingUploadForm
from learnings.models import Round
from learnings.queries.exporting import coding_rows, project_of
from learnings.services.importing import ImportPlan, import_coding, plan_import
from learnings.views.shell import actor, editors_only, show
from records.files.names import clean_name
from records.forms import add_service_errors
from records.models import StagedSheet
from records.sheets.errors import ImportRefusedError
from records.sheets.staging import discard_sheet, stage_sheet, staged_file
from records.sheets.uploads import LimitUploadHandler, receives_sheet
from records.views.downloads import made_file, table_file
from records.views.telling import told

KIND = "learnings.coding"


class Suffix(Enum):
    CSV = ".csv"
    XLSX = ".xlsx"
    QDPX = ".qdpx"


@dataclass(frozen=True)
class Upload:
    name: str
    kind: Suffix
    content: bytes
    sha256: str


@require_GET
def exchange(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = _round_or_404(request, round_id)
    return show(request, "learnings/exchange.html", title=_("Export and import"), round=this_round)


@require_GET
def exchange_download(request: HttpRequest, round_id: int) -> HttpResponseBase:
    """`?format=` is csv, xlsx or qdpx."""
    this_round = _round_or_404(request, round_id)
    asked = request.GET.get("format", "")
    stem = f"kodning-{slugify(this_round.title)}"
    if asked == "qdpx":
        return made_file(write_project(project_of(this_round)), f"{stem}.qdpx")
    return table_file(stem, asked, sheet=this_round.title, headings=HEADINGS, rows=coding_rows(this_round))


@require_http_methods(["GET", "POST"])
@editors_only
@receives_sheet
def exchange_upload(request: HttpRequest, round_id: int, *, upload: LimitUploadHandler) -> HttpResponse:
    """`?staged=` is a file that was uploaded and waits to be confirmed: what it would add is shown."""
    this_round = _round_or_404(request, round_id)
    if request.method == "GET" and request.GET.get("staged", "").isdigit():
        return _preview(request, this_round)
    form = CodingUploadForm.of_request(request, upload)
    if form.is_valid():
        try:
            staged = _stage(this_round, form.cleaned_data["file"], request)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            return redirect(f"{reverse('learnings:exchange_upload', args=[this_round.pk])}?staged={staged.pk}")
    return _page(request, this_round, form=form)


@require_POST
@editors_only
def exchange_confirm(request: HttpRequest, round_id: int) -> HttpResponse:
    """Code what the staged file adds, or remove it."""
    this_round = _round_or_404(request, round_id)
    staged = _staged_or_404(request, this_round, request.POST.get("staged", ""))
    if request.POST.get("verdict") == "discard":
        discard_sheet(staged)
        messages.success(request, _("Nothing was imported, and the file is removed."))
        return redirect("learnings:exchange", this_round.pk)
    with told(request):
        count = import_coding(this_round, _plan(this_round, staged), by=actor(request))
        discard_sheet(staged)
        text = ngettext("%(count)d excerpt was coded.", "%(count)d excerpts were coded.", count) % {"count": count}
        messages.success(request, text)
        return redirect("learnings:themes", this_round.pk)
    return redirect("learnings:exchange", this_round.pk)


def _round_or_404(request: HttpRequest, round_id: int) -> Round:
    return get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)


def _stage(this_round: Round, file: File, request: HttpRequest) -> StagedSheet:
    plan_import(this_round, file)
    file.seek(0)
    content = file.read()
    name = clean_name(file.name or "")
    source = Upload(name, Suffix(Path(name).suffix.lower()), content, hashlib.sha256(content).hexdigest())
    return stage_sheet(source, kind=KIND, facts={"round": this_round.pk}, by=actor(request))


def _staged_or_404(request: HttpRequest, this_round: Round, pk: str) -> StagedSheet:
    mine = StagedSheet.objects.visible_to(request.user).of_kind(KIND)
    staged = get_object_or_404(mine, pk=pk if pk.isdigit() else 0)
    if staged.facts.get("round") != this_round.pk:
        raise Http404
    return staged


def _plan(this_round: Round, staged: StagedSheet) -> ImportPlan:
    try:
        return plan_import(this_round, staged_file(staged))
    except ImportRefusedError as error:
        raise ValidationError([str(row) for row in error.errors]) from error


def _preview(request: HttpRequest, this_round: Round) -> HttpResponse:
    staged = _staged_or_404(request, this_round, request.GET["staged"])
    with told(request):
        return _page(request, this_round, staged=staged, plan=_plan(this_round, staged))
    return redirect("learnings:exchange_upload", this_round.pk)


def _page(request: HttpRequest, this_round: Round, **context: object) -> HttpResponse:
    return show(
        request,
        "learnings/exchange_upload.html",
        title=_("Import coding"),
        round=this_round,
        trail=[(reverse("learnings:exchange", args=[this_round.pk]), _("Export and import"))],
        **context,  # type: ignore[arg-type]
    )
