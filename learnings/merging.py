"""What a merge of suppliers does to experience reports: what was submitted stays, what is only begun moves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learnings.models import ExperienceReport, ReportVersion
from suppliers.merge_handlers import Merge, MergePart
from suppliers.models import Supplier
from suppliers.services import move_rows, moved_rows


@dataclass(frozen=True)
class _Sorted:
    moved: list[ExperienceReport]
    submitted: list[ExperienceReport]
    beside_another: list[ExperienceReport]


class ReportsStay:
    def preview(self, loser: Supplier, survivor: Supplier) -> list[MergePart]:
        found, label = _sorted_out(loser, survivor), capfirst(str(ExperienceReport._meta.verbose_name_plural))
        return [
            MergePart(
                label,
                moved=_rounds(found.moved),
                kept=_rounds(found.submitted),
                kept_why=_("What was submitted keeps the name that it was submitted under."),
            ),
            MergePart(
                label,
                kept=_rounds(found.beside_another),
                kept_why=_("The supplier that stays has its own report in the round. Copy what is needed by hand."),
            ),
        ]

    def merge(self, merge: Merge) -> None:
        move_rows(_sorted_out(merge.loser, merge.survivor).moved, merge=merge, to=merge.survivor)

    def undo(self, merge: Merge, *, merged_at: dt.datetime) -> None:
        moved = moved_rows(ExperienceReport, loser=merge.loser, survivor=merge.survivor, merged_at=merged_at)
        submitted = set(_with_submissions(moved))
        # Handed in since then in the survivor's name: that is what it was submitted under.
        move_rows([row for row in moved if row.pk not in submitted], merge=merge, to=merge.loser)


def _sorted_out(loser: Supplier, survivor: Supplier) -> _Sorted:
    found = _Sorted([], [], [])
    reports: Any = ExperienceReport.objects.filter(supplier=loser).select_related("round").order_by("round__year")
    others = set(ExperienceReport.objects.filter(supplier=survivor).values_list("round_id", flat=True))
    submitted = ReportVersion.objects.submitted().filter(report=OuterRef("pk"))
    for report in reports.annotate(is_submitted=Exists(submitted)):
        if report.is_submitted:
            found.submitted.append(report)
        else:
            (found.beside_another if report.round_id in others else found.moved).append(report)
    return found


def _with_submissions(reports: list[ExperienceReport]) -> list[int]:
    versions = ReportVersion.objects.submitted().filter(report__in=reports)
    return list(versions.values_list("report_id", flat=True))


def _rounds(reports: list[ExperienceReport]) -> tuple[str, ...]:
    return tuple(str(report.round) for report in reports)
