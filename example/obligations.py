"""What the contracts require, with what was fulfilled, waived and forgotten, and a few of their documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.utils import formats, timezone

from accounts.enums import Role
from accounts.models import User
from committees.models import Decision
from contracts.enums import ObligationKind
from contracts.models import (
    Contract,
    Document,
    DocumentCategory,
    Lot,
    Obligation,
    ObligationOccurrence,
    ObligationSet,
    ObligationTemplate,
)
from contracts.services import (
    add_document,
    apply_obligation_sets,
    fulfil_obligation,
    plan_many,
    save_obligation_set,
    waive_obligation,
)
from example import files
from example.learnings import YEAR
from example.people import holder_of
from example.small_pdf import page_of

Row = Mapping[str, Any]
# What fell due longer ago than this is done, but for what the file says is late.
SETTLED_AFTER = dt.timedelta(days=14)
INSURED_YEARS = 1


def load() -> None:
    """Load `obligations.toml`; sets and documents that are there stay as people have made them."""
    data, officer, today = files.read("obligations"), holder_of(Role.PROCUREMENT), timezone.localdate()
    for row in data["sets"].values():
        if not ObligationSet.objects.filter(name=row["name"]).exists():
            _add_set(row, since=data["since"], today=today, by=officer)
            _settle(row, data, today=today, by=officer)
    for key in _contracts(lots=data["sets"]["drift"]["lots"]):
        _load_documents(key, is_whole=key != data["without_data_agreement"], by=officer)


def _add_set(row: Row, *, since: dt.date, today: dt.date, by: User) -> None:
    obligation_set = ObligationSet(name=row["name"], decision=Decision.objects.filter(code=row["decision"]).first())
    obligation_set.templates.set([ObligationTemplate(**fields) for fields in row["obligations"]])
    lots = Lot.objects.filter(code__in=row["lots"])
    save_obligation_set(obligation_set, related={"lots": lots}, today=today, by=by)
    apply_obligation_sets(obligation_set, today=today, since=since, by=by)
    given = Obligation.objects.filter(template__obligation_set=obligation_set)
    plan_many(given.values_list("pk", flat=True), today=today, since=since, by=by)


def _settle(row: Row, data: Row, *, today: dt.date, by: User) -> None:
    """Settle what fell due long ago, a day or so before it did; the newest of those that are late is forgotten.

    The experience reports of the example's round settle their own when they are accepted.
    """
    past = ObligationOccurrence.objects.open().filter(
        obligation__template__obligation_set__name=row["name"], due_on__lt=today - SETTLED_AFTER
    )
    left = _newest(past, data["late"])
    *which, reason = data["waived"]
    waived = _newest(past, [which])
    past = past.exclude(obligation__kind=ObligationKind.EXPERIENCE_REPORT, due_on__year=YEAR)
    for occurrence in past.select_related("obligation__contract").order_by("due_on"):
        on = occurrence.due_on - dt.timedelta(days=occurrence.due_on.day % 5)
        if occurrence.pk in waived:
            waive_obligation(occurrence, reason=reason, on=on, by=by)
        elif occurrence.pk not in left:
            fulfil_obligation(occurrence, on=on, by=by)


def _newest(past: Any, places: list[list[str]]) -> set[int]:
    found = [past.filter(obligation__contract=_contract(key), obligation__title=title) for key, title in places]
    return {newest.pk for rows in found if (newest := rows.order_by("due_on").last())}


# --- documents


def _load_documents(key: str, *, is_whole: bool, by: User) -> None:
    contract = _contract(key)
    _load_document(contract, "Kontrakt", f"Kontrakt {contract.number}", is_visible_to_supplier=True, by=by)
    if is_whole:
        _load_document(contract, "Databehandleraftale", "Databehandleraftale", is_visible_to_supplier=True, by=by)
    insured = ObligationOccurrence.objects.filter(
        obligation__contract=contract, obligation__kind=ObligationKind.INSURANCE, state="fulfilled", evidence_id=None
    ).order_by("due_on")
    if last := insured.last():
        expires_on = last.due_on.replace(year=last.due_on.year + INSURED_YEARS)
        title = f"Forsikringsbevis {last.due_on.year}"
        _load_document(contract, "Forsikringsbevis", title, expires_on=expires_on, by=by)


def _load_document(contract: Contract, category: str, title: str, *, by: User, **facts: Any) -> None:
    kind, _made = DocumentCategory.objects.get_or_create(name=category)
    if Document.objects.filter(contract=contract, category=kind).exists():
        return
    lines = [title, str(contract.supplier), str(contract.lot), f"Gælder fra {formats.date_format(contract.starts_on)}."]
    file = ContentFile(page_of([*lines, "Opdigtet dokument til eksemplet."]), name=f"{title}.pdf")
    add_document(Document(contract=contract, category=kind, title=title, **facts), file=file, by=by)


def _contracts(*, lots: list[str]) -> list[str]:
    return [key for key, row in files.read("register")["contracts"].items() if row["lot"] in lots]


def _contract(key: str) -> Contract:
    return Contract.objects.get(number=files.read("register")["contracts"][key]["f2_case_number"])
