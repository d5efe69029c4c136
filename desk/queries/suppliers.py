"""Everything about one supplier, tab by tab. Rows are those that the viewer may see; a constant number of queries each."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Contract, Document, ObligationOccurrence
from desk.queries.agreements import contracts_table, documents_table, label, occurrences_table
from desk.queries.deadlines import deadlines_table, next_deadlines
from desk.queries.facts import fact
from desk.queries.spend import months_table, referrals_table, spent_since
from desk.queries.timeline import gathered, of_agreements, of_supplier
from desk.tables import Column, Table
from desk.viewer import Viewer
from learnings.models import ExperienceReport, MainPoint, ReportVersion
from records.pages import Banner
from records.views.reads import Row
from records.viewsets import address_of
from suppliers.banners import banners_of
from suppliers.enums import MeetingLevel
from suppliers.models import Supplier
from suppliers.queries import team_of
from suppliers.rules import can_edit_suppliers

FIRST_EVENTS = 12


def contracts_of(supplier: Supplier, viewer: Viewer) -> Any:
    return viewer.rows(Contract).filter(supplier=supplier)


def banners(supplier: Supplier, viewer: Viewer) -> list[Banner]:
    return banners_of(supplier)


def facts(supplier: Supplier, viewer: Viewer) -> list[Row]:
    """Return what one wants to know first; 3 queries."""
    contracts = contracts_of(supplier, viewer)
    running = contracts.in_force(today=viewer.today).aggregate(
        contracts=models.Count("pk"), frameworks=models.Count("lot__framework", distinct=True)
    )
    return [
        fact(label(Supplier, "cvr"), supplier.cvr),
        fact(label(Supplier, "status"), supplier.get_status_display()),
        fact(_("Running contracts"), running["contracts"]),
        fact(_("Under framework agreements"), running["frameworks"]),
        fact(_("Contracts in all"), contracts.count()),
        fact(_("Spend of the last 12 months in DKK"), spent_since(contracts, viewer, months=12)),
    ]


def overview(supplier: Supplier, viewer: Viewer) -> dict[str, Any]:
    limit = FIRST_EVENTS * viewer.number("flere", largest=50)
    contracts = contracts_of(supplier, viewer)
    sources = (*of_agreements(viewer, contracts=contracts, limit=limit), *of_supplier(viewer, supplier, limit=limit))
    people = list(supplier.contacts.all())
    return {
        "contacts": [
            (level, [each for each in people if each.is_active and each.level == level]) for level in MeetingLevel
        ],
        "has_contacts": bool(people),
        "former_contacts": [each for each in people if not each.is_active],
        "units": list(supplier.units.all()),
        "merged": list(viewer.rows(Supplier).filter(merged_into=supplier).order_by("name")),
        "next": next_deadlines(viewer, supplier_id=supplier.pk),
        "timeline": gathered(sources, limit=limit),
        "more": viewer.number("flere", largest=50) + 1,
    }


def contracts(supplier: Supplier, viewer: Viewer) -> dict[str, Any]:
    register = f"{reverse('contract:index')}?supplier={supplier.cvr}"
    rows = contracts_of(supplier, viewer)
    return {"tables": [contracts_table(rows, viewer, without="supplier", whole_list_url=register)]}


def deadlines(supplier: Supplier, viewer: Viewer) -> dict[str, Any]:
    return {"tables": [deadlines_table(viewer, supplier_id=supplier.pk)]}


def spend(supplier: Supplier, viewer: Viewer) -> dict[str, Any]:
    rows = contracts_of(supplier, viewer)
    return {"tables": [referrals_table(rows, viewer), months_table(rows, viewer)]}


def obligations(supplier: Supplier, viewer: Viewer) -> dict[str, Any]:
    of_contracts = viewer.rows(ObligationOccurrence).filter(
        obligation__contract__in=contracts_of(supplier, viewer).values("pk")
    )
    return {"tables": [occurrences_table(of_contracts, viewer)]}


def documents(supplier: Supplier, viewer: Viewer) -> dict[str, Any]:
    of_contracts = viewer.rows(Document).filter(contract__in=contracts_of(supplier, viewer).values("pk"))
    return {"tables": [documents_table(of_contracts)]}


def team(supplier: Supplier, viewer: Viewer) -> dict[str, Any]:
    """Return who acts for the supplier in the portal and who is invited, and whether the viewer may change that."""
    may_change = can_edit_suppliers(viewer.user) and not supplier.is_merged
    return {"team": team_of(supplier, user=viewer.user, now=timezone.now()), "can_manage_team": may_change}


def reports(supplier: Supplier, viewer: Viewer) -> dict[str, Any]:
    """Return the reports of all rounds, and the main points that rest on what the supplier wrote."""
    family = Supplier.objects.family_of(supplier)
    submitted = ReportVersion.objects.submitted().filter(report=models.OuterRef("pk")).order_by("-number")
    rows = viewer.rows(ExperienceReport).filter(supplier__in=family).select_related("round", "supplier__merged_into")
    rows = rows.annotate(
        version=models.Subquery(submitted.values("number")[:1]),
        submitted_at=models.Subquery(submitted.values("submitted_at")[:1]),
        handed_in_by=models.Subquery(submitted.values("handed_in_by")[:1]),
    )
    points = viewer.rows(MainPoint).filter(
        pk__in=MainPoint.excerpts.through.objects.filter(excerpt__answer__version__report__supplier__in=family).values(
            "mainpoint_id"
        )
    )
    return {"tables": [_reports_table(rows), _points_table(points)]}


def _reports_table(reports: models.QuerySet[ExperienceReport]) -> Table:
    return Table(
        name="erfaringsopsamlinger",
        title=_("Experience reports"),
        columns=[
            Column(_("Round"), lambda row: row.round, lambda row: reverse("learnings:report_show", args=[row.pk])),
            Column(_("Submitted"), lambda row: row.submitted_at),
            Column(_("Version"), lambda row: row.version, is_number=True),
            Column(label(ReportVersion, "handed_in_by"), lambda row: row.handed_in_by),
            Column(_("Handed in as"), lambda row: row.supplier.name_then_and_now),
        ],
        rows=reports.order_by("-round__year", "pk"),
        empty_text=_("No experience reports yet."),
    )


def _points_table(points: models.QuerySet[MainPoint]) -> Table:
    return Table(
        name="hovedpointer",
        title=_("Main points that rest on its answers"),
        columns=[
            Column(_("Main point"), lambda row: row.heading, address_of),
            Column(_("Round"), lambda row: row.round, lambda row: reverse("learnings:round_show", args=[row.round_id])),
            Column(_("Question"), lambda row: row.question),
        ],
        rows=points.select_related("round", "question").order_by("-round__year", "order", "pk"),
        empty_text=_("No main points rest on what the supplier has written."),
    )
