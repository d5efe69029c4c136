"""Frameworks, lots and contracts with their options, prices and amendments, made as people make them: by the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from accounts.models import User
from contracts.enums import OptionState
from contracts.models import (
    Amendment,
    Contract,
    ContractOption,
    ContractPrice,
    FrameworkAgreement,
    FrameworkOption,
    LegalBasis,
    Lot,
    Service,
    TargetGroup,
)
from contracts.queries.agreed_terms import terms_of
from contracts.services import bring_into_force, put_into_force, save_contract, save_draft, save_framework, save_lot
from example import people
from example.records import ensure
from suppliers.models import Supplier

Row = Mapping[str, Any]


def load(data: Row, *, by: User | None) -> None:
    """Load what `register.toml` says of agreements; those that are there stay as they are."""
    for code, row in data["frameworks"].items():
        _load_framework(code, row, by=by)
    for code, row in data["lots"].items():
        _load_lot(code, row, by=by)
    for row in data["contracts"].values():
        _load_contract(row, data, by=by)
    for row in data["amendments"].values():
        _load_amendment(row, data["contracts"][row["contract"]], by=by)


def _load_framework(code: str, row: Row, *, by: User | None) -> None:
    copied = (
        "name", "starts_on", "notice_months", "ceiling_dkk", "responsible_unit", "f2_case_number", "edoc_case_number",
    )  # fmt: skip
    ensure(
        FrameworkAgreement,
        key={"code": code},
        ends_on=row["base_ends_on"],
        responsible=people.user(row["responsible"]),
        options=_options(FrameworkOption, row, exercised=len(row["options_exercised"]), decided=_decided(row)),
        save=save_framework,
        by=by,
        **{name: row[name] for name in copied},
    )


def _load_lot(code: str, row: Row, *, by: User | None) -> None:
    ensure(
        Lot,
        key={"code": code},
        framework=FrameworkAgreement.objects.get(code=row["framework"]),
        name=row["name"],
        related={
            "target_groups": TargetGroup.objects.filter(code__in=row["target_groups"]),
            "services": Service.objects.filter(code__in=row["services"]),
        },
        save=save_lot,
        by=by,
    )


def _load_contract(row: Row, data: Row, *, by: User | None) -> None:
    lot = data["lots"][row["lot"]]
    decided = _decided(data["frameworks"][lot["framework"]])
    services = Service.objects.filter(code__in=lot["services"]).by_code()
    copied = ("starts_on", "notice_months", "value_dkk", "f2_case_number", "edoc_case_number")
    ensure(
        Contract,
        key={"number": row["f2_case_number"]},
        supplier=Supplier.objects.get(cvr=data["suppliers"][row["supplier"]]["cvr"]),
        lot=Lot.objects.get(code=row["lot"]),
        ends_on=row["base_ends_on"],
        options=_options(ContractOption, row, exercised=row["options_exercised"], decided=decided),
        signed_by_municipality_on=row["signed_on"],
        signed_by_supplier_on=row["signed_on"],
        expected_referrals_per_year=row["expected_courses_a_year"],
        prices=[ContractPrice(service=services[code], **data["prices"][code]) for code in lot["services"]],
        save=save_contract,
        by=by,
        **{name: row[name] for name in copied},
    )


def _decided(framework: Row) -> dict[int, dt.date]:
    """Return when each of a framework's options was exercised; its contracts' were exercised with them."""
    return {option["number"]: option["decided_on"] for option in framework["options_exercised"]}


def _options(model: type[Any], row: Row, *, exercised: int, decided: dict[int, dt.date]) -> list[Any]:
    options = [model(number=number, length_months=row["option_months"]) for number in range(1, row["option_count"] + 1)]
    for option in options[:exercised]:
        option.state, option.decided_on = OptionState.EXERCISED, decided[option.number]
    return options


def _load_amendment(row: Row, contract_row: Row, *, by: User | None) -> None:
    contract = Contract.objects.get(number=contract_row["f2_case_number"])
    if contract.amendments.filter(title=row["title"]).exists():
        return
    base = terms_of(contract)
    copied = ("title", "rationale", "value_dkk", "effective_on")
    draft = Amendment(
        contract=contract,
        legal_basis=LegalBasis.objects.get(code=row["legal_basis"]),
        base_terms=base,
        terms=base | {f"contract.{name}": value for name, value in row["terms"].items()},
        **{name: row[name] for name in copied},
    )
    amendment = save_draft(draft, by=by)
    if "signed_on" in row:
        amendment = put_into_force(amendment, signed_on=row["signed_on"], today=row["signed_on"], by=by)
        if amendment.is_agreed:
            bring_into_force(amendment, today=row["effective_on"], by=by)
