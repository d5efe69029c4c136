"""Dossiers: what they hold and leave out, that they are the same each time, and who may have them."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from contracts.models import Contract
from contracts.services import save_contract
from desk.enums import Edition, LeftOut
from desk.models import Dossier
from desk.services.dossiers import make_dossier, request_dossier, sweep_dossiers
from jobs.models import Job
from jobs.services import run
from tests.conftest import client_for, person_with
from tests.factories import (
    AwardCriterionFactory,
    BidFactory,
    ContractFactory,
    DocumentFactory,
    DocumentVersionFactory,
    DossierFactory,
    FrameworkAgreementFactory,
    SpendDeliveryFactory,
    SpendFactory,
    TenderFactory,
    TenderLotFactory,
)

pytestmark = pytest.mark.django_db
REASON = "Forvaltningslovens § 15 b, nr. 1"


@pytest.fixture
def contract(officer: User) -> Contract:
    contract = ContractFactory(number="K-1", note="Hemmelig note", supplier__name="Vejen Frem")
    contract.value_dkk = 5
    save_contract(contract, reason="Rettet efter telefonsamtale", by=officer)
    shown = DocumentFactory(contract=contract, title="Kontrakt", is_visible_to_supplier=True)
    hidden = DocumentFactory(contract=contract, title="Internt notat")
    for document, number, content in ((shown, 1, b"et"), (shown, 2, b"to"), (hidden, 1, b"internt")):
        DocumentVersionFactory(
            document=document,
            number=number,
            file=ContentFile(content, name="a.pdf"),
            file_name="../../aftale.pdf",
            sha256=hashlib.sha256(content).hexdigest(),
            size_bytes=len(content),
        )
    return contract


def tell(percent: int, message: str = "") -> None:
    return None


def made(subject: Any, by: User, **choices: Any) -> Dossier:
    dossier = request_dossier(subject, **({"edition": Edition.FULL} | choices), by=by)
    make_dossier(str(dossier.pk), tell)
    dossier.refresh_from_db()
    return dossier


def archive(dossier: Dossier) -> dict[str, bytes]:
    with dossier.file.open() as stream, zipfile.ZipFile(io.BytesIO(stream.read())) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def index(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["indeks.csv"].decode("utf-8-sig")), delimiter=";"))


def extract(contract: Contract, by: User, *kinds: str) -> Dossier:
    return made(contract, by, edition=Edition.EXTRACTED, left_out=kinds or LeftOut.values, reason=REASON)


def test_everything_is_there_with_its_digest(contract: Contract, officer: User) -> None:
    files = archive(made(contract, officer))
    assert sorted(name for name in files if name.startswith("dokumenter/")) == [
        "dokumenter/K-1 Vejen Frem/Internt notat v1 aftale.pdf",
        "dokumenter/K-1 Vejen Frem/Kontrakt v1 aftale.pdf",
        "dokumenter/K-1 Vejen Frem/Kontrakt v2 aftale.pdf",
    ]
    assert files["dokumenter/K-1 Vejen Frem/Kontrakt v2 aftale.pdf"] == b"to"
    rows = index(files)
    assert {row["Fil"] for row in rows} == set(files) - {"indeks.html", "indeks.csv"}
    assert all(row["SHA-256"] == hashlib.sha256(files[row["Fil"]]).hexdigest() for row in rows)


def test_history_is_readable(contract: Contract, officer: User) -> None:
    files = archive(made(contract, officer))
    page = next(files[name] for name in files if name.startswith("historik/0001")).decode()
    assert "Rettet efter telefonsamtale" in page
    assert "Værdi i kr.: – → 5" in page
    assert "Hemmelig note" in page


def test_an_extract_leaves_out_what_is_internal_and_says_so(contract: Contract, officer: User) -> None:
    files = archive(extract(contract, officer))
    everything = b"".join(files.values()).decode()
    assert "Hemmelig note" not in everything
    assert "Rettet efter telefonsamtale" not in everything
    assert not any("Internt notat" in name for name in files if name.startswith("dokumenter"))
    assert any("Internt notat, version 1" in row["Titel"] and REASON in row["Bemærkning"] for row in index(files))
    assert REASON in files["indeks.html"].decode()


def test_only_what_was_chosen_is_left_out(contract: Contract, officer: User) -> None:
    files = archive(extract(contract, officer, LeftOut.DOCUMENTS))
    page = next(files[name] for name in files if name.startswith("historik/0001")).decode()
    assert "Hemmelig note" in page
    assert len([name for name in files if name.startswith("dokumenter")]) == 2


def test_a_dossier_about_a_framework_or_supplier_holds_their_contracts(contract: Contract, officer: User) -> None:
    for subject in (contract.supplier, contract.lot.framework):
        files = archive(made(subject, officer))
        assert len([name for name in files if name.startswith("dokumenter")]) == 3
        assert any("Kontrakt K-1" in name for name in files)
    assert len(archive(made(FrameworkAgreementFactory(), officer))) == 3


def test_the_same_dossier_has_the_same_bytes(contract: Contract, officer: User) -> None:
    dossier = made(contract, officer)
    first = archive(dossier)
    digest = dossier.sha256
    dossier.file.delete(save=True)
    make_dossier(str(dossier.pk), tell)
    dossier.refresh_from_db()
    assert (dossier.sha256, archive(dossier)) == (digest, first)


def test_made_twice_it_is_kept_once(contract: Contract, officer: User) -> None:
    dossier = made(contract, officer)
    name = dossier.file.name
    make_dossier(str(dossier.pk), tell)
    dossier.refresh_from_db()
    assert dossier.file.name == name


def test_a_missing_or_changed_file_is_told_in_the_index(contract: Contract, officer: User) -> None:
    first, second = contract.documents.get(title="Kontrakt").versions.order_by("number")
    first.file.storage.delete(first.file.name)
    with second.file.storage.open(second.file.name, "wb") as stream:
        stream.write(b"byttet")
    remarks = [
        row["Bemærkning"] for row in index(archive(made(contract, officer))) if row["Titel"].startswith("Kontrakt (")
    ]
    assert remarks == ["Filen mangler i lageret.", "Filen er ikke den, der blev lagt op."]


def test_an_extract_has_a_reason_and_leaves_something_out(contract: Contract, officer: User) -> None:
    for choices in ({"left_out": ["notes"]}, {"reason": REASON}):
        with pytest.raises(ValidationError):
            request_dossier(contract, edition=Edition.EXTRACTED, **choices, by=officer)
    assert Dossier.objects.count() == 0


def test_a_subject_that_was_deleted_fails_with_a_sentence(officer: User) -> None:
    framework = FrameworkAgreementFactory(name="Rammen")
    request_dossier(framework, edition=Edition.FULL, by=officer)
    framework.delete()
    run(Job.objects.get().pk)
    assert "Rammen" in Job.objects.get().message


def test_files_are_removed_after_a_week(contract: Contract, officer: User) -> None:
    dossier = made(contract, officer)
    name, storage = dossier.file.name, dossier.file.storage
    assert sweep_dossiers(now=timezone.now() + dt.timedelta(days=6)) == 0
    assert sweep_dossiers(now=timezone.now() + dt.timedelta(days=8)) == 1
    dossier.refresh_from_db()
    assert (bool(dossier.file), storage.exists(name), dossier.title) == (False, False, str(contract))


# --- tenders and spend


@pytest.fixture
def won(contract: Contract) -> Contract:
    """A contract that came of a tender, where somebody else bid too."""
    tender = TenderFactory(framework=contract.lot.framework, name="Udbuddet", note="Kun til os")
    lot = TenderLotFactory(tender=tender, lot=contract.lot, name="Den unge")
    AwardCriterionFactory(tender=tender, name="Kvaliteten")
    BidFactory(tender_lot=lot, supplier=contract.supplier, contract=contract, price_dkk=123_456, state="won")
    BidFactory(tender_lot=lot, supplier__name="Naboens", price_dkk=654_321)
    DocumentVersionFactory(
        document=DocumentFactory(contract=None, tender=tender, title="Betingelser"),
        number=1,
        file=ContentFile(b"vilkaar", name="b.pdf"),
        file_name="b.pdf",
        sha256=hashlib.sha256(b"vilkaar").hexdigest(),
        size_bytes=7,
    )
    return contract


def test_the_tender_stands_with_what_was_bid(won: Contract, officer: User) -> None:
    files = archive(made(won.lot.framework, officer))
    assert files["dokumenter/Udbuddet/Betingelser v1 b.pdf"] == b"vilkaar"
    everything = b"".join(files.values()).decode()
    assert all(word in everything for word in ("Kvaliteten", "Den unge", "123.456", "654.321"))


def test_another_suppliers_bid_is_in_no_dossier_about_one(won: Contract, officer: User) -> None:
    for subject in (won, won.supplier):
        everything = b"".join(archive(made(subject, officer)).values()).decode()
        assert ("Betingelser" in everything, "123.456" in everything) == (True, True)
        assert ("Naboens" in everything, "654.321" in everything) == (False, False)


def test_an_extract_can_leave_out_the_bids(won: Contract, officer: User) -> None:
    files = archive(made(won.lot.framework, officer, edition=Edition.EXTRACTED, left_out=["bids"], reason=REASON))
    assert not any("Tilbud" in name for name in files)
    assert "654.321" not in b"".join(files.values()).decode()
    left_out = [row["Titel"] for row in index(files) if row["Slags"].startswith("Tilbud")]
    assert len(left_out) == 2


def test_spend_stands_month_by_month(contract: Contract, officer: User) -> None:
    delivery = SpendDeliveryFactory(source="=Økonomi", file_name="maj.csv", extracted_on=dt.date(2025, 6, 1))
    SpendFactory(contract=contract, delivery=delivery, month=dt.date(2025, 5, 1), amount_dkk=Decimal("-12.50"))
    lines = archive(made(contract.supplier, officer))["forbrug.csv"].decode("utf-8-sig").splitlines()
    assert lines[0] == "Kontrakt;Måned;Beløb i kr.;Visitationer;Tæller med;Kilde;Filnavn;Udtrukket den"
    assert lines[1].startswith("K-1;2025-05;-12,50;")
    assert lines[1].endswith(";Ja;'=Økonomi;maj.csv;2025-06-01")
    assert "forbrug.csv" not in archive(made(ContractFactory(), officer))


# --- pages


def test_asked_for_it_is_made_in_the_background(officer_client: Client, contract: Contract) -> None:
    url = reverse("desk:dossier_new", args=["contract", contract.pk])
    assert officer_client.get(url).status_code == 200
    response = officer_client.post(url, {"edition": "full"})
    dossier = Dossier.objects.get()
    assert response.url == reverse("desk:dossier_show", args=[dossier.pk])
    assert "job-progress" in officer_client.get(response.url).content.decode()
    assert officer_client.get(reverse("desk:dossier_progress", args=[dossier.pk])).json()["is_open"] is True
    assert run(Job.objects.get().pk)
    page = officer_client.get(response.url).content.decode()
    assert reverse("desk:dossier_download", args=[dossier.pk]) in page
    download = officer_client.get(reverse("desk:dossier_download", args=[dossier.pk]))
    assert b"".join(download.streaming_content)[:2] == b"PK"
    assert "no-store" in download["Cache-Control"]
    assert str(contract) in officer_client.get(reverse("desk:dossiers")).content.decode()


def test_an_extract_without_a_reason_is_told_at_the_field(officer_client: Client, contract: Contract) -> None:
    url = reverse("desk:dossier_new", args=["contract", contract.pk])
    response = officer_client.post(url, {"edition": "extracted", "left_out": ["notes"]})
    assert response.context["form"].errors["reason"]
    assert Dossier.objects.count() == 0


def test_only_whoever_asked_may_have_it(officer: User, contract: Contract) -> None:
    dossier = made(contract, officer)
    from accounts.enums import Role

    other = client_for(person_with(Role.ADMINISTRATOR))
    for name in ("dossier_show", "dossier_progress", "dossier_download"):
        assert other.get(reverse(f"desk:{name}", args=[dossier.pk])).status_code == 404


def test_readers_are_refused_and_unknown_kinds_not_found(
    reader_client: Client, officer_client: Client, contract: Contract
) -> None:
    assert reader_client.get(reverse("desk:dossier_new", args=["contract", contract.pk])).status_code == 403
    assert officer_client.get(reverse("desk:dossier_new", args=["user", 1])).status_code == 404
    assert officer_client.get(reverse("desk:dossier_new", args=["contract", 0])).status_code == 404


def test_a_dossier_whose_file_is_gone_says_so(officer: User, officer_client: Client) -> None:
    dossier = DossierFactory(requested_by=officer)
    assert "syv dage" in officer_client.get(reverse("desk:dossier_show", args=[dossier.pk])).content.decode()
    assert officer_client.get(reverse("desk:dossier_download", args=[dossier.pk])).status_code == 404
