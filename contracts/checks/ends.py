"""The days that the services store are those that the terms give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contracts.checks.options import OptionsByOwner, contract_options, framework_options
from contracts.models import Contract, FrameworkAgreement
from contracts.queries.coming import waiting_by_agreement
from contracts.services.agreements import set_computed_days
from records.checks import Problem
from records.values import display

COMPUTED = ("effective_ends_on", "run_off_ends_on")


def check_contract_days() -> Iterator[Problem]:
    """Find contracts whose stored end or end of run-off is another than their terms give."""
    yield from _wrong_days(Contract.objects.select_related("supplier"), contract_options())


def check_framework_days() -> Iterator[Problem]:
    """Find frameworks whose stored end is another than their terms give."""
    yield from _wrong_days(FrameworkAgreement.objects.all(), framework_options())


def _wrong_days(agreements: models.QuerySet, options: OptionsByOwner) -> Iterator[Problem]:
    waiting = waiting_by_agreement()
    for agreement in agreements.order_by("pk").iterator():
        stored = _days_of(agreement)
        coming = waiting.get((str(agreement._meta.model_name), agreement.pk), [])
        try:
            set_computed_days(agreement, options.get(agreement.pk, []), waiting=coming)
        except ValidationError as error:
            yield from (Problem(agreement, message) for message in error.messages)
        else:
            yield from _differences(agreement, stored, _days_of(agreement))


def _days_of(agreement: models.Model) -> dict[str, dt.date | None]:
    return {name: getattr(agreement, name) for name in COMPUTED if hasattr(agreement, name)}


def _differences(
    record: models.Model, held: dict[str, dt.date | None], computed: dict[str, dt.date | None]
) -> Iterator[Problem]:
    for name, right in computed.items():
        stored = held[name]
        if stored != right:
            label = capfirst(str(record._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
            yield Problem(
                record,
                _("%(field)s is stored as %(stored)s, but the terms give %(right)s. Save the agreement again.")
                % {"field": label, "stored": display(stored), "right": display(right)},
            )
