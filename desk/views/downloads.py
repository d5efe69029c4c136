"""A list of a page as a file."""

from __future__ import annotations

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from desk.tables import Table
from desk.viewer import Viewer
from records.export import csv_lines, workbook_bytes

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(table: Table, *, kind: str, subject: str, viewer: Viewer) -> HttpResponseBase:
    """Return every row of a list as CSV or XLSX; 404 for any other kind."""
    response: HttpResponseBase
    if kind == "csv":
        lines = csv_lines(table.headings, table.lines())
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    elif kind == "xlsx":
        content = workbook_bytes(str(table.title), table.headings, table.lines())
        response = HttpResponse(content, content_type=WORKBOOK)
    else:
        raise Http404
    name = f"{subject} {table.title} {viewer.today.isoformat()}.{kind}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
