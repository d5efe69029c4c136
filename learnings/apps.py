from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from jobs.handlers import Progress


class LearningsConfig(AppConfig):
    name = "learnings"
    verbose_name = _("experience reports")

    def ready(self) -> None:
        from contracts import tender_tabs
        from jobs import handlers
        from learnings.enums import (
            ACCEPTED_KIND,
            EDITION_JOB,
            OPEN_KIND,
            RECEIPT_JOB,
            REMINDER_KIND,
            SENT_BACK_KIND,
            TELLING_JOB,
        )
        from learnings.merging import ReportsStay
        from learnings.tender_tab import experience_tab
        from notifications import kinds
        from suppliers import merge_handlers

        tender_tabs.register("learnings", experience_tab)
        merge_handlers.register("learnings", ReportsStay())
        handlers.register(TELLING_JOB, _tell_teams)
        handlers.register(RECEIPT_JOB, _send_receipt)
        handlers.register(EDITION_JOB, _make_edition_file)
        # Suppliers' people have no page on which mails could be switched off.
        kinds.register(kinds.Kind(OPEN_KIND, _("A round of experience reports opens"), can_be_switched_off=False))
        kinds.register(kinds.Kind(REMINDER_KIND, _("An experience report is due"), can_be_switched_off=False))
        kinds.register(kinds.Kind(SENT_BACK_KIND, _("An experience report is sent back"), can_be_switched_off=False))
        kinds.register(kinds.Kind(ACCEPTED_KIND, _("An experience report is accepted"), can_be_switched_off=False))


def _tell_teams(round_id: str, progress: Progress) -> None:
    from django.utils import timezone

    from learnings.services.telling import tell_teams

    tell_teams(today=timezone.localdate())


def _send_receipt(receipt_id: str, progress: Progress) -> None:
    from learnings.services.receipt_mails import send_receipt

    send_receipt(receipt_id)


def _make_edition_file(edition_id: str, progress: Progress) -> None:
    from learnings.services.edition_files import make_file

    make_file(edition_id)
