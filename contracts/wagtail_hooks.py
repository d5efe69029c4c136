"""Frameworks and contracts in the back office."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from contracts import viewsets
from contracts.queries.suppliers import with_running_contracts
from records.columns import ColumnsAbove
from records.views.lists import RecordColumn
from suppliers.models import Supplier


class FrameworkGroup(ViewSetGroup):
    menu_label = _("Tenders and frameworks")
    menu_name = "frameworks"
    menu_icon = "folder-open-inverse"
    menu_order = 200
    items = (
        viewsets.BoardViewSet,
        viewsets.TenderViewSet,
        viewsets.FrameworkViewSet,
        viewsets.LotViewSet,
        viewsets.AmendmentViewSet,
        viewsets.ObligationSetViewSet,
        viewsets.SpendDeliveryViewSet,
        viewsets.TargetGroupViewSet,
        viewsets.ServiceViewSet,
        viewsets.ContractImportViewSet,
    )


class ContractGroup(ViewSetGroup):
    menu_label = _("Contracts")
    menu_name = "contracts"
    menu_icon = "doc-full"
    menu_order = 300
    items = (
        viewsets.ContractViewSet,
        viewsets.OccurrenceViewSet,
        viewsets.ObligationViewSet,
        viewsets.DocumentViewSet,
    )


@hooks.register("register_admin_viewset")
def register_contracts() -> list[object]:
    return [
        FrameworkGroup(),
        ContractGroup(),
        viewsets.SpendViewSet(),
        viewsets.LegalBasisViewSet(),
        viewsets.DocumentCategoryViewSet(),
        viewsets.TenderLotViewSet(),
        viewsets.BidViewSet(),
        viewsets.AwardCriterionViewSet(),
        viewsets.DeadlineSettingViewSet(),
        viewsets.ReminderRuleViewSet(),
        viewsets.framework_chooser,
        viewsets.lot_chooser,
        viewsets.contract_chooser,
    ]


@hooks.register("register_admin_menu_item")
def deadlines_item() -> MenuItem:
    return MenuItem(
        _("Deadlines"), reverse_lazy("contracts:deadlines"), name="deadlines", icon_name="calendar-alt", order=310
    )


@hooks.register("register_admin_urls")
def register_contracts_urls() -> list[URLPattern | URLResolver]:
    return [path("aftaler/", include("contracts.urls")), path("udbud/", include("contracts.tender_urls"))]


@hooks.register("insert_global_admin_css")
def contracts_css() -> SafeString:
    sheets = ("contracts/contracts.css", "contracts/amendments.css")
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in sheets))


@hooks.register("register_record_columns")
def running_contracts_of_suppliers() -> list[ColumnsAbove]:
    name = "running_contracts"
    column = RecordColumn(name, label=_("Running contracts"), accessor=name, sort_key=name, classname="register-number")
    return [ColumnsAbove(Supplier, [column], lambda rows: with_running_contracts(rows, today=timezone.localdate()))]
