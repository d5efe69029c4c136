"""What is stored already, by the keys that the workbook uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Lower

from accounts.models import User
from committees.models import Decision
from contracts.models import (
    Amendment,
    Contract,
    ContractOption,
    ContractPrice,
    FrameworkAgreement,
    FrameworkOption,
    LegalBasis,
    Lot,
    LotPrice,
    Service,
    TargetGroup,
)
from contracts.workbook.cells import plain
from contracts.workbook.reading import ParsedBook
from suppliers.models import Supplier

BATCH = 1000  # keys in one query: SQLite takes 32,766 at most
Key = tuple[Any, ...]
ByPk = dict[int, Any]


@dataclass
class Register:
    """Records by table and key, as they are stored; what rows of the workbook make new is added under its key.

    `words` are what the workbook only refers to: people by e-mail, decisions, legal bases, target groups, services.
    """

    records: dict[str, dict[Key, Any]] = field(default_factory=lambda: defaultdict(dict))
    words: dict[str, dict[str, Any]] = field(default_factory=dict)

    def find(self, kind: str, code: str) -> Any:
        """Return the record that a reference names, or None; e-mail addresses in any case."""
        if kind in self.words:
            return self.words[kind].get(code.casefold() if kind == "users" else code)
        return self.records[kind].get((code,))

    def codes(self, kind: str) -> Iterable[str]:
        return self.words[kind] if kind in self.words else [key[0] for key in self.records[kind]]


def read_register(book: ParsedBook, *, lock: bool) -> Register:
    """Return what is stored of everything that the workbook names. With `lock` nobody else changes it meanwhile.

    Two queries for each thousand contracts. Records are shared and not joined: twenty thousand contracts of two
    thousand suppliers are so many objects and no more.
    """
    register = Register(words=_words())
    records = register.records
    people, decisions = _by_pk(register.words["users"].values()), _by_pk(register.words["decisions"].values())
    suppliers = _by_pk(_held(Supplier.objects.all(), lock))
    numbered = _held(Contract.objects.alias(folded=Lower("number")), lock)
    contracts = _by_pk(_chunked(numbered, "folded", _contract_numbers(book)))
    frameworks = _by_pk(_held(FrameworkAgreement.objects.prefetch_related("people"), lock))
    lots = _by_pk(_held(Lot.objects.prefetch_related("target_groups", "services"), lock))
    _attach(suppliers.values(), merged_into=suppliers)
    _attach(frameworks.values(), responsible=people, decision=decisions, predecessor=frameworks)
    _attach(lots.values(), framework=frameworks)
    earlier = {row.predecessor_id for row in contracts.values()} - {None, *contracts}
    known = contracts | _by_pk(_chunked(Contract.objects.all(), "pk", sorted(earlier)))
    _attach(contracts.values(), supplier=suppliers, lot=lots, responsible=people, predecessor=known)
    options = list(_children(ContractOption, FrameworkOption, contracts, frameworks))
    _attach(options, decision=decisions)
    records["suppliers"] = {(row.cvr,): row for row in suppliers.values()}
    records["frameworks"] = {(row.code,): row for row in frameworks.values()}
    records["lots"] = {(row.code,): row for row in lots.values()}
    records["contracts"] = {(row.number,): row for row in contracts.values()}
    records["options"] = {owned_key(row): row for row in options}
    if "prices" in book.rows:
        prices = list(_prices(contracts, lots))
        _attach(prices, service=_by_pk(register.words["services"].values()))
        records["prices"] = {price_key(row): row for row in prices}
    if "amendments" in book.rows:
        amendments = list(_children(Amendment, Amendment, contracts, frameworks))
        bases = _by_pk(register.words["legal_bases"].values())
        _attach(amendments, decision=decisions, legal_basis=bases)
        records["amendments"] = {owned_key(row): row for row in amendments}
    return register


def owned_key(row: Any) -> Key:
    """Return the key of an option or amendment: its contract's number or its framework's code, and its own number."""
    contract, framework = getattr(row, "contract", None), getattr(row, "framework", None)
    return (contract.number if contract else "", framework.code if framework else "", row.number)


def price_key(row: ContractPrice | LotPrice) -> Key:
    """Return the key of a price: whose it is, of what, and from when."""
    contract, lot = getattr(row, "contract", None), getattr(row, "lot", None)
    owner = (contract.number if contract else "", lot.code if lot else "")
    return (*owner, row.service.code, plain(row.unit), "" if row.valid_from is None else row.valid_from)


def neighbours(contracts: Iterable[Contract]) -> Iterator[Contract]:
    """Yield every stored contract of these contracts' suppliers."""
    suppliers = {contract.supplier.pk for contract in contracts if contract.supplier.pk}
    yield from _chunked(Contract.objects.all(), "supplier", sorted(suppliers))


def _words() -> dict[str, dict[str, Any]]:
    return {
        "users": {user.email.casefold(): user for user in User.objects.all()},
        "decisions": Decision.objects.by_code(),
        "legal_bases": LegalBasis.objects.by_code(),
        "target_groups": TargetGroup.objects.by_code(),
        "services": Service.objects.by_code(),
    }


def _contract_numbers(book: ParsedBook) -> list[str]:
    """Return the numbers of contracts that stand anywhere in the workbook, in small letters."""
    owned = dict.fromkeys(("options", "prices", "amendments"), ("contract",))
    fields = {"contracts": ("number", "predecessor"), **owned}
    rows = ((row, name) for table, names in fields.items() for row in book.rows.get(table, ()) for name in names)
    return sorted({str(row.values[name]).lower() for row, name in rows if row.values.get(name)})


def _children(of_contract: Any, of_framework: Any, contracts: ByPk, frameworks: ByPk) -> Iterator[Any]:
    """Yield what belongs to these contracts and frameworks, with the owner that is there already."""
    for row in _chunked(of_contract.objects.all(), "contract", sorted(contracts)):
        row.contract = contracts[row.contract_id]
        yield row
    for row in of_framework.objects.filter(framework__isnull=False):
        row.framework = frameworks[row.framework_id]
        yield row


def _prices(contracts: ByPk, lots: ByPk) -> Iterator[Any]:
    """Yield the prices of these contracts, and those of all lots, with the owner that is there already."""
    for row in _chunked(ContractPrice.objects.all(), "contract", sorted(contracts)):
        row.contract = contracts[row.contract_id]
        yield row
    for row in LotPrice.objects.order_by("pk"):
        row.lot = lots[row.lot_id]
        yield row


def _held(rows: Any, lock: bool) -> Any:
    return rows.select_for_update().order_by("pk") if lock else rows.order_by("pk")


def _by_pk(rows: Iterable[Any]) -> ByPk:
    return {row.pk: row for row in rows}


def _attach(rows: Iterable[Any], **relations: Mapping[int, Any]) -> None:
    for row in rows:
        for name, found in relations.items():
            key = getattr(row, row._meta.get_field(name).attname)
            setattr(row, name, found[key] if key is not None else None)


def _chunked(rows: Any, name: str, keys: list[Any]) -> Iterator[Any]:
    for start in range(0, len(keys), BATCH):
        yield from rows.filter(**{f"{name}__in": keys[start : start + BATCH]})
