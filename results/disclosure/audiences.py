"""Who looks: the municipality, one supplier, or the public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from contracts.enums import SharingLevel
from contracts.models import Contract
from suppliers.models import Supplier

FEWEST_OTHERS = 3  # with two others, each finds the other by subtracting itself
_ORDER = (SharingLevel.NONE, SharingLevel.POOLED, SharingLevel.UNNAMED, SharingLevel.NAMED)


class AudienceKind(Enum):
    MUNICIPALITY = "municipality"
    SUPPLIER = "supplier"
    PUBLIC = "public"


@dataclass(frozen=True)
class Audience:
    """A reader. Use `MUNICIPALITY`, `PUBLIC`, or `supplier_audience(supplier)`.

    `own` are the ids under which the supplier's figures were counted. `levels` says for each lot that it has a contract in what
    it sees of the others there, `frameworks` the same for each framework as a whole: the least of its lots.
    """

    kind: AudienceKind
    own: frozenset[int] = frozenset()
    levels: Mapping[int, SharingLevel] = field(default_factory=lambda: MappingProxyType({}))
    frameworks: Mapping[int, SharingLevel] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_supplier(self) -> bool:
        return self.kind is AudienceKind.SUPPLIER

    @property
    def is_municipality(self) -> bool:
        return self.kind is AudienceKind.MUNICIPALITY

    def level_in(self, *, framework_id: int | None, lot_id: int | None) -> SharingLevel:
        """Return what the supplier sees of others in a lot; in a framework, or everywhere, the least of its contracts."""
        if lot_id is not None:
            return self.levels.get(lot_id, SharingLevel.NONE)
        if framework_id is not None:
            return self.frameworks.get(framework_id, SharingLevel.NONE)
        return least(self.frameworks.values())


MUNICIPALITY = Audience(AudienceKind.MUNICIPALITY)
PUBLIC = Audience(AudienceKind.PUBLIC)


def supplier_audience(supplier: Supplier) -> Audience:
    """Return the supplier as a reader, by the level of sharing of its contracts; two queries."""
    family = frozenset(Supplier.objects.family_of(supplier).values_list("pk", flat=True))
    rows = Contract.objects.filter(supplier__in=family).values_list("lot_id", "lot__framework_id", "sharing_level")
    lots: dict[int, list[SharingLevel]] = {}
    frameworks: dict[int, list[SharingLevel]] = {}
    for lot_id, framework_id, level in rows:
        lots.setdefault(lot_id, []).append(SharingLevel(level))
        frameworks.setdefault(framework_id, []).append(SharingLevel(level))
    return Audience(
        AudienceKind.SUPPLIER,
        own=family,
        levels=MappingProxyType({lot: least(found) for lot, found in lots.items()}),
        frameworks=MappingProxyType({framework: least(found) for framework, found in frameworks.items()}),
    )


def least(levels: Iterable[SharingLevel]) -> SharingLevel:
    """Return the level that shares least; nothing is shared without any."""
    return min(levels, key=_ORDER.index, default=SharingLevel.NONE)
