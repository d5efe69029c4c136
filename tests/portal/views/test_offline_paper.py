"""Fill a report in as a Word paper: as Word leaves it, as other programs do, and as nobody should."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from learnings.models import Answer, Rating
from learnings.offline import Plan, paper_of, plan_of
from learnings.queries import writing
from learnings.services import DraftAnswer, save_draft_answers
from records.sheets.errors import ImportRefusedError
from tests.factories import QuestionFactory
from tests.portal.conftest import Team

MAIN = "word/document.xml"
SOFFICE = shutil.which("soffice")
PROMPT = r'<w:sdtPr>(?:(?!</w:sdtPr>).)*<w:tag w:val="{tag}"/>.*?</w:sdt>'


def address(own: Team, name: str = "") -> str:
    return f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/uden-forbindelse/{name}"


def paragraphs(text: str, properties: str = "") -> str:
    return "".join(f"<w:p>{properties}<w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))


def edited(paper: bytes, edit: Callable[[str], str], **parts: str) -> bytes:
    """Return a paper whose text is another, as a program would have saved it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, edit(data.decode()).encode() if name == MAIN else data)
        for name, text in parts.items():
            target.writestr(f"word/{name}.xml", text)
    return out.getvalue()


def filled(paper: bytes, tag: str, content: str) -> bytes:
    """Return the paper with content in one of its places, as Word writes it there."""

    def edit(xml: str) -> str:
        inside = re.search(PROMPT.format(tag=tag), xml, re.DOTALL)
        assert inside
        new = re.sub(
            r"<w:sdtContent>.*</w:sdtContent>", lambda _m: f"<w:sdtContent>{content}</w:sdtContent>", inside[0]
        )
        return xml.replace(inside[0], new.replace("<w:showingPlcHdr/>", ""))

    return edited(paper, edit)


def untagged(paper: bytes) -> bytes:
    """Return the paper as a program leaves it that knows no content controls."""
    return edited(
        paper, lambda xml: re.sub(r"<w:sdtPr>.*?</w:sdtPr>|</?w:sdt>|</?w:sdtContent>", "", xml, flags=re.DOTALL)
    )


def in_plain(paper: bytes) -> bytes:
    """Return the paper's words without bookmarks and styles, too, as after copying them to another."""
    return edited(untagged(paper), lambda xml: re.sub(r"<w:bookmark(?:Start|End)[^>]*/>|<w:pStyle[^>]*/>", "", xml))


def paper(own: Team) -> bytes:
    return paper_of(writing(own.report))


def plan(own: Team, data: bytes, name: str = "svar.docx") -> Plan:
    return plan_of(SimpleUploadedFile(name, data), writing(own.report))


def said(found: Plan) -> list[tuple[str, str]]:
    return [(change.text, change.reason) for change in found.changes]


def why(found: Plan) -> list[tuple[str, str]]:
    return [(row.text, row.why) for row in found.unplaced]


def test_the_paper_shows_what_is_asked_and_what_was_answered(own: Team, boss_client: Client):
    response = boss_client.get(address(own, "word/"))
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        xml = archive.read(MAIN).decode()
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert '<w:tag w:val="svar:kontakt"/>' in xml
    assert '<w:lock w:val="sdtContentLocked"/>' in xml
    words = [
        own.question.wording,
        "En fast kontakt nord.",
        own.statement.wording,
        "Helt enig",
        "Hurtigere svar til nord.",
    ]
    assert [word for word in words if word not in xml] == []


def test_what_is_brought_back_unchanged_changes_nothing(own: Team):
    text = "- en streg\n\nto  mellemrum\tog en tabulator & <tegn>"
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer(text)}, by=None)
    for data in (paper(own), untagged(paper(own)), in_plain(paper(own))):
        found = plan(own, data)
        assert (found.count, found.same, found.empty, found.unplaced) == (0, 2, 0, [])


def test_what_is_filled_in_is_shown_and_saved_when_it_is_confirmed(own: Team, boss_client: Client):
    data = filled(paper(own), "svar:kontakt", paragraphs("Første afsnit.\n\nAndet afsnit."))
    sent = {"file": SimpleUploadedFile("svar.docx", data)}
    page = boss_client.post(address(own), sent).content.decode()
    assert "Filen ændrer 1 svar." in page
    assert not Answer.objects.filter(version__report=own.report).exists()
    fields = dict(re.findall(r'<input type="(?:hidden|checkbox)"[^>]* name="([sv][^"]*)" value="([^"]*)"', page))
    assert boss_client.post(address(own, "gem/"), fields).status_code == 302
    assert Answer.objects.get(version__report=own.report).text == "Første afsnit.\n\nAndet afsnit."


@pytest.mark.parametrize("left", [untagged, in_plain])
def test_a_paper_without_tags_is_read_by_its_headings(own: Team, left: Callable[[bytes], bytes]):
    QuestionFactory(round=own.report.round, key="tid", wording="Hvor lang tid?", order=9999)
    data = filled(paper(own), "svar:kontakt", paragraphs("Et svar."))
    data = left(filled(data, "grund:tid", paragraphs("Vi har ingen forløb.")))
    assert said(plan(own, data)) == [("Et svar.", ""), ("", "Vi har ingen forløb.")]


def test_lists_line_breaks_and_tracked_changes_are_read_as_they_look(own: Team):
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    tracked = (
        '<w:p><w:r><w:t xml:space="preserve">Vi </w:t></w:r>'
        '<w:del w:id="1" w:author="x"><w:r><w:delText>ville</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>vil</w:t></w:r></w:ins><w:r><w:br/><w:t>gerne.</w:t></w:r></w:p>'
    )
    found = plan(own, filled(paper(own), "svar:kontakt", tracked + paragraphs("et\nto", listed)))
    assert said(found) == [("Vi vil\ngerne.\n- et\n- to", "")]


def test_what_stands_in_no_place_is_shown(own: Team):
    data = filled(paper(own), "svar:kontakt", paragraphs("Et svar."))
    data = edited(data, lambda xml: xml.replace("<w:body>", f"<w:body>{paragraphs('Kære kommune')}", 1))
    note = f'<w:comments xmlns:w="urn:w"><w:comment w:id="1">{paragraphs("Er det rigtigt?")}</w:comment></w:comments>'
    found = plan(own, edited(data, str, comments=note))
    assert [(row.where, row.text) for row in found.unplaced] == [
        ("Før det første spørgsmål", "Kære kommune"),
        ("En kommentar i margenen", "Er det rigtigt?"),
    ]
    assert said(found) == [("Et svar.", "")]


def test_a_place_that_was_copied_a_picture_and_a_cpr_number_are_shown(own: Team):
    data = filled(paper(own), "svar:kontakt", paragraphs("Et svar.") + "<w:p><w:r><w:drawing/></w:r></w:p>")
    place = re.compile(r"<w:sdt>(?:(?!<w:sdt>).)*svar:kontakt.*?</w:sdt>", re.DOTALL)

    def twice(xml: str) -> str:
        found = place.search(xml)
        assert found
        return xml.replace(found[0], found[0] + found[0].replace("Et svar.", "Et andet svar."))

    found = plan(own, edited(data, twice))
    assert said(found) == [("Et svar.", "")]
    assert [text for text, _why in why(found)] == ["Et andet svar.", "", ""]
    hidden = plan(own, filled(paper(own), "svar:kontakt", paragraphs("Borgeren 010190-1234.")))
    assert why(hidden) == [("", "Her står noget, der ligner et CPR-nummer. Skriv intet om enkelte borgere.")]


def test_an_answer_and_a_reason_and_a_question_that_is_not_asked_are_shown(own: Team):
    other = QuestionFactory(round=own.report.round, key="tid", order=9999)
    data = filled(paper(own), "svar:kontakt", paragraphs("Et svar."))
    data = filled(data, "grund:kontakt", paragraphs("Og en grund."))
    data = filled(data, "svar:tid", paragraphs("Ti uger."))
    other.withdrawn_on = own.report.round.opens_on
    other.save()
    assert why(plan(own, data)) == [
        (
            "Et svar.\nOg en grund.",
            "Der er både et svar og en grund til, at spørgsmålet ikke er relevant. Fjern det ene.",
        ),
        ("Ti uger.", "Intet spørgsmål i indberetningen har nøglen “tid”."),
    ]


def test_what_a_colleague_changed_meanwhile_stays(own: Team):
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer("Først.")}, by=None)
    old = paper(own)
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer("En kollegas.")}, by=None)
    untouched = plan(own, old)
    assert (untouched.count, untouched.left) == (0, 1)
    (change,) = plan(own, filled(old, "svar:kontakt", paragraphs("Mit."))).changes
    assert change.is_contested


def test_the_municipality_is_rated_in_the_paper(own: Team):
    chosen = '<w:r><w:t xml:space="preserve">Helt enig</w:t></w:r>'
    (change,) = plan(own, filled(paper(own), f"enig:{own.statement.key}", chosen)).ratings
    stands = Rating.objects.get(version__report=own.report)
    assert (change.score, change.comment) == (5, stands.comment)
    odd = plan(own, filled(paper(own), f"enig:{own.statement.key}", chosen.replace("Helt enig", "Måske")))
    assert "“Måske” findes ikke på skalaen." in odd.unplaced[0].why


def test_another_suppliers_paper_is_refused(own: Team, other: Team):
    for data in (paper(other), untagged(paper(other))):
        with pytest.raises(ImportRefusedError, match="en anden runde eller en anden leverandør"):
            plan(own, data)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MAIN, b" " * 300_000_000)
    return out.getvalue()


def with_type(own: Team) -> bytes:
    return edited(paper(own), lambda xml: xml.replace("?>", '?><!DOCTYPE w [<!ENTITY a "a">]>', 1))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("svar.docm", paper, "makroer"),
        ("svar.docx", lambda own: edited(paper(own), str, vbaProject=""), "makroer"),
        ("svar.doc", lambda own: b"\xd0\xcf\x11\xe0", "gem den som Word-dokument"),
        ("svar.pdf", lambda own: b"%PDF-1.7", "Vælg den fil, du har hentet her"),
        ("svar.docx", lambda own: paper(own)[:5000], "beskadiget"),
        ("svar.docx", lambda own: b"PK\x03\x04", "beskadiget"),
        ("svar.docx", lambda own: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "adgangskode"),
        ("svar.docx", with_type, "beskadiget"),
        ("svar.docx", lambda own: edited(paper(own), lambda xml: xml[:-20]), "beskadiget"),
        ("svar.docx", lambda own: edited(paper(own), lambda xml: re.sub(r"<w:body>.*</w:body>", "", xml)), "Ingen af"),
        ("svar.docx", lambda own: b"0" * (31 * 1024 * 1024), "Filen er større end"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(
    own: Team, boss_client: Client, name: str, content: Callable[[Team], bytes], sentence: str
):
    response = boss_client.post(address(own), {"file": SimpleUploadedFile(name, content(own))})
    errors = re.findall(r'form-error-message"[^>]*>(.*?)</p>', response.content.decode(), re.DOTALL)
    assert response.status_code == 200
    assert [error for error in errors if sentence in error]


def test_a_bomb_is_refused_before_it_is_read(own: Team):
    with pytest.raises(ImportRefusedError):
        plan(own, bomb())


@pytest.mark.slow
@pytest.mark.skipif(
    not SOFFICE, reason="LibreOffice is not installed (Debian: apt-get install libreoffice-writer-nogui)"
)
def test_libreoffice_opens_and_saves_it_and_nothing_is_lost(own: Team, tmp_path: Path):
    QuestionFactory(round=own.report.round, key="tid", wording="Hvor lang tid?", help_text="I uger.", order=9999)
    data = filled(paper(own), "svar:kontakt", paragraphs("Første afsnit.\n\nAndet afsnit."))
    (tmp_path / "svar.docx").write_bytes(filled(data, "grund:tid", paragraphs("Ingen forløb.")))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        tmp_path / "ud",
        tmp_path / "svar.docx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    found = plan(own, (tmp_path / "ud" / "svar.docx").read_bytes())
    assert said(found) == [("Første afsnit.\n\nAndet afsnit.", ""), ("", "Ingen forløb.")]
    assert (found.same, found.unplaced) == (1, [])  # the rating
