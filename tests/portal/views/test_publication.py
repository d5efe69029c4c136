"""What will be published: the supplier marks, the municipality decides with a reason, the supplier sees it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from learnings.models import Withholding
from learnings.services import DraftAnswer, save_draft_answers
from suppliers.services import remove_member
from tests.factories import WithholdingFactory
from tests.portal.conftest import Team


def page_of(own: Team) -> str:
    return f"/portal/{own.supplier.pk}/rapporter/{own.submitted.report_id}/offentligt/"


def mark(client: Client, own: Team, **given: str):
    sent = {"question": own.mark.question_id, "passage": "fast", "kind": "secret", "reason": "Vores metode."}
    return client.post(page_of(own), sent | given)


def test_a_marked_passage_is_kept_out_at_once(own: Team, boss_client: Client):
    own.mark.delete()
    assert "[udeladt]" not in boss_client.get(page_of(own)).content.decode()
    assert mark(boss_client, own).status_code == 302
    page = boss_client.get(page_of(own)).content.decode()
    assert 'En <span class="portal-withheld">[udeladt]</span> kontakt nord.' in page
    assert Withholding.objects.get().marked_by == own.boss.user


@pytest.mark.parametrize("given", [{"passage": "står der ikke"}, {"reason": ""}, {"kind": ""}])
def test_a_mark_that_cannot_stand_is_refused(own: Team, boss_client: Client, given: dict):
    own.mark.delete()
    assert 'class="form-error-message"' in mark(boss_client, own, **given).content.decode()
    assert not Withholding.objects.exists()


def test_the_form_is_opened_for_one_answer(own: Team, boss_client: Client):
    assert "<form" in boss_client.get(f"{page_of(own)}?spoergsmaal={own.mark.question_id}").content.decode()
    assert boss_client.get(f"{page_of(own)}?spoergsmaal={own.question.pk}").status_code == 404


def test_the_decision_and_its_reason_reach_the_supplier(own: Team, boss_client: Client, officer_client: Client):
    address = reverse("learnings:withholding_decide", args=[own.mark.pk])
    page = reverse("learnings:withholdings", args=[own.mark.report.round_id])
    assert "1 venter på afgørelse." in officer_client.get(page).content.decode()
    officer_client.post(address, {"decision": "published", "reason": ""})
    assert not Withholding.objects.get().decision
    officer_client.post(address, {"decision": "published", "reason": "Metoden står i jeres tilbud."})
    shown = boss_client.get(page_of(own)).content.decode()
    assert "Metoden står i jeres tilbud." in shown
    assert "En fast kontakt nord.</p>" in shown
    remove = f"{page_of(own)}{own.mark.pk}/fjern/"
    boss_client.post(remove)
    assert Withholding.objects.exists()


def test_a_mark_is_taken_back_until_it_is_decided(own: Team, boss_client: Client, viewer_client: Client):
    remove = f"{page_of(own)}{own.mark.pk}/fjern/"
    assert viewer_client.post(remove).status_code == 403
    assert mark(viewer_client, own).status_code == 403
    boss_client.post(remove)
    assert not Withholding.objects.exists()


def test_words_that_are_rewritten_keep_the_whole_answer_out(own: Team, boss_client: Client):
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer("En helt anden tekst.")}, by=None)
    WithholdingFactory(report=own.report, question=own.question, passage="fast kontakt")
    page = boss_client.get(f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/offentligt/").content.decode()
    assert "En helt anden tekst." not in page
    assert "Disse ord står ikke længere i svaret" in page


def test_the_decision_is_the_municipalitys(own: Team, viewer_client: Client, reader_client: Client):
    address = reverse("learnings:withholding_decide", args=[own.mark.pk])
    sent = {"decision": "published", "reason": "Nej."}
    assert viewer_client.post(address, sent).status_code == 403
    assert reader_client.post(address, sent).status_code == 403
    assert reader_client.get(address).status_code == 405
    assert not Withholding.objects.get().decision
    remove_member(own.viewer, by=own.boss.user)
    assert viewer_client.get(page_of(own)).status_code == 404
