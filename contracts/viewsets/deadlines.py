"""The registers of buffers and of reminder rules."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from contracts.models import DeadlineSetting, ReminderRule
from contracts.viewsets.choosers import contract_chooser
from records.viewsets import RecordViewSet


class DeadlineSettingViewSet(RecordViewSet):
    """One row for each kind of deadline, which is there from the beginning."""

    model = DeadlineSetting
    icon = "sliders"
    menu_label = _("Buffers of deadlines")
    menu_order = 110
    add_to_settings_menu = True
    actions = frozenset({"change"})
    copy_view_enabled = False
    list_display = ["kind", "administration_days", "needs_decision", "decision_days", "committee"]
    panels = [
        FieldPanel("administration_days"),
        FieldPanel("needs_decision"),
        FieldRowPanel([FieldPanel("decision_days"), FieldPanel("committee")]),
    ]
    inspect_view_fields = ["kind", "administration_days", "needs_decision", "decision_days", "committee"]


class ReminderRuleViewSet(RecordViewSet):
    model = ReminderRule
    icon = "bell"
    menu_label = _("Reminder rules")
    menu_order = 111
    add_to_settings_menu = True
    list_display = ["__str__", "whom", "person", "contract", "framework", "is_active"]
    list_filter = ["kind", "whom", "is_active", "framework"]
    list_select_related = ("person", "contract__supplier", "framework")
    ordering = ("kind", "moment", "-days")
    empty_text = _("Nobody is reminded of anything. Add a rule that says whom, of what, and how long before.")
    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("days"), FieldPanel("moment")]),
        FieldRowPanel([FieldPanel("whom"), FieldPanel("person")]),
        FieldPanel("framework"),
        FieldPanel("contract", widget=contract_chooser.widget_class),
        FieldPanel("is_active"),
    ]
