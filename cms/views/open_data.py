"""Open data: frameworks and contracts in the Open Contracting Data Standard."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from cms.queries.frame import site_frame
from cms.queries.reports import public_rounds
from contracts.open_data.releases import Publisher, moment, release_of
from contracts.queries.open_data import last_change, public_frameworks, published

JSON = "application/json"
EXTENSIONS = [
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/master/extension.json",
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_techniques_extension/master/extension.json",
]
HOUR = 3600
ENTRY_DATE = (1980, 1, 1, 0, 0, 0)  # the same data give the same bytes


def _changed(request: HttpRequest, *args: object, code: str = "", **kwargs: object) -> dt.datetime | None:
    return last_change(code=code)


def _day(request: HttpRequest, *args: object, code: str = "", **kwargs: object) -> str:
    """Return a tag that changes with the data and with the day, since what is in force follows the calendar."""
    changed = last_change(code=code)
    return f'"{timezone.localdate().isoformat()}-{changed.timestamp() if changed else 0}"'


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Say what is published as open data, and where it is."""
    frameworks = public_frameworks(today=timezone.localdate()).values("code", "name")
    context = {
        "frameworks": frameworks,
        "changed": last_change(),
        "prefix": settings.OCDS_PREFIX,
        "rounds": public_rounds(),
    }
    return render(request, "cms/open_data.html", context)


@require_safe
@cache_control(public=True, max_age=HOUR)
@condition(etag_func=_day, last_modified_func=_changed)
def ocds_package(request: HttpRequest) -> HttpResponseBase:
    """Stream every public framework as a release package."""
    return StreamingHttpResponse(_package(request), content_type=JSON)


@require_safe
@cache_control(public=True, max_age=HOUR)
@condition(etag_func=_day, last_modified_func=_changed)
def ocds_release(request: HttpRequest, *, code: str) -> HttpResponseBase:
    """Stream one framework as a release package of its own."""
    if not public_frameworks(today=timezone.localdate()).filter(code=code).exists():
        raise Http404
    return StreamingHttpResponse(_package(request, code=code), content_type=JSON)


@require_safe
@cache_control(public=True, max_age=HOUR)
@condition(etag_func=_day, last_modified_func=_changed)
def ocds_archive(request: HttpRequest) -> HttpResponseBase:
    """Hand out the release package as a file to keep."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it when it is sent
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("ocds.json", ENTRY_DATE)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(entry, "w", force_zip64=True) as file:
            for part in _package(request):
                file.write(part.encode())
    stream.seek(0)
    # Public, to be kept for an hour: unlike what leaves the back office.
    return FileResponse(stream, as_attachment=True, filename="ocds.zip", content_type="application/zip")


def _package(request: HttpRequest, *, code: str = "") -> Iterator[str]:
    """Yield the package in parts: its head, and each release when it has been read."""
    today = timezone.localdate()
    publisher = _publisher(request)
    changed = last_change(code=code)
    head: dict[str, Any] = {
        "uri": request.build_absolute_uri(request.path),
        "version": "1.1",
        "extensions": EXTENSIONS,
        "publishedDate": moment(changed or timezone.now()),
        "publisher": {"name": publisher.name, "uri": publisher.uri},
        "publicationPolicy": request.build_absolute_uri(reverse("cms:open_data")),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "releases": ['
    separator = ""
    for each in published(code=code, today=today):
        yield separator + json.dumps(release_of(each, publisher=publisher, today=today), ensure_ascii=False)
        separator = ",\n"
    yield "]}\n"


def _publisher(request: HttpRequest) -> Publisher:
    site = site_frame(request).settings
    name = ", ".join(part for part in (site.municipality, site.department) if part) or settings.WAGTAIL_SITE_NAME
    return Publisher(settings.OCDS_PREFIX, name, request.build_absolute_uri("/"))
