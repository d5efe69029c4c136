"""Tell those who work with a framework that a ceiling is used up, and that it no longer is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from contracts.models import FrameworkAgreement, Lot
from notifications.services import notify, resolve

CEILING_KIND = "contracts.ceiling"


def tell_of_ceiling(record: FrameworkAgreement | Lot, *, by: User | None) -> None:
    """Tell whoever is responsible for the framework and those who work with it; without any, whoever made the change."""
    framework = record if isinstance(record, FrameworkAgreement) else record.framework
    url = reverse("contracts:burn_down", args=[framework.pk])
    for person in _people(framework) or ([by] if by else []):
        notify(
            person,
            kind=CEILING_KIND,
            title=_("The ceiling is used up: %(agreement)s") % {"agreement": record},
            url=url,
            cause=_cause(record),
            subject=record,
        )


def ceiling_is_free(record: FrameworkAgreement | Lot) -> None:
    """End the notices of a ceiling that a correction has brought the spending below again."""
    resolve(cause=_cause(record))


def _cause(record: FrameworkAgreement | Lot) -> str:
    return f"{CEILING_KIND}:{record._meta.model_name}:{record.pk}:"


def _people(framework: FrameworkAgreement) -> list[User]:
    found = {person.pk: person for person in framework.people.filter(is_active=True)}
    if framework.responsible is not None and framework.responsible.is_active:
        found[framework.responsible.pk] = framework.responsible
    return list(found.values())
