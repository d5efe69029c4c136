"""Public pages and files that are not Wagtail pages."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from cms.models import SiteSettings
from cms.queries.cases import public_rendition
from cms.queries.frame import site_frame
from cms.queries.search import hit, search_public
from documents.enums import Format
from documents.models import Rendition

HITS_PER_PAGE = 10
WORDS_AT_MOST = 200  # characters


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what is published about some words."""
    words = " ".join(request.GET.get("q", "")[:WORDS_AT_MOST].split())
    found = search_public(words)
    page = Paginator(found, HITS_PER_PAGE).get_page(request.GET.get("side"))
    hits = [hit(getattr(each, "specific", each), words, request) for each in page]
    context = {"words": words, "results": page, "hits": hits, "address": urlencode({"q": words})}
    return render(request, "cms/search.html", context)


@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """Lead to the accessibility statement, from the address that the law's tool expects on every public site."""
    address = _statement_address(site_frame(request).settings, request)
    if not address:
        raise Http404
    return redirect(address)


@require_safe
def download(request: HttpRequest, slug: str, number: int, filename: str) -> HttpResponse:
    """Serve a public file of a version of a live page; 404 for anything else."""
    rendition = public_rendition(slug=slug, number=number, filename=filename)
    if rendition is None:
        raise Http404
    etag = quote_etag(rendition.sha256)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = _file_response(rendition, f"{slug}-version-{number}")
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"  # kept, but asked about each time: a case may be withdrawn
    return response


def _file_response(rendition: Rendition, name: str) -> HttpResponse:
    """Not by the back office's door: that one forbids keeping, and a public file may be kept."""
    suffix = rendition.filename.rsplit(".", 1)[-1]
    response = HttpResponse(rendition.read(), content_type=Format(rendition.format).content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _statement_address(settings: SiteSettings, request: HttpRequest) -> str:
    if settings.statement_url:
        return settings.statement_url
    page = settings.accessibility_page
    return (page.get_url(request) or "") if page and page.live else ""
