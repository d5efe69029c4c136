"""Lists about agreements, for whichever page shows them: of a supplier, a framework or a lot."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contracts.bars import bars_of
from contracts.enums import IN_FORCE, OccurrenceState
from contracts.models import (
    Amendment,
    Contract,
    Document,
    DocumentVersion,
    FrameworkAgreement,
    ObligationOccurrence,
)
from contracts.models.documents import owner_field
from contracts.queries.documents import documents_of
from contracts.queries.obligations import obligations_of
from contracts.queries.shares import contract_meter, framework_meter
from contracts.rules import can_edit_agreements
from contracts.validity import standing
from contracts.views.links import begin_url
from desk.tables import Column, Table
from desk.viewer import Viewer
from records.views.lists import last_label
from records.viewsets import address_of

Agreement = Contract | FrameworkAgreement
Contracts = models.QuerySet[Contract]


def label(model: type[models.Model], name: str) -> str:
    """Return what a field is called, as a heading."""
    return last_label(model, name)


def contracts_table(contracts: Contracts, viewer: Viewer, *, without: str = "", whole_list_url: str = "") -> Table:
    """Return contracts with where they stand today, the running ones first; `without` the column that the page is about."""
    columns = {
        "number": Column(label(Contract, "number"), lambda row: row.number, address_of),
        "supplier": Column(label(Contract, "supplier"), lambda row: row.supplier, lambda row: address_of(row.supplier)),
        "lot": Column(label(Contract, "lot"), lambda row: row.lot, lambda row: address_of(row.lot)),
        "framework": Column(
            _("Framework agreement"),
            lambda row: row.lot.framework,
            lambda row: address_of(row.lot.framework),
        ),
        "starts_on": Column(label(Contract, "starts_on"), lambda row: row.starts_on),
        "ends_on": Column(label(Contract, "effective_ends_on"), lambda row: row.effective_ends_on),
        "validity": Column(_("Validity"), lambda row: capfirst(standing(row, today=viewer.today).sentence)),
        "value": Column(label(Contract, "value_dkk"), lambda row: row.value_dkk, is_number=True),
    }
    rows = contracts.select_related("supplier", "lot__framework").with_validity(today=viewer.today)  # type: ignore[attr-defined]
    return Table(
        name="kontrakter",
        title=_("Contracts"),
        columns=[column for name, column in columns.items() if name != without],
        rows=rows.order_by(_running_first(), "lot__code", "number"),
        empty_text=_("No contracts yet."),
        whole_list_url=whole_list_url,
    )


def _running_first() -> models.Case:
    return models.Case(models.When(validity__in=list(IN_FORCE), then=0), default=1, output_field=models.IntegerField())


def amendments_table(amendments: models.QuerySet[Amendment]) -> Table:
    """Return amendments, the newest first."""
    return Table(
        name="aendringer",
        title=_("Amendments"),
        columns=[
            Column(label(Amendment, "number"), lambda row: row.number, is_number=True),
            Column(label(Amendment, "title"), lambda row: row.title, address_of),
            Column(_("Agreement"), lambda row: row.target, lambda row: address_of(row.target)),
            Column(label(Amendment, "legal_basis"), lambda row: row.legal_basis),
            Column(label(Amendment, "value_dkk"), lambda row: row.value_dkk, is_number=True),
            Column(label(Amendment, "effective_on"), lambda row: row.effective_on),
            Column(label(Amendment, "state"), lambda row: row.get_state_display()),
            Column(_("In spite of a warning"), lambda row: row.justification),
        ],
        rows=amendments.select_related("contract__supplier", "framework", "legal_basis").order_by(
            "-effective_on", "-pk"
        ),
        empty_text=_("No amendments yet."),
    )


def amendments_tab(
    agreement: Contract | FrameworkAgreement, amendments: models.QuerySet[Amendment], viewer: Viewer
) -> dict[str, Any]:
    """Return amendments that count for an agreement, and the meter of what they come to."""
    meter = contract_meter(agreement) if isinstance(agreement, Contract) else framework_meter(agreement)
    return {
        "tables": [amendments_table(amendments)],
        "meter": meter,
        "bars": bars_of(meter),
        "begin_url": begin_url(agreement) if can_edit_agreements(viewer.user) else None,
    }


def occurrences_table(occurrences: models.QuerySet[ObligationOccurrence], viewer: Viewer) -> Table:
    """Return the times that obligations are due: the open ones first, the oldest of them on top."""
    source = Column(_("Agreement"), lambda row: row.obligation.source, lambda row: address_of(row.obligation.source))
    is_open = models.Case(
        models.When(state=OccurrenceState.OPEN, then=0), default=1, output_field=models.IntegerField()
    )
    rows = occurrences.select_related("obligation__contract__supplier", "obligation__framework", "obligation__owner")
    return Table(
        name="forpligtelser",
        title=_("Due dates of obligations"),
        columns=[
            Column(label(ObligationOccurrence, "due_on"), lambda row: row.due_on),
            Column(_("Obligation"), lambda row: row.obligation.title, lambda row: address_of(row.obligation)),
            source,
            Column(_("Who must do it"), lambda row: row.obligation.get_party_display()),
            Column(_("Followed up by"), lambda row: row.obligation.owner),
            Column(label(ObligationOccurrence, "state"), lambda row: _state(row, viewer)),
        ],
        rows=rows.order_by(is_open, "due_on", "pk"),
        empty_text=_("No obligations yet."),
    )


def _state(occurrence: ObligationOccurrence, viewer: Viewer) -> str:
    if occurrence.is_open and occurrence.due_on < viewer.today:
        return _("Overdue")
    return str(occurrence.get_state_display())


def documents_table(documents: models.QuerySet[Document], *, title: str = "") -> Table:
    """Return documents by category, each with its newest version."""
    versions = DocumentVersion.objects.filter(document=models.OuterRef("pk")).order_by("-number")
    rows = documents.select_related("category", "contract__supplier", "framework").annotate(
        newest_pk=models.Subquery(versions.values("pk")[:1]),
        newest_name=models.Subquery(versions.values("file_name")[:1]),
        newest_number=models.Subquery(versions.values("number")[:1]),
        newest_at=models.Subquery(versions.values("uploaded_at")[:1]),
    )
    return Table(
        name="dokumenter",
        title=title or _("Documents"),
        columns=[
            Column(label(Document, "title"), lambda row: row.title, address_of),
            Column(label(Document, "category"), lambda row: row.category),
            Column(_("Agreement"), lambda row: row.owner, lambda row: address_of(row.owner)),
            Column(_("File"), lambda row: row.newest_name, _file_address),
            Column(_("Version"), lambda row: row.newest_number, is_number=True),
            Column(_("Uploaded"), lambda row: row.newest_at),
            Column(label(Document, "expires_on"), lambda row: row.expires_on),
            Column(label(Document, "is_visible_to_supplier"), lambda row: row.is_visible_to_supplier),
        ],
        rows=rows.order_by("category__name", "title", "pk"),
        empty_text=_("No documents yet."),
    )


def _file_address(document: Any) -> str | None:
    return reverse("contracts:version_download", args=[document.newest_pk]) if document.newest_pk else None


def own_obligations(agreement: Agreement, viewer: Viewer) -> dict[str, Any]:
    """Return what an agreement itself requires, with what can be done about it, for `desk/_obligations.html`."""
    add = f"{reverse('obligation:add')}?{owner_field(agreement)}={agreement.pk}"
    return {"obligations": obligations_of(agreement, user=viewer.user, today=viewer.today), "add_url": add}


def own_documents(agreement: Agreement, viewer: Viewer) -> dict[str, Any]:
    """Return the agreement's own documents and what is missing among them, for `desk/_documents.html`."""
    return {"documents": documents_of(agreement, user=viewer.user, today=viewer.today)}
