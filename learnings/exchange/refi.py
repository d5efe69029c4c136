"""Project files of the REFI-QDA standard (.qdpx): a zip with an XML project and a plain text for each source. No database.

Positions count characters of the source's text from 0, with the end left out. Specification: www.qdasoftware.org (MIT).
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records.files.archives import check_members, read_through
from records.files.refusals import damaged

NAMESPACE = "urn:QDA-XML:project:1.0"
ORIGIN = "Partnerskab"
PROJECT_NAME = "project.qde"
FOLDER = "Sources"
INTERNAL = "internal://"
MOST_MEMBERS = 50_000
MOST_UNPACKED_BYTES = 100 * 1024 * 1024
ILLEGAL = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


@dataclass(frozen=True)
class User:
    guid: str
    name: str


@dataclass(frozen=True)
class Code:
    """A code under the one that `parent` names, or at the top; parents stand before children."""

    guid: str
    name: str
    parent: str = ""
    description: str = ""


@dataclass(frozen=True)
class Coding:
    """A span of a source under a code."""

    guid: str
    start: int
    end: int
    code: str
    user: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Source:
    guid: str
    name: str
    text: str
    codings: tuple[Coding, ...] = ()


@dataclass(frozen=True)
class Case:
    """A supplier, with the sources that are its own."""

    guid: str
    name: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Project:
    name: str
    users: tuple[User, ...]
    codes: tuple[Code, ...]
    sources: tuple[Source, ...]
    cases: tuple[Case, ...] = ()


def write_project(project: Project) -> bytes:
    """Return the project as a .qdpx file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PROJECT_NAME, tostring(_tree(project), encoding="utf-8", xml_declaration=True))
        for source in project.sources:
            archive.writestr(f"{FOLDER}/{source.guid}.txt", source.text.encode())
    return stream.getvalue()


def read_project(content: bytes) -> Project:
    """Return the project of a .qdpx file; raises ValidationError (at `file`) when it is none, or would do harm.

    Nothing is unpacked to disk. Pictures, sound and film are left out.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_members(archive, most=MOST_MEMBERS)
            read_through(archive, MOST_UNPACKED_BYTES)
            return _project(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise damaged() from error
    except (ParseError, DefusedXmlException, UnicodeDecodeError, ValueError) as error:
        raise _no_project() from error


# --- writing


def _tree(project: Project) -> Element:
    root = Element("Project", {"xmlns": NAMESPACE, "name": _text(project.name), "origin": ORIGIN})
    if project.users:
        users = SubElement(root, "Users")
        for user in project.users:
            SubElement(users, "User", {"guid": user.guid, "name": _text(user.name)})
    if project.codes:
        _write_codes(SubElement(SubElement(root, "CodeBook"), "Codes"), project.codes)
    if project.cases:
        _write_cases(SubElement(root, "Cases"), project.cases)
    if project.sources:
        sources = SubElement(root, "Sources")
        for source in project.sources:
            _write_source(sources, source)
    return root


def _write_codes(codes: Element, rows: Iterable[Code]) -> None:
    elements: dict[str, Element] = {"": codes}
    for code in rows:
        given = {"guid": code.guid, "name": _text(code.name), "isCodable": "true"}
        element = elements[code.guid] = SubElement(elements.get(code.parent, codes), "Code", given)
        if code.description:
            SubElement(element, "Description").text = _text(code.description)


def _write_cases(cases: Element, rows: Iterable[Case]) -> None:
    for case in rows:
        element = SubElement(cases, "Case", {"guid": case.guid, "name": _text(case.name)})
        for guid in case.sources:
            SubElement(element, "SourceRef", {"targetGUID": guid})


def _write_source(sources: Element, source: Source) -> None:
    path = f"{INTERNAL}{source.guid}.txt"
    element = SubElement(
        sources, "TextSource", {"guid": source.guid, "name": _text(source.name), "plainTextPath": path}
    )
    for coding in source.codings:
        given = {"guid": coding.guid, **_made(coding)}
        place = {"startPosition": str(coding.start), "endPosition": str(coding.end)}
        name = " ".join(source.text[coding.start : coding.end].split())[:80]
        selection = SubElement(element, "PlainTextSelection", given | place | {"name": _text(name)})
        SubElement(SubElement(selection, "Coding", {"guid": _second(coding.guid), **_made(coding)}), "CodeRef").set(
            "targetGUID", coding.code
        )


def _made(coding: Coding) -> dict[str, str]:
    user = {"creatingUser": coding.user} if coding.user else {}
    return user | ({"creationDateTime": coding.at.isoformat(timespec="seconds")} if coding.at else {})


def _second(guid: str) -> str:
    """Return another key made of the first, for the coding of a selection."""
    return f"{int(guid[:8], 16) ^ 0xFFFFFFFF:08x}{guid[8:]}"


def _text(text: str) -> str:
    return ILLEGAL.sub("", text)


# --- reading


def _project(archive: zipfile.ZipFile) -> Project:
    if PROJECT_NAME not in archive.namelist():
        raise _no_project()
    root = fromstring(archive.read(PROJECT_NAME), forbid_dtd=True)
    if root.tag != _q("Project"):
        raise _no_project()
    users = tuple(
        User(_key(each, "guid"), each.get("name", "")) for each in root.iterfind(f"{_q('Users')}/{_q('User')}")
    )
    codes = root.find(f"{_q('CodeBook')}/{_q('Codes')}")
    texts = root.iterfind(f"{_q('Sources')}/{_q('TextSource')}")
    return Project(
        name=root.get("name", ""),
        users=users,
        codes=tuple(_codes(codes, "")) if codes is not None else (),
        sources=tuple(_source(element, archive) for element in texts),
    )


def _codes(above: Element, parent: str) -> Iterator[Code]:
    for element in above.iterfind(_q("Code")):
        guid = _key(element, "guid")
        yield Code(guid, element.get("name", ""), parent, element.findtext(_q("Description")) or "")
        yield from _codes(element, guid)


def _source(element: Element, archive: zipfile.ZipFile) -> Source:
    content = element.findtext(_q("PlainTextContent"))
    text = content if content is not None else _file_text(element.get("plainTextPath", ""), archive)
    return Source(_key(element, "guid"), element.get("name", ""), text, tuple(_codings(element)))


def _file_text(path: str, archive: zipfile.ZipFile) -> str:
    """Return the text of a file inside the archive; one that lies anywhere else is not read."""
    name = path.removeprefix(INTERNAL)
    known = {member.lower(): member for member in archive.namelist()}
    found = known.get(f"{FOLDER}/{name}".lower()) if path.startswith(INTERNAL) else None
    return archive.read(found).decode("utf-8-sig") if found else ""


def _codings(source: Element) -> Iterator[Coding]:
    for selection in source.iterfind(_q("PlainTextSelection")):
        start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
        for reference in selection.iterfind(f"{_q('Coding')}/{_q('CodeRef')}"):
            yield Coding(_key(selection, "guid"), start, end, _key(reference, "targetGUID"))


def _key(element: Element, name: str) -> str:
    return element.get(name, "").strip("{}").lower()


def _q(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _no_project() -> ValidationError:
    return ValidationError(
        {
            "file": _(
                "The file is not a REFI-QDA project that can be read. Export it again from the program as a project (.qdpx)."
            )
        }
    )
