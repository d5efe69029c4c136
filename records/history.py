"""History of rows that are edited inside their parent's form."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from simple_history.models import HistoricalRecords


class ChildRecords(HistoricalRecords):
    """`HistoricalRecords` for a model with a `ParentalKey`: the copy in history is a plain foreign key.

    simple-history copies the field with the type that it has, and modelcluster then misses the way back.
    """

    def copy_fields(self, model: type[models.Model]) -> dict[str, models.Field]:
        fields = super().copy_fields(model)
        for field in fields.values():
            if isinstance(field, ParentalKey):
                field.__class__ = models.ForeignKey
        return fields
