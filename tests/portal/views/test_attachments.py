"""Attachments of a report: kind by content, limits, frozen with the version, and handed out to be saved."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from learnings.models import Attachment, FrozenError
from learnings.services import DraftAnswer, reopen_as_new_version, save_draft_answers, submit_report
from tests.portal.conftest import Team
from tests.portal.test_isolation import answer

PDF = b"%PDF-1.7 en metode"


@pytest.fixture(autouse=True)
def _without_files(own: Team) -> None:
    own.file.delete()


def page_of(own: Team) -> str:
    return f"/portal/{own.supplier.pk}/rapporter/{own.report.pk}/bilag/"


def bring(client: Client, own: Team, name: str = "metode.pdf", content: bytes = PDF):
    return client.post(page_of(own), {"file": SimpleUploadedFile(name, content)})


def names(own: Team) -> list[str]:
    return list(Attachment.objects.filter(version__report=own.report).values_list("file_name", flat=True))


def test_a_file_is_added_handed_out_and_taken_out(own: Team, boss_client: Client, django_capture_on_commit_callbacks):
    assert bring(boss_client, own).status_code == 302
    row = Attachment.objects.get(version__report=own.report)
    handed_out = answer(boss_client, f"{page_of(own)}{row.pk}/hent/")
    assert (handed_out.text_of_all, handed_out["Content-Disposition"]) == (PDF, 'attachment; filename="metode.pdf"')
    assert handed_out["X-Content-Type-Options"] == "nosniff"
    assert "metode.pdf (PDF, 18 byte" in boss_client.get(page_of(own)).content.decode().replace("\xa0", " ")
    with django_capture_on_commit_callbacks(execute=True):
        boss_client.post(f"{page_of(own)}{row.pk}/fjern/")
    assert names(own) == []
    assert not row.file.storage.exists(row.file.name)


@pytest.mark.parametrize(
    ("name", "content"), [("metode.exe", b"MZ"), ("metode.pdf", b"\x89PNG\r\n\x1a\n"), ("m.pdf", b"")]
)
def test_the_kind_is_what_the_content_says(own: Team, boss_client: Client, name: str, content: bytes):
    assert "form-error-message" in bring(boss_client, own, name, content).content.decode()
    assert names(own) == []


def test_a_file_that_is_too_large_is_refused(own: Team, boss_client: Client, settings):
    settings.DOCUMENT_MAX_BYTES = 10
    assert "form-error-message" in bring(boss_client, own).content.decode()


def test_the_same_file_is_kept_once(own: Team, boss_client: Client):
    bring(boss_client, own)
    assert "Den samme fil er allerede" in bring(boss_client, own, "andet.pdf").content.decode()
    assert names(own) == ["metode.pdf"]


def test_a_viewer_takes_files_and_brings_none(own: Team, boss_client: Client, viewer_client: Client):
    bring(boss_client, own)
    assert bring(viewer_client, own, "nej.pdf").status_code == 403
    row = Attachment.objects.get(version__report=own.report)
    assert answer(viewer_client, f"{page_of(own)}{row.pk}/hent/").status_code == 200
    assert viewer_client.post(f"{page_of(own)}{row.pk}/fjern/").status_code == 403


def test_files_are_frozen_with_their_version_and_go_on_to_the_next(own: Team, boss_client: Client):
    bring(boss_client, own)
    save_draft_answers(own.report, answers={own.question.pk: DraftAnswer("Færdig.")}, by=None)
    submit_report(own.report, by=None)
    row = Attachment.objects.get(version__report=own.report)
    with pytest.raises(FrozenError):
        row.delete()
    boss_client.post(f"{page_of(own)}{row.pk}/fjern/")
    assert names(own) == ["metode.pdf"]
    reopen_as_new_version(own.report, by=None)
    draft_row = own.report.versions.drafts().get().attachments.get()
    boss_client.post(f"{page_of(own)}{draft_row.pk}/fjern/")
    assert [row.version.number for row in Attachment.objects.filter(version__report=own.report)] == [1]
    assert row.file.storage.exists(row.file.name)
