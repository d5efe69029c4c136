from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from documents import tree as t
from documents.enums import Audience, Format
from documents.models import Asset, Snapshot
from documents.services.snapshots import (
    document_for,
    evidence_for,
    freeze,
    has_all_renditions,
    request_renditions,
    store_asset,
)
from jobs.models import Job
from suppliers.models import Supplier
from tests.documents.test_redaction import HIDDEN_VALUE, table
from tests.factories import RenditionFactory, SupplierFactory

pytestmark = pytest.mark.django_db


def paper(text: str = "Brød.") -> t.Document:
    children = (t.Paragraph((t.Text(text),)), table("tabel", HIDDEN_VALUE))
    return t.Document("Titel", "Titel", "Forvaltningen", "Faktaark", dt.date(2023, 8, 14), children)


def frozen(subject: Supplier, text: str = "Brød.", *, by: User | None = None) -> Snapshot:
    evidence = {"o2": {"kind": "observation", "values": {"outcomes": 1}, "hidden_values": ["outcomes"]}}
    return freeze(subject, paper(text), evidence, findings=[], data_as_of=dt.date(2023, 8, 7), by=by)


def test_freeze_gives_an_unchanged_paper_its_newest_snapshot_again() -> None:
    subject = SupplierFactory()
    assert frozen(subject) == frozen(subject)
    assert Snapshot.objects.count() == 1


def test_freeze_numbers_the_versions_of_each_subject() -> None:
    one, other = SupplierFactory(), SupplierFactory()
    assert [frozen(one, "A").number, frozen(one, "B").number, frozen(other, "A").number] == [1, 2, 1]


def test_freeze_goes_back_to_an_earlier_text_with_a_new_version() -> None:
    subject = SupplierFactory()
    assert [frozen(subject, text).number for text in "ABA"] == [1, 2, 3]


def test_document_for_the_public_hides_what_the_snapshot_holds() -> None:
    snapshot = frozen(SupplierFactory())
    inside, public = (str(document_for(snapshot, audience)) for audience in (Audience.INTERNAL, Audience.PUBLIC))
    assert "1 (0,1 %)" in inside
    assert "1 (0,1 %)" not in public


def test_evidence_for_the_public_hides_values() -> None:
    snapshot = frozen(SupplierFactory())
    assert evidence_for(snapshot, Audience.INTERNAL)["evidence"]["o2"]["values"] == {"outcomes": 1}
    assert evidence_for(snapshot, Audience.PUBLIC)["evidence"]["o2"]["values"] == {"outcomes": "•"}


def test_the_public_digest_says_nothing_of_the_hidden_figure() -> None:
    snapshot = frozen(SupplierFactory())
    public = evidence_for(snapshot, Audience.PUBLIC)
    assert snapshot.digest not in str(public)
    snapshot.evidence["o2"]["values"]["outcomes"] = 4
    assert evidence_for(snapshot, Audience.PUBLIC) == public


def test_request_renditions_asks_once() -> None:
    snapshot = frozen(SupplierFactory())
    assert request_renditions(snapshot, by=None) == request_renditions(snapshot, by=None)
    assert Job.objects.count() == 1


def test_request_renditions_asks_for_nothing_when_all_are_there() -> None:
    snapshot = frozen(SupplierFactory())
    for audience in Audience:
        for file_format in Format:
            RenditionFactory(snapshot=snapshot, audience=audience, format=file_format)
    assert has_all_renditions(snapshot)
    assert request_renditions(snapshot, by=None) is None


def test_store_asset_keeps_the_same_bytes_once() -> None:
    first, second = (store_asset(b"billede", media_type="image/png") for _ in range(2))
    assert first == second
    assert Asset.objects.count() == 1
    assert Asset.bytes_of(first) == b"billede"
