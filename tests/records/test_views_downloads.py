from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.http import Http404
from django.http.response import HttpResponseBase

from records.views.downloads import CSV, XLSX, handed_in_file, made_file, stored_file, table_file
from tests.source import files, name

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Who sends a file otherwise, and why.
OTHER_DOORS = {
    "cms/views/open_data.py": "public, and kept for an hour",
    "cms/views/public.py": "public, and kept as long as it is the same",
    "cms/views/reports.py": "public, and kept as long as it is the same",
    "contracts/views/calendars.py": "shown by a calendar program, not saved",
}


@pytest.fixture
def field_file() -> FieldFile:
    field = FileField(storage=InMemoryStorage())
    field.name = field.attname = "file"
    file = FieldFile(SimpleNamespace(file=""), field, "")
    file.save("a1b2", ContentFile(b"content"), save=False)
    return file


def told(response: HttpResponseBase) -> tuple[str, str, str, str]:
    names = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control")
    media_type, disposition, sniffing, cache = (response[each] for each in names)
    return media_type, disposition, sniffing, cache


@pytest.mark.parametrize(("kind", "media_type"), [(CSV, "text/csv; charset=utf-8"), (XLSX, EXCEL)])
def test_a_table_is_saved_under_its_name(kind: str, media_type: str) -> None:
    response = table_file("Frister æ", kind, sheet="Frister", headings=["Dag"], rows=[["a"], ["b"]])
    disposition = f"attachment; filename*=utf-8''Frister%20%C3%A6.{kind}"
    assert told(response) == (media_type, disposition, "nosniff", "private, no-store")


def test_a_table_as_csv_is_sent_while_it_is_written() -> None:
    response = table_file("a", CSV, sheet="A", headings=["Dag"], rows=(["=1"] for _row in range(2)))
    assert b"".join(response) == "\ufeffDag\r\n'=1\r\n'=1\r\n".encode()


def test_a_table_of_another_kind_does_not_exist() -> None:
    with pytest.raises(Http404):
        table_file("a", "exe", sheet="A", headings=[], rows=[])


def test_what_we_made_has_the_type_of_its_name() -> None:
    response = made_file(b"%PDF", "Kvittering.pdf")
    assert told(response) == (
        "application/pdf",
        'attachment; filename="Kvittering.pdf"',
        "nosniff",
        "private, no-store",
    )
    assert response.content == b"%PDF"


def test_a_stored_file_is_sent_under_the_given_name(field_file: FieldFile) -> None:
    response = stored_file(field_file, "Sag.zip")
    assert told(response) == ("application/zip", 'attachment; filename="Sag.zip"', "nosniff", "private, no-store")
    assert b"".join(response) == b"content"


def test_a_stored_file_that_is_gone_does_not_exist(field_file: FieldFile) -> None:
    field_file.storage.delete(field_file.name)
    with pytest.raises(Http404):
        stored_file(field_file, "Sag.zip")


def test_a_stored_file_that_was_never_made_does_not_exist(field_file: FieldFile) -> None:
    field_file.name = ""
    with pytest.raises(Http404):
        stored_file(field_file, "Sag.zip")


def test_what_was_handed_in_runs_nowhere(field_file: FieldFile) -> None:
    row = SimpleNamespace(file=field_file, file_name="side.html", media_type="text/html")
    response = handed_in_file(row)
    assert told(response) == ("text/html", 'attachment; filename="side.html"', "nosniff", "private, no-store")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_what_was_handed_in_and_is_gone_is_said_by_the_page(field_file: FieldFile) -> None:
    field_file.storage.delete(field_file.name)
    with pytest.raises(OSError, match="a1b2"):
        handed_in_file(SimpleNamespace(file=field_file, file_name="a.pdf", media_type="application/pdf"))


def test_files_leave_by_this_door_alone() -> None:
    marks = ("Content-Disposition", "as_attachment", "FileResponse(", "StreamingHttpResponse(")
    found = {name(path) for path in files(".py") if any(mark in path.read_text(encoding="utf-8") for mark in marks)}
    assert found == {"records/views/downloads.py", *OTHER_DOORS}
