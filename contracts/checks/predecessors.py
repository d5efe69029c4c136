"""No agreement comes before itself."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from contracts.models import Contract, FrameworkAgreement
from records.checks import Problem


def check_predecessors() -> Iterator[Problem]:
    """Find agreements whose predecessors lead back to themselves; two queries, and one for each kind that has any."""
    for model in (FrameworkAgreement, Contract):
        rows = model._base_manager.filter(predecessor__isnull=False)
        before: dict[int, int] = dict(rows.values_list("pk", "predecessor"))
        found = [key for key in before if _returns(key, before)]
        if found:
            text = _("Its predecessors lead back to itself. Leave the first of them without a predecessor.")
            joined = model._base_manager.select_related().filter(pk__in=found).order_by("pk")
            yield from (Problem(record, text) for record in joined)


def _returns(key: int, before: dict[int, int]) -> bool:
    met, earlier = set[int](), before.get(key)
    while earlier is not None and earlier != key and earlier not in met:
        met.add(earlier)
        earlier = before.get(earlier)
    return earlier == key
