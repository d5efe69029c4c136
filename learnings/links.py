"""Where a supplier's people find their reports."""

from __future__ import annotations

from learnings.models import ReportVersion

# The portal lies above this room; tests hold that it answers at these addresses.
ADDRESS = "/portal/{supplier_id}/"
RECEIPT = ADDRESS + "rapporter/{report_id}/version/{number}/kvittering/"


def portal_address(supplier_id: int) -> str:
    """Return the page of the portal on which a supplier sees what is to be done."""
    return ADDRESS.format(supplier_id=supplier_id)


def receipt_address(version: ReportVersion) -> str:
    """Return the page of the portal on which the receipt of a submitted version stands."""
    report = version.report
    supplier_id = report.supplier.survivor_id
    return RECEIPT.format(supplier_id=supplier_id, report_id=report.pk, number=version.number)
