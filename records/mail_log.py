"""The register of mails that were sent. It stands here because `notifications` lies below the base that it needs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notifications.models import MailLog
from records.viewsets import RecordViewSet


class MailLogViewSet(RecordViewSet):
    """What left the house, to whom and whether it arrived at the mail server: for administrators and auditors to read."""

    model = MailLog
    icon = "mail"
    menu_label = _("Mail log")
    menu_name = "mail-log"
    menu_order = 610
    add_to_settings_menu = True
    actions = frozenset()
    list_display = ["subject", "to", "kind", "logged_at", "sent_at", "error"]
    list_filter = {"kind": ["exact"], "logged_at": ["date__gte", "date__lte"]}
    search_fields = ("to", "subject")
    inspect_view_fields = ["to", "subject", "kind", "logged_at", "sent_at", "error", "body"]
    empty_text = _("No mails yet. Mails about reminders appear here when they are sent.")
