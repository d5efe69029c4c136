"""What of the register is published as open data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Max, QuerySet

from contracts.models import Amendment, Contract, FrameworkAgreement, Lot
from contracts.open_data.releases import Published
from contracts.validity import signed_by
from suppliers.models import Supplier


def public_frameworks(*, today: dt.date) -> QuerySet[FrameworkAgreement]:
    """Return the frameworks under which a contract has been signed by both sides."""
    lots = public_contracts(today=today).order_by().values("lot__framework")
    return FrameworkAgreement.objects.filter(pk__in=lots).order_by("starts_on", "code")


def public_contracts(*, today: dt.date) -> QuerySet[Contract]:
    return Contract.objects.filter(signed_by(today))


def published(*, code: str = "", today: dt.date) -> Iterator[Published]:
    """Yield each public framework (or the one with a code) with what is published of it; ten queries for each."""
    frameworks = public_frameworks(today=today).prefetch_related("options")
    for framework in frameworks.filter(code=code) if code else frameworks:
        lots = tuple(framework.lots.prefetch_related("target_groups", "services").order_by("code"))
        contracts = public_contracts(today=today).filter(lot__framework=framework)
        joined = contracts.select_related("supplier", "lot__framework").order_by(
            "lot__code", "supplier__cvr", "starts_on"
        )
        rows = tuple(joined.prefetch_related("options", "amendments__legal_basis"))
        yield Published(framework, lots, rows, _changed_at(framework))


def last_change(*, code: str = "") -> dt.datetime | None:
    """Return when anything that may be published last changed, of one framework or of all."""
    moments = [rows.aggregate(newest=Max("history_date"))["newest"] for rows in _histories(code)]
    return max((moment for moment in moments if moment is not None), default=None)


def _changed_at(framework: FrameworkAgreement) -> dt.datetime:
    changed = last_change(code=framework.code)
    return changed or dt.datetime.combine(framework.starts_on, dt.time.min, tzinfo=dt.UTC)


def _histories(code: str) -> list[Any]:
    paths = {FrameworkAgreement: "code", Lot: "framework__code", Contract: "lot__framework__code"}
    histories = [
        model.history.filter(**{path: code}) if code else model.history.all()  # type: ignore[attr-defined]
        for model, path in paths.items()
    ]
    amendments, suppliers = Amendment.history.all(), Supplier.history.all()
    if code:
        amendments = amendments.filter(contract__lot__framework__code=code)
        suppliers = suppliers.filter(id__in=Contract.objects.filter(lot__framework__code=code).values("supplier"))
    return [*histories, amendments, suppliers]
