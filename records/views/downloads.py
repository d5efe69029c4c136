"""The one door that files leave by: saved under a name, never shown or run in the site's name, kept by no cache."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from records.export import csv_lines, workbook_bytes

CSV = "csv"
XLSX = "xlsx"
MEDIA_TYPES = {  # of what we make, by the ending of its name
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "qdpx": "application/zip",  # a REFI-QDA project is an archive, and no media type of its own is registered
}

Response = TypeVar("Response", bound=HttpResponseBase)


class HandedIn(Protocol):
    """A row with a file that somebody uploaded, under the name and the media type that it was found to have."""

    file: FieldFile
    file_name: str
    media_type: str


def table_file(
    stem: str, kind: str, *, sheet: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:
    """Return a list as CSV, sent while it is written, or as XLSX with one sheet; 404 for any other kind."""
    response: HttpResponseBase
    if kind == CSV:
        response = StreamingHttpResponse(csv_lines(headings, rows), content_type=MEDIA_TYPES[CSV])
    elif kind == XLSX:
        response = HttpResponse(workbook_bytes(sheet, headings, rows), content_type=MEDIA_TYPES[XLSX])
    else:
        raise Http404
    return to_be_saved(response, f"{stem}.{kind}")


def made_file(content: bytes, name: str) -> HttpResponse:
    """Return what was made for this request."""
    return to_be_saved(HttpResponse(content, content_type=_media_type(name)), name)


def stored_file(file: FieldFile, name: str, *, media_type: str = "") -> FileResponse:
    """Return what we made earlier; 404 when the file is not there, or no longer."""
    try:
        stream = file.open("rb")
    except (OSError, ValueError) as error:
        raise Http404 from error
    return to_be_saved(FileResponse(stream, content_type=media_type or _media_type(name)), name)


def handed_in_file(row: HandedIn) -> FileResponse:
    """Return a file as it was handed in, in a sandbox should a browser show it after all.

    Raises OSError when the file is gone: the page says so in its own words.
    """
    response = FileResponse(row.file.open("rb"), content_type=row.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return to_be_saved(response, row.file_name)


def to_be_saved(response: Response, name: str) -> Response:
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return not_kept(response)


def not_kept(response: Response) -> Response:
    """Leave nothing of it in a browser that others use, nor anywhere on the way there."""
    response["Cache-Control"] = "private, no-store"
    return response


def _media_type(name: str) -> str:
    return MEDIA_TYPES[name.rpartition(".")[2]]
