"""The documents that the municipality shares with a supplier."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from contracts.queries.documents import open_version
from portal.acting import Acting
from portal.queries.documents import own_documents, shared_documents
from portal.views.shell import member_page, show
from records.views.downloads import handed_in_file


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
        return handed_in_file(version)
    except OSError:
        return show(request, "portal/file_missing.html", acting, here="documents", status=404, version=version)
