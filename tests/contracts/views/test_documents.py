"""Documents are handed in with their file, and handed out as downloads that no browser runs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from contracts.models import Contract, Document, DocumentVersion
from contracts.services import add_version
from tests.factories import (
    ContractFactory,
    DocumentCategoryFactory,
    DocumentFactory,
    DocumentVersionFactory,
    FrameworkAgreementFactory,
)
from tests.records.files.made import PDF, office, upload
from tests.records.forms import posted

ADD = "contracts:document_add"


@pytest.fixture
def contract(db: None) -> Contract:
    return ContractFactory()


@pytest.fixture
def version(officer: User) -> DocumentVersion:
    return add_version(DocumentFactory(), upload("Kontrakt æ.pdf", PDF), by=officer)


def add_page(owner: object, **query: str) -> str:
    name = "contract" if isinstance(owner, Contract) else "framework"
    extra = "".join(f"&{key}={value}" for key, value in query.items())
    return f"{reverse(ADD)}?{name}={owner.pk}{extra}"


# --- who may


def test_ladder_of_adding(
    contract: Contract, officer_client: Client, reader_client: Client, supplier_client: Client
) -> None:
    address = add_page(contract)
    assert officer_client.get(address).status_code == 200
    assert [client.get(address).status_code for client in (reader_client, supplier_client)] == [403, 403]
    assert Client().get(address).status_code == 302
    assert officer_client.get(f"{reverse(ADD)}?contract={contract.pk + 1}").status_code == 404
    assert officer_client.get(f"{reverse(ADD)}?contract=x").status_code == 404
    assert officer_client.put(address).status_code == 405


def test_ladder_of_versions(
    version: DocumentVersion, officer_client: Client, reader_client: Client, supplier_client: Client
) -> None:
    address = reverse("contracts:version_add", args=[version.document.pk])
    assert officer_client.get(address).status_code == 200
    assert [client.post(address).status_code for client in (reader_client, supplier_client)] == [403, 403]
    assert officer_client.get(reverse("contracts:version_add", args=[version.document.pk + 1])).status_code == 404
    assert officer_client.put(address).status_code == 405


# --- in


@pytest.mark.parametrize("kind", ["contract", "framework"])
def test_document_is_added_with_its_file(officer_client: Client, officer: User, kind: str) -> None:
    owner = ContractFactory() if kind == "contract" else FrameworkAgreementFactory()
    category = DocumentCategoryFactory()
    here = reverse("contract:index")
    address = add_page(owner, next=here)
    data = posted(officer_client, address, category=str(category.pk), file=upload("Bilag 1.pdf", PDF), note="Ny")
    response = officer_client.post(address, data | {"is_visible_to_supplier": "on"})
    assert (response.status_code, response["Location"]) == (302, here)
    document = Document.objects.get()
    assert (document.owner, document.title, document.is_visible_to_supplier) == (owner, "Bilag 1", True)
    assert (document.versions.get().uploaded_by, document.versions.get().note) == (officer, "Ny")


def test_document_is_added_to_a_chosen_contract(officer_client: Client, contract: Contract) -> None:
    data = posted(officer_client, reverse(ADD), category=str(DocumentCategoryFactory().pk), title="Kontrakt")
    data |= {"file": upload("k.pdf", PDF), "contract": str(contract.pk)}
    assert officer_client.post(reverse(ADD), data).status_code == 302
    assert Document.objects.get().contract == contract


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("makro.docx", office(".docx", word__vbaProject_bin=b"x"), "makroer"),
        ("program.exe", b"MZ", "tages ikke ind"),
        ("tom.pdf", b"", "tom"),
        ("010190-1234.pdf", PDF, "CPR"),
    ],
)
def test_what_may_do_harm_is_refused_at_the_file(
    officer_client: Client, contract: Contract, name: str, content: bytes, sentence: str
) -> None:
    address = add_page(contract)
    data = posted(officer_client, address, category=str(DocumentCategoryFactory().pk), file=upload(name, content))
    response = officer_client.post(address, data)
    assert response.status_code == 200
    assert sentence in response.context["form"].errors["file"][0]
    assert (Document.objects.count(), DocumentVersion.objects.count()) == (0, 0)


def test_document_of_nobody_is_refused(officer_client: Client) -> None:
    data = posted(officer_client, reverse(ADD), category=str(DocumentCategoryFactory().pk))
    response = officer_client.post(reverse(ADD), data | {"file": upload("k.pdf", PDF)})
    assert "Vælg" in str(response.context["form"].errors)


def test_too_large_is_told_before_it_is_read(officer_client: Client, contract: Contract, settings) -> None:
    settings.DOCUMENT_MAX_BYTES = 1000
    address = add_page(contract)
    data = posted(officer_client, address, file=upload("stor.pdf", PDF + bytes(2 * 1024 * 1024)))
    errors = officer_client.post(address, data).context["form"].errors
    assert list(errors) == ["file"]
    assert "større end 1000" in errors["file"][0]


def test_new_version_stands_in_front(version: DocumentVersion, officer_client: Client) -> None:
    document = version.document
    address = reverse("contracts:version_add", args=[document.pk])
    again = officer_client.post(address, {"file": upload("Kontrakt.pdf", PDF)})
    assert "den samme som version 1" in again.context["form"].errors["file"][0]
    response = officer_client.post(address, {"file": upload("Kontrakt.pdf", PDF + b"2"), "note": "Rettet"}, follow=True)
    assert response.redirect_chain[0][0] == document.get_absolute_url()
    assert [row.number for row in response.context["versions"]] == [2, 1]


# --- out


def test_file_is_handed_out_to_be_saved(
    version: DocumentVersion, officer_client: Client, reader_client: Client
) -> None:
    address = reverse("contracts:version_download", args=[version.pk])
    for client in (officer_client, reader_client):
        response = client.get(address)
        assert b"".join(response.streaming_content) == PDF  # which also closes the file
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Content-Disposition"] == "attachment; filename*=utf-8''Kontrakt%20%C3%A6.pdf"


def test_file_that_is_not_visible_is_not_there(
    version: DocumentVersion, officer_client: Client, supplier_client: Client
) -> None:
    address = reverse("contracts:version_download", args=[version.pk])
    assert supplier_client.get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert officer_client.get(reverse("contracts:version_download", args=[version.pk + 1])).status_code == 404
    assert officer_client.post(address).status_code == 405
    version.document.delete()
    assert officer_client.get(address).status_code == 404


def test_file_that_is_gone_is_told_with_its_digest(version: DocumentVersion, officer_client: Client) -> None:
    version.file.storage.delete(version.file.name)
    response = officer_client.get(reverse("contracts:version_download", args=[version.pk]))
    assert response.status_code == 404
    assert version.sha256 in response.content.decode()


# --- register


@pytest.mark.parametrize("rows", [1, 3])
def test_register_takes_the_same_queries(officer_client: Client, rows: int) -> None:
    for _row in range(rows):
        document = DocumentFactory()
        DocumentVersionFactory(document=document, number=1)
        DocumentVersionFactory(document=document, number=2)
    with CaptureQueriesContext(connection) as asked:
        response = officer_client.get(reverse("document:index_results"))
    assert len(response.context["object_list"]) == rows
    assert len(asked) == 9


def test_registers_own_page_for_new_ones_leads_on(officer_client: Client, reader_client: Client) -> None:
    address = reverse("document:add")
    assert officer_client.get(f"{address}?next=/admin/")["Location"] == f"{reverse(ADD)}?next=%2Fadmin%2F"
    assert officer_client.post(address).status_code == 405
    assert reader_client.get(address, follow=True).status_code == 403


def test_register_is_filtered_and_exported(officer_client: Client, contract: Contract) -> None:
    category = DocumentCategoryFactory(name="Forsikringsbeviset")
    old = DocumentFactory(contract=contract, category=category, title="Gammelt", expires_on=dt.date(2020, 1, 1))
    new = DocumentVersionFactory(document__contract=contract, document__title="Nyt", number=1).document

    def found(query: str) -> list[Document]:
        return list(officer_client.get(f"{reverse('document:index')}?{query}").context["object_list"])

    assert found("has_expired=true") == [old]
    assert found("has_expired=false") == [new]
    assert found(f"category={category.pk}") == [old]
    assert found(f"supplier={contract.supplier.pk}&q=nyt") == [new]
    address = f"{reverse('document:index')}?export=csv&category={category.pk}"
    lines = b"".join(officer_client.get(address).streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1] == f"Gammelt;Forsikringsbeviset;{contract};;;;2020-01-01;Nej"


def test_page_of_a_document_shows_its_digest(
    version: DocumentVersion, officer_client: Client, reader_client: Client
) -> None:
    texts = [
        client.get(version.document.get_absolute_url()).content.decode() for client in (officer_client, reader_client)
    ]
    assert all(version.sha256 in text for text in texts)
    upload_to = reverse("contracts:version_add", args=[version.document.pk])
    assert [upload_to in text for text in texts] == [True, False]


def test_document_is_described_and_deleted_with_a_way_back(version: DocumentVersion, officer_client: Client) -> None:
    document = version.document
    address = reverse("document:edit", args=[document.pk])
    assert officer_client.post(address, posted(officer_client, address, title="Nyt navn")).status_code == 302
    assert officer_client.post(reverse("document:delete", args=[document.pk])).status_code == 302
    assert not Document.objects.exists()
    moment = Document.history.filter(history_type="-").get().history_date.isoformat()
    officer_client.post(reverse("document:restore", args=[document.pk]), {"moment": moment})
    assert Document.objects.get().versions.get() == version


def test_contracts_that_lack_documents_are_found(officer_client: Client, contract: Contract) -> None:
    category = DocumentCategoryFactory(is_required=True)
    from contracts.models import DocumentCategory

    DocumentCategory.objects.exclude(pk=category.pk).update(is_required=False)
    whole = DocumentVersionFactory(document__category=category).document.contract
    rows = {
        value: list(officer_client.get(f"{reverse('contract:index')}?lacks_documents={value}").context["object_list"])
        for value in ("true", "false")
    }
    assert rows == {"true": [contract], "false": [whole]}
    text = officer_client.get(reverse("contract:inspect", args=[contract.pk])).content.decode()
    assert f"“{category}” mangler." in text
