"""REFI-QDA project files: valid by the structure of the standard, the same when read back, and harmless."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from learnings.exchange.keys import key
from learnings.exchange.refi import Case, Code, Coding, Project, Source, User, read_project, write_project

SCHEMA = Path(__file__).parent / "refi_qda.xsd"
AT = dt.datetime(2024, 3, 1, 12, 30, tzinfo=dt.UTC)
TEXT = "Æblet er rødt.\nDet er 🍎 modent."


def project(text: str = TEXT, *, start: int = 0, end: int = 5) -> Project:
    coding = Coding(key("excerpt", 1), start, end, key("theme", 2), key("user", 1), AT)
    return Project(
        name="Runde <2024> & co.",
        users=(User(key("user", 1), "Ea Lund"),),
        codes=(
            Code(key("theme", 1), "Frugt", description="Alt, der gror."),
            Code(key("theme", 2), "Æbler", parent=key("theme", 1)),
        ),
        sources=(Source(key("answer", 1), "Havgård · q1", text, (coding,)),),
        cases=(Case(key("supplier", 1), "Havgård", (key("answer", 1),)),),
    )


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def qde(body: str = "", *, head: str = "") -> dict[str, bytes]:
    return {"project.qde": f'{head}<Project xmlns="urn:QDA-XML:project:1.0" name="x">{body}</Project>'.encode()}


def source_of(inner: str, *, guid: str = "1", path: str = "") -> str:
    return f'<Sources><TextSource guid="{guid}" name="a" plainTextPath="{path}">{inner}</TextSource></Sources>'


def test_the_project_has_the_structure_of_the_standard() -> None:
    with zipfile.ZipFile(io.BytesIO(write_project(project()))) as archive:
        tree = etree.fromstring(archive.read("project.qde"))
        (text,) = [name for name in archive.namelist() if name.startswith("Sources/")]
        assert archive.read(text).decode() == TEXT

    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(tree)
    (source,) = tree.iter("{*}TextSource")
    assert source.get("plainTextPath") == f"internal://{key('answer', 1)}.txt"


def test_what_is_written_is_read_back() -> None:
    was = project()
    found = read_project(write_project(was))

    assert (found.name, found.users, found.codes) == (was.name, was.users, was.codes)
    assert [(row.guid, row.name, row.text) for row in found.sources] == [
        (row.guid, row.name, row.text) for row in was.sources
    ]
    assert [(row.start, row.end, row.code) for row in found.sources[0].codings] == [(0, 5, key("theme", 2))]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1, max_size=40), st.data())
def test_positions_mean_the_same_characters_when_read_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (source,) = read_project(write_project(project(text, start=start, end=end))).sources
    (coding,) = source.codings

    assert source.text[coding.start : coding.end] == text[start:end]


def test_text_inside_the_project_and_keys_in_braces_are_read_too() -> None:
    guid = key("answer", 3)
    selection = (
        f'<PlainTextContent>Hej der</PlainTextContent><PlainTextSelection guid="{key("x", 1)}" startPosition="0" '
        f'endPosition="3"><Coding guid="{key("x", 2)}"><CodeRef targetGUID="{key("theme", 1)}"/></Coding>'
        "</PlainTextSelection>"
    )
    (source,) = read_project(packed(qde(source_of(selection, guid=f"{{{guid.upper()}}}")))).sources

    assert (source.guid, source.text, source.codings[0].end) == (guid, "Hej der", 3)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
REFUSED = {
    "no zip": b"not a zip",
    "no project": packed({"other.qde": b"<x/>"}),
    "no namespace": packed({"project.qde": b"<Project/>"}),
    "cut off": packed({"project.qde": b"<Project"}),
    "entities": packed(qde("&b;", head=BOMB)),
    "outside": packed(qde() | {"../evil.txt": b"x"}),
    "absolute": packed(qde() | {"/etc/passwd": b"x"}),
    "no number": packed(qde(source_of('<PlainTextSelection guid="2" startPosition="x" endPosition="3"/>'))),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_project_or_would_do_harm_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        read_project(REFUSED[name])


def test_a_path_out_of_the_archive_reads_nothing() -> None:
    (source,) = read_project(packed(qde(source_of("", path="internal://../../etc/passwd")))).sources
    assert source.text == ""


def test_an_archive_that_unpacks_far_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learnings.exchange.refi.MOST_UNPACKED_BYTES", 1000)
    with pytest.raises(ValidationError):
        read_project(packed(qde() | {"Sources/a.txt": b"0" * 5000}))
