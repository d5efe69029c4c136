"""Documents of agreements as pages show them, and which ones a contract lacks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import User
from accounts.rules import AnyUser
from contracts.models import Contract, Document, DocumentCategory, DocumentVersion, FrameworkAgreement, Tender
from contracts.models.documents import owner_field
from suppliers.models import Supplier

Owner = Contract | FrameworkAgreement | Tender


@dataclass(frozen=True)
class MissingDocument:
    """A kind of document that a contract must have and has not; `expired_on` when the last one has expired."""

    category: DocumentCategory
    expired_on: dt.date | None = None


@dataclass(frozen=True)
class DocumentRow:
    """A document with its newest file."""

    document: Document
    newest: DocumentVersion | None
    version_count: int
    is_expired: bool


@dataclass(frozen=True)
class DocumentsTab:
    """The documents of an agreement, a tender or a supplier, and what is missing among them.

    `owner` is None for a supplier, whose documents belong to several contracts.
    """

    rows: tuple[DocumentRow, ...]
    missing: tuple[MissingDocument, ...]
    owner: Owner | None
    owner_field: str


def documents_of(owner: Owner | Supplier, *, user: User, today: dt.date) -> DocumentsTab:
    """Return what a tab about documents shows; the number of queries does not grow with the rows."""
    visible = Document.objects.visible_to(user)
    if isinstance(owner, Supplier):
        return DocumentsTab(_rows(visible.filter(contract__supplier=owner), today), (), None, "")
    missing = missing_documents([owner], today=today)[owner.pk] if isinstance(owner, Contract) else ()
    return DocumentsTab(_rows(visible.of_owner(owner), today), missing, owner, owner_field(owner))


def missing_documents(contracts: Iterable[Contract], *, today: dt.date) -> dict[int, tuple[MissingDocument, ...]]:
    """Return by contract which required kinds of documents it lacks; two queries, however many contracts.

    A document that has expired is missing, and so is one without a file.
    """
    keys = [contract.pk for contract in contracts]
    required = list(DocumentCategory.objects.filter(is_required=True))
    held = _with_file(Document.objects.filter(contract__in=keys, category__in=required))
    expiries: defaultdict[tuple[int, int], list[dt.date | None]] = defaultdict(list)
    for contract, category, expires_on in held.values_list("contract", "category", "expires_on"):
        expiries[contract, category].append(expires_on)
    return {key: tuple(_missing(required, key, expiries, today)) for key in keys}


def lacking_documents(contracts: models.QuerySet[Contract], *, today: dt.date) -> models.QuerySet[Contract]:
    """Return the contracts that lack a required document; the same rule in the database."""
    lacks: Any = Q(pk__in=[])
    for category in DocumentCategory.objects.filter(is_required=True):
        held = Document.objects.valid_on(today).filter(contract=OuterRef("pk"), category=category)
        lacks |= ~Exists(_with_file(held))
    return contracts.filter(lacks)


def open_version(user: AnyUser, version_id: int) -> DocumentVersion | None:
    """Return a file that the person may see, with its document; None for any other."""
    return DocumentVersion.objects.visible_to(user).select_related("document").filter(pk=version_id).first()


def _with_file(documents: models.QuerySet[Document]) -> models.QuerySet[Document]:
    return documents.filter(Exists(DocumentVersion.objects.filter(document=OuterRef("pk"))))


def _missing(
    required: list[DocumentCategory],
    contract: int,
    expiries: dict[tuple[int, int], list[dt.date | None]],
    today: dt.date,
) -> Iterable[MissingDocument]:
    for category in required:
        days = expiries.get((contract, category.pk), [])
        past = [day for day in days if day is not None and day < today]
        if len(past) == len(days):
            yield MissingDocument(category, max(past, default=None))


def _rows(documents: models.QuerySet[Document], today: dt.date) -> tuple[DocumentRow, ...]:
    versions = Prefetch("versions", DocumentVersion.objects.select_related("uploaded_by").order_by("-number"))
    found = documents.select_related("category", "contract__supplier", "framework", "tender")
    return tuple(_row(document, today) for document in found.prefetch_related(versions))


def _row(document: Document, today: dt.date) -> DocumentRow:
    versions = list(document.versions.all())
    is_expired = document.expires_on is not None and document.expires_on < today
    return DocumentRow(document, versions[0] if versions else None, len(versions), is_expired)
