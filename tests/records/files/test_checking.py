"""Files of listed kinds come in; everything else is refused with what to do."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile

from records.files.checking import check_file
from records.files.kinds import KINDS
from records.files.scanning import EICAR
from tests.records.files.made import (
    HONEST,
    MAIL,
    OLE,
    PDF,
    content_types,
    office,
    open_document,
    packed,
    upload,
)

MAX = 5 * 1024 * 1024
MACROS = "indeholder makroer"
DAMAGED = "beskadiget eller ikke, hvad navnet siger"
INFECTED = "virusscannere kender"
BOMB = "meget lille i forhold til"


def refusal(name: str, content: bytes, *, max_bytes: int = MAX) -> str:
    with pytest.raises(ValidationError) as refused:
        check_file(upload(name, content), max_bytes=max_bytes)
    assert list(refused.value.message_dict) == ["file"]
    return refused.value.messages[0]


@pytest.mark.parametrize("extension", KINDS)
def test_honest_file_comes_in(extension: str) -> None:
    content = HONEST[extension]
    checked = check_file(upload(f"Bilag 1{extension.upper()}", content), max_bytes=MAX)
    assert (checked.name, checked.kind, checked.sha256, checked.size_bytes) == (
        f"Bilag 1{extension.upper()}",
        KINDS[extension],
        hashlib.sha256(content).hexdigest(),
        len(content),
    )
    assert checked.file.read() == content


@pytest.mark.parametrize("extension", KINDS)
@pytest.mark.parametrize("other", [".pdf", ".docx", ".odt", ".png", ".msg", "MZ"])
def test_file_that_is_something_else_than_its_name_is_refused(extension: str, other: str) -> None:
    content = HONEST.get(other, b"MZ\x90\x00\x03\x00" + bytes(200))
    if extension != other:
        assert refusal(f"bilag{extension}", content)


@pytest.mark.parametrize(
    "name", ["program.exe", "makro.docm", "side.html", "billede.svg", "uden", "pakke.zip", "faktura.pdf.exe", ".pdf"]
)
def test_kind_that_is_not_listed_is_refused(name: str) -> None:
    assert "tages ikke ind" in refusal(name, PDF)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tom.pdf", b"", "Filen er tom"),
        ("010190-1234.pdf", PDF, "CPR-nummer"),
        ("stor.txt", b"x" * 1001, "større end 1000"),
        ("side.txt", b"<!DOCTYPE html><html><script>alert(1)</script>", "ligner .html"),
        ("post.eml", b"Hej med dig", DAMAGED),
        ("post.eml", MAIL + b"\x00", DAMAGED),
        ("gammel.docx", OLE, "beskyttet med adgangskode"),
        ("gammel.msg", OLE, "ligner .doc"),
        ("klippet.docx", HONEST[".docx"][:-30], DAMAGED),
        ("makro.docx", office(".docx", "application/vnd.ms-office.vbaProject"), MACROS),
        ("makro.docx", office(".docx", "application/vnd.ms-office.vba&#80;roject"), MACROS),
        ("makro.docx", office(".docx", "application/vnd.ms-office.vbaProject", encoding="utf-16"), MACROS),
        ("makro.docx", office(".docx", word__vbaProject_bin=b"x"), MACROS),
        ("makro.xlsx", office(".xlsx", xl__macrosheets__sheet1_xml="<x/>"), MACROS),
        ("makro.xlsx", office(".xlsx", xl__embeddings__bog_xlsm=b"PK"), MACROS),
        ("makro.odt", open_document(".odt", Basic__Standard__Module1_xml="<x/>"), MACROS),
        ("makro.ods", open_document(".ods", Scripts__python__x_py="x"), MACROS),
        ("skabelon.docx", packed({"[Content_Types].xml": content_types("application/x")}), DAMAGED),
        ("uden.docx", packed({"word/document.xml": "<x/>"}), DAMAGED),
        ("xml.docx", packed({"[Content_Types].xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), DAMAGED),
        ("sti.docx", office(".docx", **{"..__..__etc__passwd": "x"}), DAMAGED),
        ("regneark.odt", open_document(".ods"), DAMAGED),
        ("prøve.txt", EICAR, INFECTED),
        ("prøve.pdf", PDF + b"x" * 65500 + EICAR, INFECTED),
        ("prøve.docx", office(".docx", word__embeddings__a_bin=b"x" * 65500 + EICAR), INFECTED),
    ],
)
def test_what_may_do_harm_is_refused(name: str, content: bytes, sentence: str) -> None:
    limit = 1000 if name == "stor.txt" else MAX
    assert sentence in refusal(name, content, max_bytes=limit)


def test_library_lists_of_an_open_document_are_no_macros() -> None:
    content = open_document(".odt", Basic__Standard__script__lb_xml="<x/>")
    renamed = packed(
        {"mimetype": HONEST and "application/vnd.oasis.opendocument.text", "Basic/Standard/script-lb.xml": ""}
    )
    assert content
    assert check_file(upload("brev.odt", renamed), max_bytes=MAX).name == "brev.odt"


# --- bombs


def test_file_that_unpacks_to_far_more_is_refused() -> None:
    bomb = office(".xlsx", xl__worksheets__sheet1_xml=b"0" * (20 * 1024 * 1024))
    assert len(bomb) < 50_000
    assert BOMB in refusal("regneark.xlsx", bomb)


def test_file_that_lies_about_what_it_unpacks_to_is_refused() -> None:
    bomb = bytearray(office(".xlsx", xl__a_xml=b"0" * (20 * 1024 * 1024)))
    size = (20 * 1024 * 1024).to_bytes(4, "little")
    lied = bytes(bomb).replace(size, (10).to_bytes(4, "little"))
    assert lied != bytes(bomb)
    assert refusal("regneark.xlsx", lied)


def test_too_many_members_are_refused() -> None:
    members = {f"word/{number}.xml": "" for number in range(10_001)}
    content = packed({"[Content_Types].xml": content_types("x"), **members}, method=zipfile.ZIP_STORED)
    assert BOMB in refusal("bilag.docx", content)


def test_honest_spreadsheet_of_equal_cells_comes_in() -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Tal")
    for _row in range(3000):
        sheet.append([1, "Samme tekst", 2.5, None, "Samme tekst"])
    stream = ContentFile(b"", name="tal.xlsx")
    book.save(stream.file)
    assert check_file(File(stream.file, name="tal.xlsx"), max_bytes=MAX).size_bytes > 1000


def test_real_word_file_comes_in(tmp_path: Path) -> None:
    from docx import Document

    path = tmp_path / "brev.docx"
    document = Document()
    document.add_paragraph("Hej")
    document.save(path)
    with path.open("rb") as stream:
        assert check_file(File(stream, name="brev.docx"), max_bytes=MAX).name == "brev.docx"


def test_locked_archive_is_refused() -> None:
    content = bytearray(HONEST[".docx"])
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        place = content.find(start)
        while place >= 0:
            content[place + (6 if start[2] == 3 else 8)] |= 1
            place = content.find(start, place + 4)
    assert DAMAGED in refusal("låst.docx", bytes(content))
