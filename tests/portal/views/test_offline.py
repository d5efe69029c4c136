"""Fill a report in as a workbook: what changes is shown first, what cannot be used too, and nothing is overwritten unseen."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from learnings.models import Answer, Rating
from learnings.offline import workbook_of
from learnings.queries import writing
from learnings.services import DraftAnswer, save_draft_answers
from tests.factories import QuestionFactory
from tests.portal.conftest import Team

KEY, ANSWER, REASON, COMMENT = 1, 6, 7, 8


def page_of(own: Team, name: str = "") -> str:
    return f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/uden-forbindelse/{name}"


def workbook(client: Client, own: Team) -> openpyxl.Workbook:
    content = b"".join([client.get(page_of(own, "regneark/")).content])
    return openpyxl.load_workbook(io.BytesIO(content))


def bring(client: Client, own: Team, book: openpyxl.Workbook):
    stream = io.BytesIO()
    book.save(stream)
    return client.post(page_of(own), {"file": SimpleUploadedFile("svar.xlsx", stream.getvalue())})


def confirmed(client: Client, own: Team, text: str, *, revision: int = 0):
    key = f"s{own.question.pk}"
    sent = {f"{key}-text": text, f"{key}-reason": "", f"{key}-revision": revision, f"{key}-take": "1"}
    return client.post(page_of(own, "gem/"), sent)


def texts(own: Team) -> list[str]:
    return list(Answer.objects.filter(version__report=own.report).values_list("text", flat=True))


def test_the_workbook_holds_questions_answers_and_last_years(own: Team, boss_client: Client):
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer("= ikke en formel\nmed to linjer")}, by=None)
    sheet = workbook(boss_client, own).active
    head, row, rating = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert head[KEY - 1] == "Nøgle"
    assert row[:3] == ["kontakt", "Generelle spørgsmål", own.question.wording]
    assert row[4:6] == ["En fast kontakt nord.", "= ikke en formel\nmed to linjer"]
    assert (rating[0], rating[2]) == (f"vurdering:{own.statement.key}", own.statement.wording)
    assert rating[COMMENT - 1] == "Hurtigere svar til nord."


def test_what_is_brought_back_unchanged_changes_nothing(own: Team, boss_client: Client):
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer("- en streg\nog mere")}, by=None)
    page = bring(boss_client, own, workbook(boss_client, own)).content.decode()
    assert "Filen ændrer 0 svar." in page
    assert "2 står der allerede" in page


def test_what_would_change_is_shown_and_saved_when_it_is_confirmed(own: Team, boss_client: Client):
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer("Det gamle svar.")}, by=None)
    book = workbook(boss_client, own)
    book.active.cell(2, ANSWER).value = "Det nye svar."
    page = bring(boss_client, own, book).content.decode()
    assert "<del>gamle</del><ins>nye</ins>" in page
    assert texts(own) == ["Det gamle svar."]
    assert confirmed(boss_client, own, "Det nye svar.", revision=1).status_code == 302
    assert texts(own) == ["Det nye svar."]


def test_what_cannot_be_placed_is_shown_with_the_reason(own: Team, boss_client: Client):
    QuestionFactory(round=own.report.round, key="tid")
    book = workbook(boss_client, own)
    sheet = book.active
    sheet.cell(2, KEY).value, sheet.cell(2, ANSWER).value = "ukendt", "Hvor hører jeg til?"
    sheet.cell(3, ANSWER).value, sheet.cell(3, REASON).value = "Et svar", "og en grund"
    page = bring(boss_client, own, book).content.decode()
    assert "Række 2:" in page
    assert "Hvor hører jeg til?" in page
    assert "Der er både et svar og en grund" in page
    assert "Filen ændrer 0 svar." in page


def test_the_municipality_is_rated_in_words_or_by_number(own: Team, boss_client: Client):
    book = workbook(boss_client, own)
    book.active.cell(3, ANSWER).value, book.active.cell(3, COMMENT).value = 5, "Meget bedre."
    page = bring(boss_client, own, book).content.decode()
    names = re.findall(r'<input type="(?:hidden|checkbox)"[^>]* name="(v[^"]*)" value="([^"]*)"', page)
    assert boss_client.post(page_of(own, "gem/"), dict(names)).status_code == 302
    rating = Rating.objects.get(version__report=own.report)
    assert (rating.score, rating.comment) == (5, "Meget bedre.")


def test_a_rating_that_a_colleague_gave_meanwhile_is_not_overwritten(own: Team, boss_client: Client):
    key, stands = f"v{own.statement.pk}", Rating.objects.get(version__report=own.report).comment
    sent = {f"{key}-take": "1", f"{key}-score": "1", f"{key}-comment": "Filens.", f"{key}-revision": "99"}
    response = boss_client.post(page_of(own, "gem/"), sent)
    assert response.status_code == 409
    assert "Filens." in response.content.decode()
    assert Rating.objects.get(version__report=own.report).comment == stands


def test_another_suppliers_workbook_is_refused(own: Team, other: Team, boss_client: Client):
    stream = io.BytesIO(workbook_of(writing(other.report)))
    page = bring(boss_client, own, openpyxl.load_workbook(stream)).content.decode()
    assert "en anden runde eller en anden leverandør" in page


def test_what_was_changed_on_the_page_after_the_file_was_saved_stays(own: Team, boss_client: Client):
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer("Først.")}, by=None)
    book = workbook(boss_client, own)
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer("En kollegas svar.")}, by=None)
    assert "1 er ændret her, efter at filen blev hentet" in bring(boss_client, own, book).content.decode()
    book.active.cell(2, ANSWER).value = "Filens svar."
    page = bring(boss_client, own, book).content.decode()
    assert "Dette er ændret her, efter at filen blev hentet" in page
    assert "checked" not in page


def test_what_somebody_saved_meanwhile_is_not_overwritten(own: Team, boss_client: Client):
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer("En kollegas svar.")}, by=None)
    response = confirmed(boss_client, own, "Filens svar.")
    page = response.content.decode()
    assert response.status_code == 409
    assert "En kollegas svar." in page
    assert "Filens svar." in page
    assert texts(own) == ["En kollegas svar."]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 ikke et regneark", b"a;b\n1;2\n"])
def test_a_file_that_is_none_is_refused_with_a_sentence(own: Team, boss_client: Client, content: bytes):
    response = boss_client.post(page_of(own), {"file": SimpleUploadedFile("svar.xlsx", content)})
    assert response.status_code == 200
    assert "form-error-message" in response.content.decode()


def test_a_viewer_takes_the_workbook_and_brings_nothing(own: Team, viewer_client: Client):
    assert viewer_client.get(page_of(own, "regneark/")).status_code == 200
    assert viewer_client.post(page_of(own)).status_code == 403
    assert confirmed(viewer_client, own, "Nej.").status_code == 403
