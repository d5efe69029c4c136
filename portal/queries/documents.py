"""The documents that the municipality has shared with a supplier, of its contracts and of the frameworks above them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from contracts.models import Contract, Document, DocumentVersion
from portal.acting import Acting

PER_PAGE = 50


@dataclass(frozen=True)
class SharedDocument:
    document: Document
    newest: DocumentVersion
    is_expired: bool

    @property
    def belongs_to(self) -> str:
        contract, framework = self.document.contract, self.document.framework
        if contract is not None:
            return _("Contract %(number)s, %(lot)s") % {"number": contract.number, "lot": contract.lot}
        return framework.name if framework is not None else ""


def own_documents(acting: Acting) -> QuerySet[Document]:
    """Return what is shared with whoever one acts for: the one rule of who sees a document, limited to that supplier."""
    contracts = acting.rows(Contract).filter(supplier=acting.supplier).order_by()
    of_own = Q(contract__in=contracts.values("pk")) | Q(framework__in=contracts.values("lot__framework"))
    return acting.rows(Document).filter(of_own)


def shared_documents(acting: Acting, *, page: Any) -> tuple[Page, list[SharedDocument]]:
    """Return one page of documents that have a file, by what they belong to; three queries."""
    newest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    found = own_documents(acting).annotate(newest_id=Subquery(newest.values("pk")[:1])).exclude(newest_id=None)
    rows = found.select_related("category", "contract__lot__framework", "contract__supplier", "framework")
    shown = Paginator(rows.order_by("framework__name", "contract__number", "category__name", "title", "pk"), PER_PAGE)
    shown_page = shown.get_page(page)
    documents: list[Any] = list(shown_page)
    files = DocumentVersion.objects.in_bulk([document.newest_id for document in documents])
    return shown_page, [
        SharedDocument(
            document,
            files[document.newest_id],
            document.expires_on is not None and document.expires_on < acting.today,
        )
        for document in documents
    ]
