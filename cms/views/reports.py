"""Suppliers' published reports: pages, PDF and open data."""

from __future__ import annotations

import json
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from cms.queries.reports import (
    csv_rows,
    editions_of,
    json_data,
    public_edition,
    public_rounds,
    report_content,
    round_content,
)
from learnings.editions import COLUMNS
from learnings.models import ReportEdition, Round
from records.export import csv_lines

Response = TypeVar("Response", bound=HttpResponseBase)


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/rounds.html", {"rounds": public_rounds()})


@require_safe
def round_show(request: HttpRequest, year: int) -> HttpResponse:
    try:
        content = round_content(year)
    except Round.DoesNotExist as error:
        raise Http404 from error
    return render(request, "cms/round.html", {"content": content, "round": content.round})


@require_safe
def report_show(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    try:
        content = report_content(year, slug)
    except ReportEdition.DoesNotExist as error:
        raise Http404 from error
    context = {"content": content, "edition": content.edition, "facts": content.edition.content, "year": year}
    return render(request, "cms/report.html", context)


@require_safe
def report_pdf(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Serve the PDF of a public report; 404 for what was withdrawn, and until the file is made."""
    try:
        edition = public_edition(year, slug)
    except ReportEdition.DoesNotExist as error:
        raise Http404 from error
    if not edition.file:
        raise Http404
    if _is_known(request, edition.file_sha256):
        return _kept(HttpResponseNotModified(), edition.file_sha256)
    with edition.file.open("rb") as stream:
        response = HttpResponse(stream.read(), content_type="application/pdf")
    return _named(_kept(response, edition.file_sha256), f"{slug}-{year}.pdf")


@require_safe
def round_csv(request: HttpRequest, year: int) -> HttpResponse:
    editions, tag = _open_data(year)
    if _is_known(request, tag):
        return _kept(HttpResponseNotModified(), tag)
    lines = csv_lines(COLUMNS, csv_rows(editions, site=_site(request)))
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    return _named(_kept(response, tag), f"erfaringer-{year}.csv")


@require_safe
def round_json(request: HttpRequest, year: int) -> HttpResponse:
    editions, tag = _open_data(year)
    if _is_known(request, tag):
        return _kept(HttpResponseNotModified(), tag)
    data = json.dumps(json_data(editions, site=_site(request)), ensure_ascii=False, indent=2)
    return _kept(HttpResponse(data, content_type="application/json"), tag)


def _open_data(year: int) -> tuple[list[ReportEdition], str]:
    editions = list(editions_of(year))
    if not editions:
        raise Http404
    return editions, "-".join(f"{edition.pk}.{edition.digest[:12]}" for edition in editions)


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _is_known(request: HttpRequest, tag: str) -> bool:
    return quote_etag(tag) in parse_etags(request.headers.get("If-None-Match", ""))


def _kept(response: Response, tag: str) -> Response:
    response["ETag"] = quote_etag(tag)
    response["Cache-Control"] = "public, no-cache"  # kept, but asked about each time: a report may be withdrawn
    return response


def _named(response: Response, name: str) -> Response:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
