"""A paper to be filled in holds Word's standard, and what stands in its places is read again."""

from __future__ import annotations

import datetime as dt

import pytest

from documents.form_parts import LOCKED, Choice, Field, Locked
from documents.tree import Document, Fact, Heading, Note, Paragraph, Text
from documents.word_forms import render_form
from documents.word_reading import UnreadableWordError, read_word

ODD = "Første linje\n\n\tanden – med æøå & <tegn>\n- et punkt"
DOCUMENT = Document(
    title="Erfaringer",
    short_title="Erfaringer",
    author="Leverandøren",
    subject="Til udfyldning",
    dated_on=dt.date(2025, 3, 22),
    lead=(Text("Skriv i felterne."),),
    facts=(Fact("Leverandør", "Leverandøren"),),
    children=(),
)
PARTS = (
    Locked("spg_1", (Heading(3, (Text("Hvad virker?"),)), Note("Sidste år", (Paragraph((Text("Det samme."),)),)))),
    Field("svar:virker", "Svar: Hvad virker? " * 9, "Jeres svar", ODD, "Skriv her."),
    Field("grund:virker", "Grund", "Eller: ikke relevant", "", "Skriv her."),
    Choice("enig:tid", "Vurdering", "Hvor enige er I?", ("Enig", "Uenig"), "Enig", "Vælg her."),
    Choice("enig:svar", "Vurdering", "Hvor enige er I?", ("Enig", "Uenig"), "", "Vælg her."),
)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render_form(DOCUMENT, PARTS, bookmark="rapport_7")


def test_it_holds_the_standard(paper: bytes, tmp_path):
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed: see requirements/dev.txt")
    (tmp_path / "paper.docx").write_bytes(paper)
    validator = audit.OpenXmlValidator(audit.FileFormat.MICROSOFT_365)
    errors = validator.validate(tmp_path / "paper.docx").errors
    assert [f"{error.path}: {error.description}" for error in errors] == []


def test_what_stands_in_its_places_is_read_again(paper: bytes):
    lines = read_word(paper)
    places = {line.tag for line in lines} - {LOCKED}
    read = {tag: "\n".join(line.text for line in lines if line.tag == tag) for tag in places}
    assert read == {"svar:virker": ODD, "grund:virker": "Skriv her.", "enig:tid": "Enig", "enig:svar": "Vælg her."}
    assert {line.tag for line in lines if line.is_prompt} == {"grund:virker", "enig:svar"}
    assert [line.text for line in lines if line.bookmarks] == ["Erfaringer", "Hvad virker?"]
    assert [line.text for line in lines if line.is_heading] == ["Hvad virker?"]


def test_the_same_parts_give_the_same_bytes(paper: bytes):
    assert render_form(DOCUMENT, PARTS, bookmark="rapport_7") == paper


def test_what_is_no_word_file_cannot_be_read():
    with pytest.raises(UnreadableWordError):
        read_word(b"PK\x03\x04 og ikke mere")
