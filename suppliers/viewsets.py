"""The register of suppliers, and the window in which one is chosen."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_filters import ChoiceFilter
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from accounts.models import User
from records.pages import Banner, Link, Successor
from records.views.lists import RecordColumn, RecordFilterSet
from records.views.reads import RecordInspectView
from records.viewsets import RecordChooserViewSet, RecordViewSet
from suppliers.banners import banners_of, merged_note
from suppliers.enums import MeetingLevel
from suppliers.forms import SupplierChangeForm, SupplierForm
from suppliers.models import Supplier
from suppliers.rules import can_edit_suppliers
from suppliers.services import delete_supplier, save_supplier

SEARCHED = ("name", "short_name", "cvr", "contacts__name", "units__p_number", "merged__name", "merged__cvr")


class SupplierFilterSet(RecordFilterSet):
    level = ChoiceFilter(
        label=gettext_lazy("Has a contact at"),
        field_name="contacts__level",
        choices=MeetingLevel.choices,
        distinct=True,
    )

    class Meta:
        model = Supplier
        fields = ["status", "level"]


class SupplierInspectView(RecordInspectView):
    template_name = "suppliers/supplier_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {
            "merged": list(self.object.merged.order_by("name")),
            "can_edit": can_edit_suppliers(self.request.user),
        }
        return {**super().get_context_data(**kwargs), **facts}


class SupplierViewSet(RecordViewSet):
    model = Supplier
    icon = "group"
    menu_label = gettext_lazy("Suppliers")
    menu_name = "suppliers"
    menu_order = 400
    add_to_admin_menu = True
    inspect_view_class = SupplierInspectView
    record_form = SupplierForm
    change_form = SupplierChangeForm
    save_service = staticmethod(save_supplier)
    delete_service = staticmethod(delete_supplier)
    list_display = [
        "name",
        "cvr",
        RecordColumn("status", label=gettext_lazy("Status"), accessor="get_status_display", sort_key="status"),
        RecordColumn("contacts", label=gettext_lazy("Contacts"), accessor="active_contacts"),
        "phone",
        "email",
        "city",
        "short_name",
        "website",
    ]
    first_columns = ("name", "cvr", "status", "contacts", "running_contracts", "city")
    filterset_class = SupplierFilterSet
    list_prefetch_related = ("contacts",)
    search_fields = SEARCHED
    empty_text = gettext_lazy("No suppliers yet. Add the first one; you need its CVR number.")
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("cvr"), FieldPanel("short_name")]),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("city")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("website"),
            ],
            heading=gettext_lazy("How to reach it"),
        ),
        FieldPanel("note"),
        InlinePanel(
            "contacts",
            panels=[
                FieldRowPanel([FieldPanel("name"), FieldPanel("title")]),
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                FieldRowPanel([FieldPanel("level"), FieldPanel("is_active")]),
            ],
            heading=gettext_lazy("Contacts"),
            label=gettext_lazy("Contact"),
            help_text=gettext_lazy("Somebody who has left is no longer active; minutes may still name them."),
        ),
        InlinePanel(
            "units",
            panels=[
                FieldRowPanel([FieldPanel("name"), FieldPanel("p_number")]),
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("city")]),
            ],
            heading=pgettext_lazy("supplier", "Units"),
            label=pgettext_lazy("supplier", "Unit"),
            help_text=gettext_lazy("Where the supplier works. The P-number stands in the CVR register."),
        ),
    ]
    inspect_view_fields = [
        "name",
        "short_name",
        "cvr",
        "status",
        "address",
        "phone",
        "email",
        "website",
        "note",
    ]

    def banners(self, record: models.Model) -> list[Banner]:
        return banners_of(record)

    def extra_links(self, record: models.Model, *, user: User) -> list[Link]:
        if record.is_merged or not can_edit_suppliers(user):
            return []
        return [
            Link(_("Change status…"), reverse("suppliers:status", args=[record.pk]), "info-circle"),
            Link(_("Merge with another…"), reverse("suppliers:merge_choose", args=[record.pk]), "resubmit"),
        ]

    def successor(self, record: models.Model) -> Successor | None:
        return Successor(record.survivor, merged_note(record).text) if record.is_merged else None


class SupplierChooserViewSet(RecordChooserViewSet):
    model = Supplier
    icon = "group"
    choose_one_text = gettext_lazy("Choose a supplier")
    choose_another_text = gettext_lazy("Choose another supplier")
    edit_item_text = gettext_lazy("Show this supplier")
    search_fields = SEARCHED


supplier_chooser = SupplierChooserViewSet("supplier_chooser")
