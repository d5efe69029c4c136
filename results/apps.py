from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from jobs.handlers import Progress


class ResultsConfig(AppConfig):
    name = "results"
    verbose_name = _("results")

    def ready(self) -> None:
        from jobs import handlers
        from results.merging import FiguresStay
        from results.models.derivation import COUNT, SAVE
        from results.system_checks import check_min_cell
        from suppliers import merge_handlers

        register(check_min_cell)
        merge_handlers.register("results", FiguresStay())
        handlers.register(COUNT, _count)
        handlers.register(SAVE, _save)


def _count(asked_id: str, progress: Progress) -> None:
    # What counts is for the worker: the web starts without it.
    from results.services.derivations import run_count

    run_count(asked_id, progress)


def _save(asked_id: str, progress: Progress) -> None:
    from results.services.derivations import run_save

    run_save(asked_id, progress)
