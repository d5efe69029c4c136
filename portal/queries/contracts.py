"""A supplier's own contracts: what was agreed, and where they stand in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contracts.enums import ENDED, Validity
from contracts.models import Contract
from contracts.queries.documents import DocumentRow, documents_of
from contracts.queries.supplier_tasks import SupplierTask, tasks_of
from contracts.terms import notice_deadline
from contracts.validity import Standing, standing
from portal.acting import Acting
from records.values import display

CALM = frozenset({Validity.VALID, Validity.NOT_BEGUN})


@dataclass(frozen=True)
class ContractRow:
    """A contract with where it stands today; `tone` is how that is marked, beside its words."""

    contract: Contract
    standing: Standing

    @property
    def sentence(self) -> str:
        return capfirst(self.standing.sentence)

    @property
    def has_ended(self) -> bool:
        return self.standing.state in ENDED

    @property
    def tone(self) -> str:
        return "success" if self.standing.state in CALM else "info" if self.has_ended else "warning"

    @property
    def label(self) -> str:
        return str(self.standing.state.label)


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class ContractPage:
    row: ContractRow
    facts: tuple[Fact, ...]
    prices: tuple[Any, ...]
    options: tuple[str, ...]
    tasks: tuple[SupplierTask, ...]
    documents: tuple[DocumentRow, ...]
    contact: Any


def own_contracts(acting: Acting) -> Any:
    """Return the contracts of whoever one acts for."""
    return acting.rows(Contract).filter(supplier=acting.supplier).select_related("lot__framework", "supplier")


def contract_rows(acting: Acting) -> list[ContractRow]:
    """Return every contract, the running ones first; one query."""
    found = own_contracts(acting).order_by("lot__framework__name", "lot__code", "-starts_on")
    rows = [ContractRow(contract, standing(contract, today=acting.today)) for contract in found]
    return sorted(rows, key=lambda row: row.has_ended)


def contract_page(contract: Contract, acting: Acting) -> ContractPage:
    """Return what stands on a contract's page; a fixed number of queries."""
    own = own_contracts(acting).filter(pk=contract.pk)
    tab = documents_of(contract, user=acting.user, today=acting.today)
    return ContractPage(
        row=ContractRow(contract, standing(contract, today=acting.today)),
        facts=tuple(fact for fact in _facts(contract) if fact.value),
        prices=tuple(contract.prices.select_related("service")),
        options=tuple(str(option) for option in contract.options.order_by("number")),
        tasks=tasks_of(own, user=acting.user, today=acting.today),
        documents=tab.rows,
        contact=contract.responsible or contract.lot.framework.responsible,
    )


def _facts(contract: Contract) -> list[Fact]:
    framework = contract.lot.framework
    notice = contract.notice_months if contract.notice_months is not None else framework.notice_months
    last_day = notice_deadline(contract.effective_ends_on, notice, to_month_end=contract.notice_to_month_end)
    return [
        Fact(_("Framework agreement"), framework.name),
        Fact(_("Lot"), str(contract.lot)),
        Fact(_("Period"), period(contract)),
        Fact(_("Value in DKK"), _text(contract.value_dkk)),
        Fact(_("Agreed notice"), _months(notice)),
        Fact(_("Latest day to give notice"), _text(last_day)),
        Fact(_("Cannot be terminated before"), _text(contract.non_terminable_until)),
        Fact(_("Signed by the municipality"), _text(contract.signed_by_municipality_on)),
        Fact(_("Signed by the supplier"), _text(contract.signed_by_supplier_on)),
        Fact(_("Last referral day"), _text(contract.last_referral_on)),
        Fact(_("Courses that have begun end by"), _text(contract.run_off_ends_on)),
        Fact(_("Expected referrals a year (not guaranteed)"), _text(contract.expected_referrals_per_year)),
        Fact(_("What you see of the other suppliers' results"), contract.get_sharing_level_display()),
        Fact(_("The municipality's case number"), contract.edoc_case_number or contract.f2_case_number),
    ]


def period(contract: Contract) -> str:
    """Return the period with options and amendments; an open end is said in words."""
    first = formats.date_format(contract.starts_on)
    if contract.effective_ends_on is None:
        return _("from %(first)s, without an end") % {"first": first}
    return f"{first} – {formats.date_format(contract.effective_ends_on)}"


def _text(value: Any) -> str:
    return display(value) if value is not None else ""


def _months(number: int | None) -> str:
    return "" if number is None else _("%(number)s months") % {"number": number}
