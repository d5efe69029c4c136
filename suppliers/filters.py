"""Filter a list by supplier: what was said and counted under an old name is found under the one that stands for it."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from suppliers.models import Supplier
from suppliers.validators import bare_cvr, is_cvr


class SupplierFilter(django_filters.ModelChoiceFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"queryset": Supplier.objects.all(), "label": _("Supplier"), **kwargs})

    def filter(self, qs: models.QuerySet, value: Supplier | None) -> models.QuerySet:
        if value is None:
            return qs
        return qs.filter(**{f"{self.field_name}__in": Supplier.objects.family_of(value)})


MOST_DIGITS = 9  # more is no row's number, and more than a database takes


class SupplierSearchFilter(django_filters.CharFilter):
    """Words of its name, or its CVR number: a list of two thousand choices would be most of the page.

    For what moves along when suppliers are merged; it is found by the old name too.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label": _("Supplier (name or CVR number)"), **kwargs})

    def filter(self, qs: models.QuerySet, value: str | None) -> models.QuerySet:
        asked = (value or "").strip()
        return qs.filter(**{f"{self.field_name}__in": _found(asked).values("pk")}) if asked else qs


def is_row_number(asked: str) -> bool:
    """Tell whether what was written can be the number of a row."""
    return asked.isdecimal() and len(asked) <= MOST_DIGITS


def _found(asked: str) -> models.QuerySet[Supplier]:
    number = bare_cvr(asked)
    if is_cvr(number):
        return Supplier.objects.filter(Q(cvr=number) | Q(merged__cvr=number))
    names = ("name", "short_name", "merged__name")
    called_so = Supplier.objects.filter(Q.create([(f"{name}__icontains", asked) for name in names], connector=Q.OR))
    if is_row_number(asked) and not called_so.exists():
        # Bookmarks and saved views from when suppliers were chosen from a list hold the row's own number.
        return Supplier.objects.filter(Q(pk=int(asked)) | Q(merged=int(asked)))
    return called_so
