"""Options stand whole: in their order, on an end that they extend, decided in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from contracts.models import Contract, ContractOption, FrameworkAgreement, FrameworkOption
from contracts.queries.coming import base_end, waiting_by_agreement
from contracts.services.agreements import check_options
from records.checks import Problem

OptionsByOwner = dict[int, list[Any]]


def contract_options() -> OptionsByOwner:
    """Return every contract's options by its key, in their order; one query."""
    return _grouped(ContractOption.objects.order_by("contract_id", "number"), "contract_id")


def framework_options() -> OptionsByOwner:
    """Return every framework's options by its key, in their order; one query."""
    return _grouped(FrameworkOption.objects.order_by("framework_id", "number"), "framework_id")


def _grouped(options: models.QuerySet, owner: str) -> OptionsByOwner:
    found: OptionsByOwner = defaultdict(list)
    for option in options.iterator():
        found[getattr(option, owner)].append(option)
    return found


def check_contract_options() -> Iterator[Problem]:
    options = contract_options()
    contracts = Contract.objects.filter(options__isnull=False).distinct().select_related("supplier").order_by("pk")
    yield from _problems(contracts, options)


def check_framework_options() -> Iterator[Problem]:
    options = framework_options()
    yield from _problems(FrameworkAgreement.objects.filter(options__isnull=False).distinct().order_by("pk"), options)


def _problems(agreements: models.QuerySet, options: OptionsByOwner) -> Iterator[Problem]:
    waiting = waiting_by_agreement()
    for agreement in agreements.iterator():
        agreed = waiting.get((str(agreement._meta.model_name), agreement.pk), [])
        try:
            check_options(base_end(agreement, agreed), options[agreement.pk])
        except ValidationError as error:
            yield from (Problem(agreement, message) for message in error.messages)
