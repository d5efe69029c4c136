from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from jobs.handlers import Progress


class SuppliersConfig(AppConfig):
    name = "suppliers"
    verbose_name = _("suppliers")

    def ready(self) -> None:
        from jobs import handlers
        from suppliers import merge_handlers
        from suppliers.enums import INVITATION_JOB
        from suppliers.services.own_rows import OwnRows
        from suppliers.services.team_moves import TeamMoves

        merge_handlers.register("suppliers.team", TeamMoves())
        merge_handlers.register("suppliers", OwnRows())
        handlers.register(INVITATION_JOB, _send_invitation)


def _send_invitation(work: str, progress: Progress) -> None:
    from suppliers.services.invitation_mails import send_invitation

    send_invitation(work)
