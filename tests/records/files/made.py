"""Files as people hand them in, honest and otherwise."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from records.files.kinds import KINDS, ODF, OFFICE

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40)
MAIL = "From: a@leverandoer.example\r\nTo: b@kommune.example\r\nSubject: Bevis\r\n\r\nVedhæftet.".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OUTLOOK = OLE + "__properties_version1.0".encode("utf-16-le") + bytes(100)
MAIN = {
    ".docx": "wordprocessingml.document",
    ".xlsx": "spreadsheetml.sheet",
    ".pptx": "presentationml.presentation",
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/x-whatever")


def packed(members: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def content_types(*types: str, encoding: str = "utf-8") -> bytes:
    rows = "".join(
        f'<Override PartName="/part{number}.xml" ContentType="{kind}"/>' for number, kind in enumerate(types)
    )
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<?xml version="1.0" encoding="{encoding}"?><Types xmlns="{space}">{rows}</Types>'.encode(encoding)


def office(extension: str, *types: str, encoding: str = "utf-8", **members: bytes | str) -> bytes:
    """Return an office file; keyword arguments are further members, with __ for / and _ for a dot."""
    main = f"{OFFICE}{MAIN[extension]}.main+xml"
    extra = {name.replace("__", "/").replace("_", "."): content for name, content in members.items()}
    index = content_types(main, *types, encoding=encoding)
    return packed({"[Content_Types].xml": index, "word/document.xml": "<document/>", **extra})


def open_document(extension: str, **members: str) -> bytes:
    kind = {".odt": "text", ".ods": "spreadsheet"}[extension]
    extra = {name.replace("__", "/").replace("_", "."): content for name, content in members.items()}
    return packed({"mimetype": f"{ODF}{kind}", "content.xml": "<content/>", **extra}, method=zipfile.ZIP_STORED)


HONEST = {
    ".pdf": PDF,
    **{extension: office(extension) for extension in MAIN},
    ".odt": open_document(".odt"),
    ".ods": open_document(".ods"),
    ".msg": OUTLOOK,
    ".eml": MAIL,
    ".txt": "Referat af møde".encode(),
    ".csv": "måned;beløb\n2026-01;1,5\n".encode("cp1252"),
    ".png": PNG,
    ".jpg": JPEG,
    ".jpeg": JPEG,
}
assert set(HONEST) == set(KINDS)
