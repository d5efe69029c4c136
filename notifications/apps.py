from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from jobs.handlers import Progress


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("reminders and mail")

    def ready(self) -> None:
        from jobs.handlers import register
        from notifications.enums import MAIL_JOB

        register(MAIL_JOB, _send)


def _send(mail_id: str, progress: Progress) -> None:
    from notifications.services.mailing import send

    send(int(mail_id))
