"""The register of suppliers, and the window in which one is chosen."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from records.viewsets import RecordChooserViewSet, RecordViewSet
from suppliers.models import Supplier


class SupplierViewSet(RecordViewSet):
    model = Supplier
    icon = "group"
    menu_label = _("Suppliers")
    menu_name = "suppliers"
    menu_order = 400
    add_to_admin_menu = True
    list_display = ["name", "short_name", "cvr", "website"]
    search_fields = ("name", "short_name", "cvr")
    empty_text = _("No suppliers yet. Add the first one; you need its CVR number.")
    panels = [
        FieldPanel("name"),
        FieldPanel("short_name"),
        FieldRowPanel([FieldPanel("cvr"), FieldPanel("website")]),
        FieldPanel("note"),
    ]


class SupplierChooserViewSet(RecordChooserViewSet):
    model = Supplier
    icon = "group"
    choose_one_text = _("Choose a supplier")
    choose_another_text = _("Choose another supplier")
    edit_item_text = _("Show this supplier")
    search_fields = ("name", "short_name", "cvr")


supplier_chooser = SupplierChooserViewSet("supplier_chooser")
