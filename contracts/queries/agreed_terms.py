"""The terms of an agreement as a draft holds them, and an agreement with the terms of a draft in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.db import models

from contracts.differences import Terms
from contracts.enums import OptionState
from contracts.models import Contract, ContractPrice, FrameworkAgreement
from contracts.models.agreed_terms import ROW_FIELDS, TERM_FIELDS, key_of, restored, stored_fields

Agreement = TypeVar("Agreement", Contract, FrameworkAgreement)


def terms_of(agreement: Contract | FrameworkAgreement) -> dict[str, Any]:
    """Return an agreement's terms: its fields, its prices, and the options that are not decided yet.

    A decided option is a fact and no term. Rows that were set on the agreement without being saved count.
    """
    model = str(agreement._meta.model_name)
    fields = stored_fields(agreement, TERM_FIELDS[model])
    return {key_of(model, name): value for name, value in fields.items()} | dict(_rows_of(agreement))


def set_terms(agreement: Contract | FrameworkAgreement, terms: Terms) -> None:
    """Set terms on an agreement and its rows in memory; decided options stay as they are."""
    model = str(agreement._meta.model_name)
    _set_columns(agreement, TERM_FIELDS[model], dict(_under(model, terms)))
    options = list(agreement.options.all())
    decided = [option for option in options if option.state != OptionState.OPEN]
    agreement.options.set([*decided, *_options(agreement, options, terms)])
    if isinstance(agreement, Contract):
        agreement.prices.set(_prices(agreement, terms))


def editable_copy(agreement: Agreement, terms: Terms) -> Agreement:
    """Return a copy in memory with the terms of a draft, and no other options than those that may still be changed."""
    copy = type(agreement)._base_manager.get(pk=agreement.pk)
    set_terms(copy, terms)
    copy.options.set([option for option in copy.options.all() if option.state == OptionState.OPEN])
    return copy


def number_open_options(
    agreement: Contract | FrameworkAgreement, *, decided: Iterable[int], was_open: Iterable[int]
) -> None:
    """Give the options of an edited copy their numbers in the order that they stand in.

    They take over the numbers that open options had, and then those that follow.
    """
    free = sorted(was_open)
    following = max([0, *free, *decided])
    options = sorted(agreement.options.all(), key=lambda option: option.number)
    for place, option in enumerate(options):
        option.number = free[place] if place < len(free) else following + place - len(free) + 1


def _rows_of(agreement: Contract | FrameworkAgreement) -> Iterator[tuple[str, Any]]:
    if isinstance(agreement, Contract):
        for price in agreement.prices.all():
            row = stored_fields(price, ROW_FIELDS["contractprice"])
            yield key_of("contractprice", price.pk or _new(row)), row
    for option in sorted(agreement.options.all(), key=lambda option: option.number):
        if option.state == OptionState.OPEN:
            model = str(option._meta.model_name)
            yield key_of(model, option.number), stored_fields(option, ROW_FIELDS[model])


def _new(row: dict[str, Any]) -> str:
    """Return the name of a row that has no number yet: from its content, so that two people's new rows stay apart."""
    return f"new-{hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:12]}"


def _under(model: str, terms: Terms) -> Iterator[tuple[str, Any]]:
    for key, value in terms.items():
        prefix, _dot, name = key.partition(".")
        if prefix == model:
            yield name, value


def _prices(contract: Contract, terms: Terms) -> list[ContractPrice]:
    held = {str(price.pk): price for price in contract.prices.all()}
    return [
        _set_columns(held.get(name) or ContractPrice(), ROW_FIELDS["contractprice"], row)
        for name, row in _under("contractprice", terms)
    ]


def _options(agreement: Contract | FrameworkAgreement, options: list[Any], terms: Terms) -> list[Any]:
    kind = type(agreement)._meta.get_field("options").related_model
    held = {str(option.number): option for option in options if option.state == OptionState.OPEN}
    return [
        _set_columns(held.get(name) or kind(number=int(name)), ROW_FIELDS[str(kind._meta.model_name)], row)
        for name, row in _under(str(kind._meta.model_name), terms)
    ]


Row = TypeVar("Row", bound=models.Model)


def _set_columns(row: Row, names: Iterable[str], values: Terms) -> Row:
    for name in names:
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, restored(field, values.get(name)))
    return row
