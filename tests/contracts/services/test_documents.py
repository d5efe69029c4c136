"""Files are kept as versions that never change; a deleted document comes back whole."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import User
from contracts.models import Document, DocumentVersion
from contracts.services import (
    add_document,
    add_version,
    delete_document,
    fulfil_obligation,
    fulfil_with_file,
    save_document,
)
from records.services import restore_record
from records.versions import rows_of
from tests.factories import (
    AmendmentFactory,
    ContractFactory,
    DocumentCategoryFactory,
    DocumentFactory,
    ObligationOccurrenceFactory,
)
from tests.reachable import require_postgres
from tests.records.files.made import PDF, office, upload

ON = dt.date(2026, 3, 4)


def content_of(version: DocumentVersion) -> bytes:
    with version.file.open() as stream:
        return stream.read()


def pdf(text: str = "") -> object:
    return upload("Kontrakt æ.pdf", PDF + text.encode())


def test_document_comes_with_its_file(officer: User) -> None:
    document = Document(contract=ContractFactory(), category=DocumentCategoryFactory(), title="Kontrakt")
    add_document(document, file=pdf(), note="Underskrevet", by=officer)
    version = document.versions.get()
    assert (version.number, version.file_name, version.media_type, version.size_bytes, version.note) == (
        1,
        "Kontrakt æ.pdf",
        "application/pdf",
        len(PDF),
        "Underskrevet",
    )
    assert (version.sha256, version.uploaded_by) == (hashlib.sha256(PDF).hexdigest(), officer)
    assert content_of(version) == PDF
    assert re.fullmatch(r"agreements/\d{4}/[0-9a-f]{32}\.pdf", version.file.name)
    assert document.history.get().history_user == officer


def test_versions_are_numbered_and_stay(officer: User) -> None:
    document = DocumentFactory()
    for text in ("en", "to", "tre"):
        add_version(document, pdf(text), by=officer)
    found = document.versions.order_by("number")
    assert [version.number for version in found] == [1, 2, 3]
    assert [content_of(version) for version in found] == [PDF + text.encode() for text in ("en", "to", "tre")]


def test_same_file_again_is_told_but_an_earlier_one_may_come_back(officer: User) -> None:
    document = DocumentFactory()
    add_version(document, pdf("en"), by=officer)
    with pytest.raises(ValidationError, match="den samme som version 1 fra") as refused:
        add_version(document, pdf("en"), by=officer)
    assert list(refused.value.message_dict) == ["file"]
    add_version(document, pdf("to"), by=officer)
    assert add_version(document, pdf("en"), by=officer).number == 3


def test_nothing_is_kept_of_what_is_refused(officer: User, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    document = Document(contract=ContractFactory(), category=DocumentCategoryFactory(), title="Kontrakt")
    macros = upload("makro.docx", office(".docx", word__vbaProject_bin=b"x"))
    with pytest.raises(ValidationError, match="makroer"):
        add_document(document, file=macros, by=officer)
    with pytest.raises(ValidationError, match="200"):
        add_version(DocumentFactory(), pdf(), note="x" * 201, by=officer)
    assert (Document.objects.filter(title="Kontrakt").count(), DocumentVersion.objects.count()) == (0, 0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_too_large_is_refused(officer: User, settings) -> None:
    settings.DOCUMENT_MAX_BYTES = 10
    with pytest.raises(ValidationError, match="større end 10"):
        add_version(DocumentFactory(), pdf(), by=officer)


def test_kind_that_expires_asks_for_the_day(officer: User) -> None:
    document = Document(contract=ContractFactory(), category=DocumentCategoryFactory(expires=True), title="Bevis")
    with pytest.raises(ValidationError, match="Skriv dagen") as refused:
        save_document(document, by=officer)
    assert list(refused.value.message_dict) == ["expires_on"]
    document.expires_on = ON
    assert save_document(document, by=officer).pk


def test_document_belongs_to_one(officer: User) -> None:
    document = Document(category=DocumentCategoryFactory(), title="Kontrakt")
    with pytest.raises(ValidationError) as refused:
        save_document(document, by=officer)
    assert list(refused.value.message_dict) == ["__all__"]


def test_deleted_document_comes_back_with_its_files(officer: User) -> None:
    document = DocumentFactory()
    version, key = add_version(document, pdf(), by=officer), document.pk
    delete_document(document, reason="Fejl", by=officer)
    assert (Document.objects.count(), DocumentVersion.objects.count()) == (0, 1)
    assert not DocumentVersion.objects.visible_to(officer).exists()
    moment = rows_of(Document, key).last().history_date
    restored = restore_record(Document, key, moment=moment, save=save_document, by=officer)
    assert list(restored.versions.all()) == [version]
    assert content_of(version) == PDF


def test_what_shows_something_is_not_deleted(officer: User) -> None:
    document, signed = DocumentFactory(), DocumentFactory()
    occurrence = ObligationOccurrenceFactory(obligation__contract=document.contract)
    fulfil_obligation(occurrence, evidence=document, on=ON, by=officer)
    with pytest.raises(ValidationError, match="Genåbn den først"):
        delete_document(document, by=officer)
    AmendmentFactory(contract=signed.contract, document=signed)
    with pytest.raises(ValidationError, match="kan ikke slettes"):
        delete_document(signed, by=officer)
    assert Document.objects.count() == 2


def test_evidence_is_brought_on_the_spot_or_nothing_is_done(officer: User) -> None:
    occurrence = ObligationOccurrenceFactory()
    facts = {"contract": occurrence.obligation.contract, "category": DocumentCategoryFactory(), "title": "Bevis"}
    settled = fulfil_with_file(occurrence, Document(**facts), file=pdf(), on=ON, by=officer)
    assert (settled.state, settled.evidence) == ("fulfilled", Document.objects.get())
    with pytest.raises(ValidationError, match="allerede afsluttet"):
        fulfil_with_file(occurrence, Document(**facts), file=pdf("to"), on=ON, by=officer)
    assert Document.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_uploads_at_once_get_a_number_each(officer: User) -> None:
    require_postgres()
    document, start, failures = DocumentFactory(), threading.Barrier(2), []

    def run(text: str) -> None:
        try:
            start.wait(timeout=10)
            add_version(document, pdf(text), by=officer)
        except Exception as error:  # noqa: BLE001 -- told below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(text,)) for text in ("en", "to")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert (failures, sorted(document.versions.values_list("number", flat=True))) == ([], [1, 2])
