"""Where a supplier's people find their reports, and what rooms above offer on a round's pages."""

from __future__ import annotations

from dataclasses import dataclass

from learnings.models import ExperienceReport, ReportEdition, ReportVersion

# The portal lies above this room; tests hold that it answers at these addresses.
ADDRESS = "/portal/{supplier_id}/"
# The website lies above, too.
PUBLIC = "/erfaringer/{year}/{slug}/"
RECEIPT = ADDRESS + "rapporter/{report_id}/version/{number}/kvittering/"


@dataclass(frozen=True)
class RoundLink:
    """What a room above offers on a page of a round, in the Wagtail hook `round_links` (the request, the round).

    With `why_not`, a sentence, it cannot be done yet, and the sentence stands in its place.
    """

    label: str
    url: str
    why_not: str = ""
    is_first: bool = False


def report_address(supplier_id: int, report: ExperienceReport | None) -> str:
    """Return the page of the portal on which a supplier's report stands, or is begun."""
    return ADDRESS.format(supplier_id=supplier_id) + (f"rapporter/{report.pk}/" if report else "rapporter/")


def receipt_address(version: ReportVersion) -> str:
    """Return the page of the portal on which the receipt of a submitted version stands."""
    report = version.report
    supplier_id = report.supplier.survivor_id
    return RECEIPT.format(supplier_id=supplier_id, report_id=report.pk, number=version.number)


def public_address(edition: ReportEdition, report: ExperienceReport) -> str:
    """Return the page of the website on which an edition of a report stands."""
    return PUBLIC.format(year=report.round.year, slug=edition.slug)
