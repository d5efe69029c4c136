"""What a merge of suppliers does to figures: nothing. They were counted of the old one, and are found under the new."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count
from django.utils.translation import gettext as _

from results.models import Observation
from suppliers.merge_handlers import Merge, MergePart
from suppliers.models import Supplier


class FiguresStay:
    def preview(self, loser: Supplier, survivor: Supplier) -> list[MergePart]:
        counted = Observation.objects.filter(supplier=loser).order_by("measure_version__measure__name")
        rows = list(counted.values_list("measure_version__measure__name").annotate(number=Count("pk")))
        return [
            MergePart(
                label=_("Figures"),
                kept=tuple(f"{name} ({number})" for name, number in rows),
                kept_why=_("A figure is never changed. It is found under the supplier that stays, with the old name."),
                kept_number=sum(number for _name, number in rows),
            )
        ]

    def merge(self, merge: Merge) -> None:
        """Figures keep the id that they were counted under, which resolves to the survivor."""

    def undo(self, merge: Merge, *, merged_at: dt.datetime) -> None:
        """Nothing was moved."""
