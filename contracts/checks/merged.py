"""A supplier that was merged into another holds no contract."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from contracts.models import Contract
from records.checks import Problem


def check_no_merged_suppliers() -> Iterator[Problem]:
    """Find contracts that stayed with a supplier that was merged into another; one query."""
    left = Contract.objects.filter(supplier__merged_into__isnull=False).select_related("supplier__merged_into")
    for contract in left.order_by("pk"):
        text = _("Its supplier “%(name)s” was merged into “%(survivor)s”. Give the contract to that one.")
        yield Problem(contract, text % {"name": contract.supplier.name, "survivor": contract.supplier.survivor.name})
