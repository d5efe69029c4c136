"""Gather what a dossier holds: the records, their history in words, and the files of their documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contracts.models import (
    Amendment,
    AwardCriterion,
    Bid,
    Contract,
    Document,
    DocumentVersion,
    FrameworkAgreement,
    Lot,
    Obligation,
    Spend,
    Tender,
    TenderLot,
)
from desk.enums import LeftOut
from records.children import child_relations
from records.values import NOTHING, display, field_display
from records.versions import Entry, entries_of, has_history
from suppliers.models import Supplier

# Fields that are the municipality's own, by what leaves them out.
INTERNAL_FIELDS = {
    LeftOut.NOTES: frozenset({"note", "retender_plan", "retender_strategy", "retender_starts_on", "status_reason"}),
    LeftOut.CASE_DATA: frozenset(
        {"f2_case_number", "edoc_case_number", "responsible", "responsible_unit", "people", "owner"}
    ),
}
WORKING = frozenset({"base_terms", "terms", "id"})


@dataclass(frozen=True)
class RecordPage:
    """One record with its facts and its history, as a page of the dossier."""

    kind: str
    name: str
    facts: list[tuple[str, str]]
    entries: list[Entry]


@dataclass(frozen=True)
class Omission:
    """What an extract leaves out, and under which heading."""

    name: str
    what: str


@dataclass
class Contents:
    """Everything of a dossier; `omissions` grows while it is gathered."""

    pages: list[RecordPage] = field(default_factory=list)
    files: list[DocumentVersion] = field(default_factory=list)
    spend: list[Spend] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)


def gather(subject: models.Model, left_out: frozenset[str]) -> Contents:
    """Return what a dossier about a supplier, a framework or a contract holds."""
    contents = Contents()
    records = list(_records(subject))
    hidden = frozenset[str]().union(*(INTERNAL_FIELDS.get(LeftOut(kind), frozenset()) for kind in left_out))
    for record in records:
        if isinstance(record, Bid) and LeftOut.BIDS in left_out:
            contents.omissions.append(Omission(_name(record), str(LeftOut.BIDS.label)))
        else:
            contents.pages.append(_page(record, hidden, left_out))
    contents.spend += _spend(subject)
    for version in _files(_documents(subject)):
        if LeftOut.DOCUMENTS in left_out and not version.document.is_visible_to_supplier:
            contents.omissions.append(Omission(_file_title(version), str(LeftOut.DOCUMENTS.label)))
        else:
            contents.files.append(version)
    told = [page for page in records if not (isinstance(page, Bid) and LeftOut.BIDS in left_out)]
    contents.omissions += _omitted_fields(told, left_out)
    return contents


def _records(subject: models.Model) -> Iterator[models.Model]:
    """Yield the record itself and what belongs to it, in a fixed order."""
    yield subject
    contracts, tenders = _contracts(subject), _tenders(subject)
    if isinstance(subject, FrameworkAgreement):
        yield from Lot.objects.filter(framework=subject).order_by("code")
    if not isinstance(subject, Contract):
        yield from contracts
    owned = Q(contract__in=contracts.order_by())
    if isinstance(subject, FrameworkAgreement):
        owned |= Q(framework=subject)
    yield from tenders
    yield from _tender_lots(subject)
    yield from AwardCriterion.objects.filter(tender__in=tenders.order_by()).order_by("tender", "position", "pk")
    yield from _bids(subject)
    yield from Amendment.objects.filter(owned).select_related("contract__supplier", "framework").order_by("pk")
    yield from Obligation.objects.filter(owned).order_by("pk")
    yield from _documents(subject)


def _contracts(subject: models.Model) -> models.QuerySet[Contract]:
    rows = Contract.objects.select_related("supplier", "lot").order_by("number")
    if isinstance(subject, Supplier):
        return rows.filter(supplier=subject)
    return (
        rows.filter(lot__framework=subject) if isinstance(subject, FrameworkAgreement) else rows.filter(pk=subject.pk)
    )


def _tenders(subject: models.Model) -> models.QuerySet[Tender]:
    """Return the tenders that the agreement came of, or that the supplier bid in."""
    if isinstance(subject, Supplier):
        led = Q(pk__in=TenderLot.objects.filter(bids__supplier=subject).values("tender"))
    elif isinstance(subject, FrameworkAgreement):
        led = Q(framework=subject)
    else:
        led = Q(pk__in=TenderLot.objects.filter(lot__contracts=subject.pk).values("tender"))
    return Tender.objects.filter(led).order_by("code")


def _tender_lots(subject: models.Model) -> models.QuerySet[TenderLot]:
    rows = TenderLot.objects.select_related("tender").order_by("tender__code", "code")
    if isinstance(subject, Supplier):
        return rows.filter(pk__in=Bid.objects.filter(supplier=subject).values("tender_lot"))
    if isinstance(subject, FrameworkAgreement):
        return rows.filter(tender__framework=subject)
    return rows.filter(lot__contracts=subject.pk)


def _bids(subject: models.Model) -> models.QuerySet[Bid]:
    """Return the bids that are the subject's own: all of a framework's, one's own of a supplier's or contract's."""
    rows = Bid.objects.select_related("supplier", "tender_lot__tender").order_by("tender_lot", "pk")
    if isinstance(subject, Supplier):
        return rows.filter(supplier=subject)
    if isinstance(subject, FrameworkAgreement):
        return rows.filter(tender_lot__tender__framework=subject)
    return rows.filter(contract=subject)


def _spend(subject: models.Model) -> models.QuerySet[Spend]:
    """Return every month that was reported, also what a newer delivery has taken the place of."""
    rows = Spend.objects.filter(contract__in=_contracts(subject).order_by()).select_related("contract", "delivery")
    return rows.order_by("contract__number", "month", "pk")


def _documents(subject: models.Model) -> models.QuerySet[Document]:
    owned = Q(contract__in=_contracts(subject).order_by()) | Q(tender__in=_tenders(subject).order_by())
    if isinstance(subject, FrameworkAgreement):
        owned |= Q(framework=subject)
    return Document.objects.filter(owned).order_by("pk")


def _files(documents: models.QuerySet[Document]) -> models.QuerySet[DocumentVersion]:
    versions = DocumentVersion.objects.filter(document__in=documents.order_by().values("pk"))
    joined = versions.select_related(
        "document__category", "document__contract__supplier", "document__framework", "document__tender"
    )
    owners = ("document__contract__number", "document__framework__code", "document__tender__code")
    return joined.order_by(*owners, "document_id", "number")


def _page(record: models.Model, hidden: frozenset[str], left_out: frozenset[str]) -> RecordPage:
    facts = [
        (capfirst(str(column.verbose_name)), _value(record, column))
        for column in [*record._meta.concrete_fields, *record._meta.many_to_many]
        if column.name not in hidden | WORKING
    ]
    facts += [
        (capfirst(str(relation.related_model._meta.verbose_name_plural)), display(list(_rows(record, relation))))
        for relation in child_relations(type(record))
    ]
    facts = [(label, value) for label, value in facts if value != NOTHING]
    entries = entries_of(type(record), record.pk) if has_history(type(record)) else []
    labels = _labels(record, hidden | WORKING)
    shown = [_entry(entry, labels, left_out) for entry in entries]
    return RecordPage(capfirst(str(record._meta.verbose_name)), str(record), facts, shown)


def _rows(record: models.Model, relation: models.ManyToOneRel) -> models.QuerySet:
    """Return options, prices and the like: rows that are edited with the record."""
    return getattr(record, relation.get_accessor_name()).all()


def _value(record: models.Model, column: models.Field) -> str:
    if column.is_relation:
        return display(getattr(record, column.name))
    return field_display(column, getattr(record, column.attname))


def _labels(record: models.Model, names: frozenset[str]) -> frozenset[str]:
    return frozenset(
        capfirst(str(column.verbose_name))
        for column in [*record._meta.concrete_fields, *record._meta.many_to_many]
        if column.name in names
    )


def _entry(entry: Entry, labels: frozenset[str], left_out: frozenset[str]) -> Entry:
    changes = [change for change in entry.changes if change.label not in labels]
    reason = "" if LeftOut.NOTES in left_out else entry.reason
    return Entry(entry.moment, entry.kind, entry.by, reason, entry.is_current, changes)


def _omitted_fields(records: list[models.Model], left_out: frozenset[str]) -> Iterator[Omission]:
    """Yield the fields that are left out where they have a value."""
    for kind in sorted(left_out & {kind.value for kind in INTERNAL_FIELDS}):
        for record in records:
            for column in [*record._meta.concrete_fields, *record._meta.many_to_many]:
                if column.name in INTERNAL_FIELDS[LeftOut(kind)] and _value(record, column) != NOTHING:
                    yield Omission(f"{_name(record)}: {column.verbose_name}", str(LeftOut(kind).label))


def _name(record: models.Model) -> str:
    return f"{capfirst(str(record._meta.verbose_name))} {record}"


def _file_title(version: DocumentVersion) -> str:
    return _("%(document)s, version %(number)s: %(file)s") % {
        "document": version.document.title,
        "number": version.number,
        "file": version.file_name,
    }
