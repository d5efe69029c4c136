from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from jobs.handlers import Progress


class ContractsConfig(AppConfig):
    name = "contracts"
    verbose_name = _("frameworks and contracts")

    def ready(self) -> None:
        from contracts.deadlines.kinds import DeadlineKind
        from contracts.merging import BidsMove, ContractsMove
        from contracts.services.alarms import CEILING_KIND
        from contracts.services.reminders import notice_kind
        from jobs import handlers
        from notifications import kinds
        from suppliers import merge_handlers

        kinds.register(kinds.Kind(CEILING_KIND, _("A ceiling is used up"), can_be_switched_off=False))
        merge_handlers.register("contracts", ContractsMove())
        merge_handlers.register("contracts.bids", BidsMove())
        for kind in DeadlineKind:
            kinds.register(notice_kind(kind))
        handlers.register("contracts.preview_workbook", _preview_workbook)
        handlers.register("contracts.import_workbook", _import_workbook)
        handlers.register("contracts.export_workbook", _export_workbook)


def _preview_workbook(staged_id: str, progress: Progress) -> None:
    # The workbook's own code is for those who import: the web starts without it.
    from contracts.services.large_workbooks import make_preview

    make_preview(staged_id, progress)


def _import_workbook(staged_id: str, progress: Progress) -> None:
    from contracts.services.large_workbooks import run_import

    run_import(staged_id, progress)


def _export_workbook(export_id: str, progress: Progress) -> None:
    from contracts.services.exports import make_export

    make_export(export_id, progress)
