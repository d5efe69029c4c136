"""The registers of frameworks, lots and contracts, and the windows in which one is chosen."""

from __future__ import annotations

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.viewsets.base import ViewSetGroup

from contracts.models import Contract, FrameworkAgreement, Lot, Service, TargetGroup
from records.viewsets import RecordChooserViewSet, RecordViewSet

CODE_HELP = _("A short name without spaces. Files that are imported use it, so do not change it later.")


class FrameworkViewSet(RecordViewSet):
    model = FrameworkAgreement
    icon = "folder-open-inverse"
    menu_label = _("Framework agreements")
    list_display = ["name", "starts_on", "ends_on", "ceiling_dkk", "notice_months", "f2_case_number", "code"]
    search_fields = ("name", "code", "f2_case_number", "edoc_case_number")
    empty_text = _("No framework agreements yet. Add the first, then its lots.")
    inspect_relations = ("lots",)
    panels = [
        FieldPanel("name"),
        FieldPanel("code", help_text=CODE_HELP),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("Period")),
        FieldRowPanel([FieldPanel("ceiling_dkk"), FieldPanel("notice_months")], heading=_("Terms")),
        FieldRowPanel([FieldPanel("f2_case_number"), FieldPanel("edoc_case_number")], heading=_("Case numbers")),
        FieldPanel("note"),
    ]


class LotViewSet(RecordViewSet):
    """A register of its own and not rows in the framework's form: contracts and figures point at lots."""

    model = Lot
    icon = "list-ul"
    menu_label = _("Lots")
    list_display = ["code", "name", "framework", "target_groups", "services"]
    list_filter = ["framework", "target_groups", "services"]
    list_prefetch_related = ("target_groups", "services")
    search_fields = ("code", "name", "framework__name")
    empty_text = _("No lots yet. Add a framework agreement first, then what suppliers win separately in it.")
    inspect_relations = ("contracts",)
    panels = [
        FieldPanel("framework"),
        FieldRowPanel([FieldPanel("code", help_text=CODE_HELP), FieldPanel("name")]),
        MultiFieldPanel(
            [
                FieldPanel("target_groups", widget=CheckboxSelectMultiple),
                FieldPanel("services", widget=CheckboxSelectMultiple),
            ],
            heading=_("Whom it serves and with what"),
        ),
    ]


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


class FrameworkGroup(ViewSetGroup):
    menu_label = _("Tenders and frameworks")
    menu_name = "frameworks"
    menu_icon = "folder-open-inverse"
    menu_order = 200
    items = (FrameworkViewSet, LotViewSet, TargetGroupViewSet, ServiceViewSet)


class ContractViewSet(RecordViewSet):
    model = Contract
    icon = "doc-full"
    menu_label = _("Contracts")
    menu_name = "contracts"
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["number", "supplier", "lot", "lot__framework", "starts_on", "ends_on"]
    list_filter = {"supplier": ["exact"], "lot": ["exact"], "lot__framework": ["exact"]}
    list_select_related = ("lot__framework",)
    search_fields = ("number", "supplier__name", "supplier__cvr", "lot__name", "lot__code")
    empty_text = _("No contracts yet. A contract joins a supplier to a lot: add those two first.")
    panels = [
        FieldPanel("number"),
        FieldRowPanel([FieldPanel("supplier"), FieldPanel("lot")]),
        FieldRowPanel(
            [
                FieldPanel("starts_on"),
                FieldPanel("ends_on", help_text=_("Leave empty when the contract runs as long as its framework.")),
            ],
            heading=_("Period"),
        ),
        FieldPanel("note"),
    ]


class FrameworkChooserViewSet(RecordChooserViewSet):
    model = FrameworkAgreement
    icon = "folder-open-inverse"
    choose_one_text = _("Choose a framework agreement")
    choose_another_text = _("Choose another framework agreement")
    edit_item_text = _("Show this framework agreement")
    search_fields = ("name", "code")


class LotChooserViewSet(RecordChooserViewSet):
    model = Lot
    icon = "list-ul"
    choose_one_text = _("Choose a lot")
    choose_another_text = _("Choose another lot")
    edit_item_text = _("Show this lot")
    search_fields = ("code", "name")


framework_chooser = FrameworkChooserViewSet("framework_chooser")
lot_chooser = LotChooserViewSet("lot_chooser")
