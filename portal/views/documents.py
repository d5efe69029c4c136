"""The documents that the municipality shares with a supplier."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from contracts.queries.documents import open_version
from portal.acting import Acting
from portal.queries.documents import own_documents, shared_documents
from portal.views.shell import member_page, show


@require_safe
@member_page
def document_list(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    results, documents = shared_documents(acting, page=request.GET.get("side"))
    return show(request, "portal/document_list.html", acting, here="documents", results=results, documents=documents)


@require_safe
@member_page
def document_download(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    """Hand out the file of a version as it was handed in: to be saved, never to be shown or run in the site's name."""
    version = open_version(acting.user, pk)
    if version is None or not own_documents(acting).filter(pk=version.document_id).exists():
        raise Http404
    try:
        stream = version.file.open()
    except OSError:
        return show(request, "portal/file_missing.html", acting, here="documents", status=404, version=version)
    response = FileResponse(stream, as_attachment=True, filename=version.file_name, content_type=version.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
