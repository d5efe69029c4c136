"""The meters of contracts and frameworks: what amendments come to, against the share that the law allows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, FloatField, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Abs, Coalesce, Round
from django.utils.translation import gettext as _

from contracts.enums import SIGNED_AMENDMENTS, AmendmentState
from contracts.meter import Basis, Change, Share, shares
from contracts.models import Amendment, Contract, FrameworkAgreement, LegalBasis

CEILING = "frameworkagreement.ceiling_dkk"
CENTS = Decimal("0.01")


@dataclass(frozen=True)
class Meter:
    """All bars of one agreement. `missing` says what to fill in when nothing can be measured, and is empty otherwise."""

    agreement: Contract | FrameworkAgreement
    shares: tuple[Share, ...]
    missing: str = ""

    @property
    def over(self) -> tuple[Share, ...]:
        return tuple(share for share in self.shares if share.is_over)


def contract_meter(contract: Contract, *, draft: Amendment | None = None) -> Meter:
    """Return a contract's meter, with a draft counted as if it were in force; two queries."""
    amendments = _counted(Q(contract=contract), draft)
    missing = (
        ""
        if contract.value_dkk
        else _(
            "The contract has no value, so the share cannot be measured. Write the value that it had when it was made."
        )
    )
    return Meter(contract, shares(_bases(), _changes(amendments, draft), contract.value_dkk), missing)


def framework_meter(framework: FrameworkAgreement, *, draft: Amendment | None = None) -> Meter:
    """Return a framework's meter: its own amendments and those of its contracts; two queries."""
    amendments = _counted(Q(framework=framework) | Q(contract__lot__framework=framework), draft)
    value = _framework_value(framework, amendments)
    missing = (
        ""
        if value
        else _(
            "The framework agreement has no estimated value and no ceiling, so the share cannot be measured. Write one of them."
        )
    )
    return Meter(framework, shares(_bases(), _changes(amendments, draft, of=framework), value), missing)


def _framework_value(framework: FrameworkAgreement, amendments: list[Amendment]) -> Decimal | None:
    """Return what a framework's amendments are measured by."""
    return framework.estimated_value_dkk or original_ceiling(framework, amendments)


def frameworks_over_share() -> set[int]:
    """Return the frameworks whose amendments, their contracts' among them, pass a share; four queries, summed in the database."""
    signed = Amendment.objects.filter(state__in=SIGNED_AMENDMENTS).order_by()
    of = Coalesce("framework_id", "contract__lot__framework_id")
    sums = (
        signed.annotate(of=of)
        .values_list("of", "legal_basis")
        .annotate(total=Sum(Abs("value_dkk")), largest=Max(Abs("value_dkk")))
    )
    bases = {basis.pk: basis for basis in _bases()}
    changes: defaultdict[int, list[Change]] = defaultdict(list)
    for framework_id, basis, total, largest in sums:
        value = total if bases[basis].is_cumulative else largest
        changes[framework_id].append(Change(basis, value.quantize(CENTS), ""))
    own = list(signed.filter(framework__in=changes))
    return {
        framework.pk
        for framework in FrameworkAgreement.objects.filter(pk__in=changes)
        if any(
            share.is_over for share in shares(bases.values(), changes[framework.pk], _framework_value(framework, own))
        )
    }


def is_over_share() -> Q:
    """Return whether a contract's amendments pass a share, over contracts: what `contract_meter(contract).over` tells."""
    own = Amendment.objects.filter(
        contract=OuterRef("pk"), state__in=SIGNED_AMENDMENTS, legal_basis__limit_percent__isnull=False
    ).order_by()
    # The value is read through the amendment: SQLite cannot group by what stands outside.
    allowed = F("legal_basis__limit_percent") * F("contract__value_dkk")
    # SQLite reckons with floating point, so what remains is rounded to the decimals that the figures have.
    alone = own.filter(legal_basis__is_cumulative=False).alias(
        excess=Round(Abs("value_dkk") * 100 - allowed, 4, output_field=FloatField())
    )
    together = (
        own.filter(legal_basis__is_cumulative=True)
        .values("legal_basis", "legal_basis__limit_percent", "contract__value_dkk")
        .alias(excess=Round(Sum(Abs("value_dkk")) * 100 - allowed, 4, output_field=FloatField()))
    )
    passed = Exists(alone.filter(excess__gt=0)) | Exists(together.filter(excess__gt=0))
    return Q(value_dkk__gt=0) & Q(passed)


def meters_of(amendment: Amendment) -> list[Meter]:
    """Return the meters that an amendment moves: its contract's and its framework's, or its framework's alone."""
    draft = amendment if amendment.is_draft else None
    if amendment.contract is None:
        return [framework_meter(amendment.target, draft=draft)]
    meters = [contract_meter(amendment.contract, draft=draft)]
    return [*meters, framework_meter(amendment.contract.lot.framework, draft=draft)]


def original_ceiling(framework: FrameworkAgreement, amendments: list[Amendment]) -> Decimal | None:
    """Return the ceiling before amendments moved it; None when there was none.

    Counted back from today's, so that a mistake which was corrected in the register does not stand.
    """
    ceiling = framework.ceiling_dkk
    for amendment in amendments:
        if amendment.framework_id != framework.pk or amendment.state != AmendmentState.IN_FORCE:
            continue
        before, after = (terms.get(CEILING) for terms in (amendment.base_terms, amendment.terms))
        if before == after:
            continue
        if ceiling is None or before is None or after is None:
            return None
        ceiling += Decimal(before) - Decimal(after)
    return ceiling


def _counted(where: Q, draft: Amendment | None) -> list[Amendment]:
    """Return what counts: what is signed, and the draft that is being written."""
    rows: QuerySet[Amendment] = Amendment.objects.filter(where, state__in=SIGNED_AMENDMENTS)
    found = list(rows.select_related("contract").order_by("framework", "contract", "number"))
    return [*found, draft] if draft is not None else found


def _bases() -> list[Basis]:
    """Return the legal bases, those with a common limit first."""
    bases = [
        Basis(basis.pk, str(basis), basis.limit_percent, basis.is_cumulative) for basis in LegalBasis.objects.all()
    ]
    return sorted(bases, key=lambda basis: (not basis.is_cumulative, basis.limit_percent is None))


def _changes(
    amendments: list[Amendment], draft: Amendment | None, *, of: FrameworkAgreement | None = None
) -> list[Change]:
    return [
        Change(amendment.legal_basis_id, amendment.value_dkk, _name(amendment, of), is_draft=amendment is draft)
        for amendment in amendments
        if amendment.legal_basis_id is not None
    ]


def _name(amendment: Amendment, framework: FrameworkAgreement | None) -> str:
    """Return what an amendment is called where it is counted: in a framework's meter a contract's names its contract."""
    name = _("amendment %(number)s") % {"number": amendment.number} if amendment.number else _("this amendment")
    if framework is None or amendment.contract is None:
        return name
    return _("contract %(contract)s, %(amendment)s") % {"contract": amendment.contract.number, "amendment": name}
