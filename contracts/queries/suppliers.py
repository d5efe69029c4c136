"""What suppliers have of contracts, for lists of suppliers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from contracts.models import Contract


def with_running_contracts(suppliers: Any, *, today: dt.date) -> Any:
    """Annotate suppliers with `running_contracts`: how many of their contracts bind both sides that day."""
    running = Contract.objects.in_force(today=today).filter(supplier=OuterRef("pk")).order_by().values("supplier")
    return suppliers.annotate(running_contracts=Coalesce(Subquery(running.annotate(n=Count("pk")).values("n")), 0))
