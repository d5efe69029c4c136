"""Hand a report in: what is missing, who may, receipt as page, PDF and mail, and what changed between versions."""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.test import Client

from documents.validation import validate_pdf
from jobs.models import Job
from jobs.services import run
from learnings.models import Receipt
from learnings.receipts import pdf_of
from learnings.services import DraftAnswer, reopen_as_new_version, save_draft_answers, submit_report
from suppliers.enums import MemberRole
from suppliers.services import add_member
from tests.conftest import client_for
from tests.factories import InitiativeFactory, QuestionFactory, RecommendationFactory, ReplyFactory, UserFactory
from tests.learnings.world import code
from tests.portal.conftest import Team


def write(own: Team, text: str = "En fast kontakt.") -> int:
    return save_draft_answers(own.report, answers={own.question.pk: DraftAnswer(text)}, by=None).revision


def page_of(own: Team, name: str = "") -> str:
    return f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/{name}"


def test_what_is_missing_is_listed_with_links(own: Team, boss_client: Client):
    QuestionFactory(round=own.report.round, key="kort", wording="Kort?", word_limit=2)
    save_draft_answers(
        own.report, answers={own.report.round.questions.get(key="kort").pk: DraftAnswer("et to tre")}, by=None
    )
    page = boss_client.get(page_of(own, "indsend/")).content.decode()
    assert f"afsnit/alle/#spoergsmaal-{own.question.pk}" in page
    assert "3 af 2 ord – 1 for mange" in page
    assert "Indsend på organisationens vegne" not in page
    boss_client.post(page_of(own, "indsend/"), {"revision": 1})
    assert not own.report.versions.submitted().exists()


def test_a_submitter_hands_in_and_gets_a_receipt(own: Team, boss_client: Client, mailoutbox: list):
    revision = write(own)
    response = boss_client.post(page_of(own, "indsend/"), {"revision": revision})
    assert response["Location"] == page_of(own, "version/1/kvittering/")
    version = own.report.versions.submitted().get()
    assert (version.submitted_by, version.handed_in_by) == (own.boss.user, str(own.boss.user))
    for job in Job.objects.open():
        run(job.pk)
        run(job.pk)
    (letter,) = mailoutbox
    assert (letter.to, "Kvittering" in letter.subject) == ([own.boss.user.email], True)
    assert page_of(own, "version/1/kvittering/") in letter.body
    assert Receipt.objects.get().mail == "sent"
    assert "Indberetningen er indsendt" in boss_client.get(response["Location"]).content.decode()


def test_a_mail_that_may_have_left_is_not_sent_again(own: Team, boss_client: Client, mailoutbox: list):
    boss_client.post(page_of(own, "indsend/"), {"revision": write(own)})
    Receipt.objects.update(mail="sending")
    for job in Job.objects.open():
        run(job.pk)
    assert (mailoutbox, Receipt.objects.get().mail) == ([], "failed")


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.VIEWER])
def test_who_may_not_hand_in_is_told_whom_to_ask(own: Team, role: str):
    person = UserFactory()
    add_member(own.supplier, user=person, role=role, by=None)
    revision = write(own)
    client = client_for(person)
    assert client.post(page_of(own, "indsend/"), {"revision": revision}).status_code == 403
    assert "Bed en af teamets indsendere" in client.get(page_of(own, "indsend/")).content.decode()
    assert not own.report.versions.submitted().exists()


def test_nobody_hands_in_what_they_have_not_seen(own: Team, boss_client: Client):
    seen = write(own)
    write(own, "En kollegas rettelse.")
    page = boss_client.post(page_of(own, "indsend/"), {"revision": seen}).content.decode()
    assert "Nogen har ændret indberetningen" in page
    assert not own.report.versions.submitted().exists()


def test_the_receipt_is_an_accessible_pdf_that_is_always_the_same(own: Team, boss_client: Client):
    address = f"/portal/{own.supplier.pk}/rapporter/{own.submitted.report_id}/version/1/kvittering/hent/"
    response = boss_client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert response.content == pdf_of(own.submitted)
    assert validate_pdf(response.content) == ()
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert "Kvittering" in str(pdf.docinfo["/Title"])


def test_versions_are_compared(own: Team, boss_client: Client):
    report = own.submitted.report
    reopen_as_new_version(report, by=None)
    question = report.round.questions.get()
    save_draft_answers(report, answers={question.pk: DraftAnswer("To faste kontakter nord.")}, by=None)
    submit_report(report, by=None)
    address = f"/portal/{own.supplier.pk}/rapporter/{report.pk}/version/2/"
    page = boss_client.get(f"{address}?siden=1").content.decode()
    assert "<del>En</del>" in page
    assert "<ins>To</ins>" in page
    assert boss_client.get(f"{address}?siden=7").status_code == 404


def test_you_said_we_did_stands_on_top_of_the_new_report(own: Team, other: Team, boss_client: Client):
    question = own.submitted.answers.get().question
    mine = RecommendationFactory(round=own.submitted.report.round, heading="Hold fast i kontakten")
    mine.excerpts.set([code(own.submitted, question, "fast kontakt"), code(other.submitted, question, "kontakt syd")])
    theirs = RecommendationFactory(round=own.submitted.report.round, heading="Kun de andres")
    theirs.excerpts.set([code(other.submitted, question, "En fast")])
    ReplyFactory(recommendation=mine, reason="Forvaltningen er enig i det.")
    InitiativeFactory(recommendation=mine, heading="Én indgang")
    page = boss_client.get(page_of(own)).content.decode()
    for text in (
        "I sagde – vi gjorde",
        "Hold fast i kontakten",
        "fast kontakt",
        "Forvaltningen er enig i det.",
        "Én indgang",
    ):
        assert text in page
    assert "Kun de andres" not in page
    assert "syd" not in page
    assert page.index("I sagde") < page.index("Spørgsmålene")
