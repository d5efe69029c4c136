"""Hand documents in, and hand them out again: as downloads that no browser runs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from contracts import services
from contracts.forms.documents import AnyDocumentForm, DocumentForm, VersionForm
from contracts.models import Contract, Document, FrameworkAgreement, Tender
from contracts.models.documents import owner_field
from contracts.queries.documents import Owner, open_version
from contracts.views.shell import editors_only
from contracts.viewsets.choosers import contract_chooser, framework_chooser
from records.files.uploads import LimitUploadHandler, receives_upload
from records.forms import add_service_errors
from records.views.downloads import handed_in_file
from records.views.frames import frame, list_of

OWNERS: dict[str, type[Owner]] = {"contract": Contract, "framework": FrameworkAgreement, "tender": Tender}
CHOOSERS = {"contract": contract_chooser.widget_class, "framework": framework_chooser.widget_class}


@require_http_methods(["GET", "POST"])
@editors_only
@receives_upload("DOCUMENT_MAX_BYTES")
def document_add(request: HttpRequest, *, upload: LimitUploadHandler) -> HttpResponse:
    """Add a document with its file; `?contract=`, `?framework=` or `?tender=` says whose it is."""
    owner = _owner_or_404(request)
    if owner is None:
        form: DocumentForm = AnyDocumentForm.of_request(request, upload, user=request.user, widgets=CHOOSERS)
    else:
        form = DocumentForm.of_request(request, upload, user=request.user)
    if form.is_valid():
        document = form.document(**{owner_field(owner): owner} if owner else {})
        try:
            _add(document, form, request)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            _say_kept(request, _("“%(document)s” is added."), document)
            return redirect(_back(request, document))
    title = _("Add a document")
    return _page(request, "contracts/document_form.html", title=title, form=form, owner=owner)


def _add(document: Document, form: DocumentForm, request: HttpRequest) -> None:
    file, note = form.cleaned_data["file"], form.cleaned_data["note"]
    services.add_document(document, file=file, note=note, by=request.user)


@require_http_methods(["GET", "POST"])
@editors_only
@receives_upload("DOCUMENT_MAX_BYTES")
def version_add(request: HttpRequest, document_id: int, *, upload: LimitUploadHandler) -> HttpResponse:
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=document_id)
    form = VersionForm.of_request(request, upload)
    if form.is_valid():
        try:
            version = services.add_version(document, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            text = _("Version %(number)s is kept. The earlier ones stay.") % {"number": version.number}
            messages.success(request, text)
            return redirect(_back(request, document))
    title = _("New version of “%(document)s”") % {"document": document}
    return _page(
        request, "contracts/document_form.html", title=title, form=form, owner=document.owner, document=document
    )


@require_GET
def version_download(request: HttpRequest, version_id: int) -> HttpResponse | FileResponse:
    """Hand out a file as it was handed in: to be saved, never to be shown or run in the site's name."""
    version = open_version(request.user, version_id)
    if version is None:
        raise Http404
    try:
        return handed_in_file(version)
    except OSError:
        return render(request, "contracts/file_missing.html", {"version": version}, status=404)


def _owner_or_404(request: HttpRequest) -> Owner | None:
    """Return the agreement or tender named in the address; None when none is, 404 for one that is not visible."""
    for name, model in OWNERS.items():
        if key := request.GET.get(name):
            if not key.isdigit():
                raise Http404
            return get_object_or_404(model.objects.visible_to(request.user), pk=key)  # type: ignore[return-value]
    return None


def _back(request: HttpRequest, document: Document) -> str:
    return get_valid_next_url_from_request(request) or document.get_absolute_url()


def _say_kept(request: HttpRequest, text: str, document: Document) -> None:
    show = messages.button(document.get_absolute_url(), _("Show"))
    messages.success(request, text % {"document": document}, buttons=[show])


def _page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    owner: Owner | None,
    document: Document | None = None,
    **context: Any,
) -> HttpResponse:
    """Render a page about documents in the back office's frame, below the agreement or tender that they belong to."""
    steps = [list_of(Document)]
    if document is not None:
        steps.append((document.get_absolute_url(), str(document)))
    back, _label = steps[-1]
    facts = {
        "owner": owner,
        "agreement": owner,
        "agreement_url": _page_of(owner),
        "back_url": get_valid_next_url_from_request(request) or back,
        "next_url": get_valid_next_url_from_request(request),
    }
    return render(request, template, frame(title, *steps) | facts | context)


def _page_of(owner: Owner | None) -> str:
    return reverse(f"{owner._meta.model_name}:inspect", args=[owner.pk]) if owner else ""
