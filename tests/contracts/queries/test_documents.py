"""What a contract lacks: one rule in two forms, and a tab in few queries."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from contracts.models import Contract, Document, DocumentCategory, DocumentVersion
from contracts.queries.documents import (
    DocumentsTab,
    MissingDocument,
    documents_of,
    lacking_documents,
    missing_documents,
)
from tests.factories import (
    ContractFactory,
    DocumentCategoryFactory,
    DocumentFactory,
    DocumentVersionFactory,
    FrameworkAgreementFactory,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 15)
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def required() -> DocumentCategory:
    DocumentCategory.objects.update(is_required=False)
    return DocumentCategoryFactory(name="Påkrævet", is_required=True)


def with_file(**fields: object) -> Document:
    return DocumentVersionFactory(document=DocumentFactory(**fields)).document


def lacks(contract: Contract) -> list[MissingDocument]:
    """Return what the contract lacks, as far as the rule in the database says the same."""
    missing = list(missing_documents([contract], today=TODAY)[contract.pk])
    assert lacking_documents(Contract.objects.all(), today=TODAY).filter(pk=contract.pk).exists() == bool(missing)
    return missing


def test_contract_without_a_required_document(required: DocumentCategory) -> None:
    assert lacks(ContractFactory()) == [MissingDocument(required)]


def test_contract_with_it(required: DocumentCategory) -> None:
    assert lacks(with_file(category=required).contract) == []
    assert lacks(with_file(category=required, expires_on=TODAY).contract) == []


@pytest.mark.parametrize(
    ("fields", "expired_on"),
    [({"expires_on": YESTERDAY}, YESTERDAY), ({"contract": None}, None)],
    ids=["expired", "another's"],
)
def test_what_does_not_count(required: DocumentCategory, fields: dict[str, object], expired_on: dt.date | None) -> None:
    framework = {"framework": FrameworkAgreementFactory()} if "contract" in fields else {}
    document = with_file(category=required, **fields, **framework)
    contract = document.contract or ContractFactory()
    assert lacks(contract) == [MissingDocument(required, expired_on)]


def test_document_without_a_file_does_not_count(required: DocumentCategory) -> None:
    assert lacks(DocumentFactory(category=required).contract) == [MissingDocument(required)]


def test_newer_document_stands_for_an_expired_one(required: DocumentCategory) -> None:
    contract = with_file(category=required, expires_on=YESTERDAY).contract
    with_file(contract=contract, category=required)
    assert lacks(contract) == []


def test_nothing_required_is_nothing_missing(required: DocumentCategory) -> None:
    required.is_required = False
    required.save()
    assert lacks(ContractFactory()) == []


@pytest.mark.parametrize("count", [1, 3])
def test_missing_takes_two_queries(required: DocumentCategory, count: int, django_assert_num_queries) -> None:
    contracts = [ContractFactory() for _number in range(count)]
    with django_assert_num_queries(2):
        assert len(missing_documents(contracts, today=TODAY)) == count


# --- the tab


@pytest.mark.parametrize("count", [1, 3])
def test_tab_takes_the_same_queries(
    officer: User, required: DocumentCategory, count: int, django_assert_num_queries
) -> None:
    officer.roles()
    contract = ContractFactory()
    for _number in range(count):
        document = DocumentFactory(contract=contract, expires_on=YESTERDAY)
        DocumentVersionFactory(document=document, number=1)
        DocumentVersionFactory(document=document, number=2)
    with django_assert_num_queries(4):
        tab = documents_of(contract, user=officer, today=TODAY)
    assert [(row.newest.number, row.version_count, row.is_expired) for row in tab.rows] == [(2, 2, True)] * count
    assert (tab.missing, tab.owner_field) == ((MissingDocument(required),), "contract")


def test_tab_of_a_supplier_gathers_its_contracts(officer: User) -> None:
    document = DocumentFactory()
    DocumentFactory()
    tab = documents_of(document.contract.supplier, user=officer, today=TODAY)
    assert ([row.document for row in tab.rows], tab.missing, tab.owner) == ([document], (), None)


def test_supplier_sees_nothing(supplier_user: User) -> None:
    document = with_file(is_visible_to_supplier=True)
    nothing = documents_of(document.contract, user=supplier_user, today=TODAY)
    assert isinstance(nothing, DocumentsTab)
    assert nothing.rows == ()
    assert not DocumentVersion.objects.visible_to(supplier_user).exists()
