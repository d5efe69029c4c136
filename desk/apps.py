from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from jobs.handlers import Progress


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = _("overview")

    def ready(self) -> None:
        from desk.models import MAKE
        from jobs.handlers import register

        register(MAKE, _make_dossier)


def _make_dossier(dossier_id: str, progress: Progress) -> None:
    from desk.services.dossiers import make_dossier

    make_dossier(dossier_id, progress)
