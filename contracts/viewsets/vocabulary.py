"""The registers of target groups and services."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from contracts.models import Service, TargetGroup
from records.viewsets import RecordViewSet

CODE_HELP = _("A short name without spaces. Files that are imported use it, so do not change it later.")


class TargetGroupViewSet(RecordViewSet):
    model = TargetGroup
    icon = "user"
    menu_label = _("Target groups")
    list_display = ["name", "code"]
    search_fields = ("name", "code")
    empty_text = _("No target groups yet. Add whom your lots serve.")
    inspect_relations = ("lots",)
    panels = [FieldPanel("name"), FieldPanel("code", help_text=CODE_HELP)]


class ServiceViewSet(RecordViewSet):
    model = Service
    icon = "cog"
    menu_label = _("Services")
    list_display = ["name", "code"]
    search_fields = ("name", "code")
    empty_text = _("No services yet. Add what your lots are served with.")
    inspect_relations = ("lots",)
    panels = [FieldPanel("name"), FieldPanel("code", help_text=CODE_HELP)]
