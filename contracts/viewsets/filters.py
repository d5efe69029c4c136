"""Filters that are written rather than chosen: four hundred lots and twenty thousand contracts are no list of choices."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter

from contracts.models import Lot
from suppliers.filters import is_row_number


class LotSearchFilter(CharFilter):
    """The code of a lot, or words of its name: a whole code means that lot and no other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label": _("Lot (code or name)"), **kwargs})

    def filter(self, qs: models.QuerySet, value: str | None) -> models.QuerySet:
        asked = (value or "").strip()
        if not asked:
            return qs
        exact = Lot.objects.filter(code__iexact=asked)
        lots = exact if exact.exists() else Lot.objects.filter(Q(code__icontains=asked) | Q(name__icontains=asked))
        if is_row_number(asked) and not lots.exists():
            lots = Lot.objects.filter(pk=int(asked))  # bookmarks from when lots were chosen from a list
        return qs.filter(**{f"{self.field_name}__in": lots.values("pk")})


class ContractSearchFilter(CharFilter):
    """A contract's number, or a part of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label": _("Contract number"), **kwargs})

    def filter(self, qs: models.QuerySet, value: str | None) -> models.QuerySet:
        asked = (value or "").strip()
        return qs.filter(**{f"{self.field_name}__number__icontains": asked}) if asked else qs
