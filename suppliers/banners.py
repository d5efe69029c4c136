"""What stands on top of a supplier's pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from records.pages import Banner
from records.values import display
from suppliers.enums import SupplierStatus
from suppliers.models import Supplier

TONES = {
    SupplierStatus.WATCHED: "warning",
    SupplierStatus.PAUSED: "critical",
    SupplierStatus.ENDED: "critical",
}


def banners_of(supplier: Supplier) -> list[Banner]:
    """Return what a reader must know before anything else: how the cooperation stands, if not as it should."""
    found = [merged_note(supplier)] if supplier.is_merged else []
    if tone := TONES.get(SupplierStatus(supplier.status)):
        text = _("%(status)s since %(day)s: %(reason)s") % {
            "status": supplier.get_status_display(),
            "day": display(supplier.status_since),
            "reason": supplier.status_reason,
        }
        found.append(Banner(text, tone))
    return found


def merged_note(supplier: Supplier) -> Banner:
    text = _("“%(name)s” was merged into “%(survivor)s” on %(day)s.") % {
        "name": supplier.name,
        "survivor": supplier.survivor.name,
        "day": display(supplier.merged_at and supplier.merged_at.date()),
    }
    return Banner(text)
