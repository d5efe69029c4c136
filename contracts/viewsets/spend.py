"""The registers of spend: deliveries and their months, to read."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import BooleanFilter
from wagtail.admin.widgets.button import Button, HeaderButton

from contracts.models import Spend, SpendDelivery
from contracts.queries.spend import exact
from contracts.rules import can_edit_agreements
from contracts.viewsets.filters import ContractSearchFilter, LotSearchFilter
from documents.formats import kroner, month
from records.views.lists import RecordColumn, RecordFilterSet, RecordIndexView
from records.views.reads import RecordInspectView
from records.viewsets import RecordViewSet
from suppliers.filters import SupplierSearchFilter


def _state(delivery: SpendDelivery) -> str:
    return _("In use") if delivery.withdrawn_at is None else _("Withdrawn")


class SpendDeliveryFilterSet(RecordFilterSet):
    is_withdrawn = BooleanFilter(
        label=gettext_lazy("Withdrawn"), field_name="withdrawn_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = SpendDelivery
        fields = ["is_withdrawn"]


class SpendDeliveryIndexView(RecordIndexView):
    @cached_property
    def header_buttons(self) -> list[Button]:
        if not can_edit_agreements(self.request.user):
            return super().header_buttons
        url = reverse("contracts:spend_new")
        return [HeaderButton(_("Import spend"), url=url, icon_name="upload"), *super().header_buttons]

    def get_base_queryset(self) -> models.QuerySet:
        rows = Spend.objects.filter(delivery=models.OuterRef("pk")).order_by().values("delivery")
        counted = models.Subquery(rows.annotate(count=models.Count("pk")).values("count"))
        return super().get_base_queryset().annotate(row_count=Coalesce(counted, 0))


class SpendDeliveryInspectView(RecordInspectView):
    template_name = "contracts/spend_delivery_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = self.object.rows.aggregate(
            rows=models.Count("pk"),
            counting=models.Count("pk", filter=models.Q(is_current=True)),
            amount=models.Sum("amount_dkk"),
            first=models.Min("month"),
            last=models.Max("month"),
        )
        own = {
            "row_count": facts["rows"],
            "counting": facts["counting"],
            "superseded": facts["rows"] - facts["counting"],
            "amount": kroner(exact(facts["amount"])) if facts["rows"] else kroner(None),
            "first": month(facts["first"]),
            "last": month(facts["last"]),
            "can_import": can_edit_agreements(self.request.user),
            "list_url": f"{reverse('spend:index')}?delivery={self.object.pk}",
        }
        return {**super().get_context_data(**kwargs), **own}


class SpendDeliveryViewSet(RecordViewSet):
    model = SpendDelivery
    name = "spend_delivery"
    url_prefix = "forbrug/leverancer"
    icon = "download"
    menu_label = gettext_lazy("Spend")
    actions = frozenset()
    index_view_class = SpendDeliveryIndexView
    inspect_view_class = SpendDeliveryInspectView
    filterset_class = SpendDeliveryFilterSet
    list_display = [
        "source",
        RecordColumn("state", label=gettext_lazy("State"), accessor=_state),
        "extracted_on",
        RecordColumn("row_count", label=gettext_lazy("Months"), accessor="row_count", sort_key="row_count"),
        "file_name",
        RecordColumn("pk", label=gettext_lazy("Delivery number"), accessor="pk", sort_key="pk"),
        "imported_at",
        "imported_by",
    ]
    search_fields = ("source", "file_name", "note", "sha256")
    inspect_view_fields = ["source", "extracted_on", "note", "file_name", "sha256", "imported_at", "imported_by"]
    empty_text = gettext_lazy("No spend yet. Import the first file of monthly amounts.")


class SpendFilterSet(RecordFilterSet):
    contract = ContractSearchFilter()
    supplier = SupplierSearchFilter(field_name="contract__supplier")
    contract__lot = LotSearchFilter()

    class Meta:
        model = Spend
        fields = {
            "contract__lot__framework": ["exact"],
            "month": ["gte", "lte"],
            "is_current": ["exact"],
            "delivery": ["exact"],
        }


class SpendViewSet(RecordViewSet):
    model = Spend
    name = "spend"
    url_prefix = "forbrug/maaneder"
    icon = "table"
    menu_label = gettext_lazy("Months of spend")
    actions = frozenset()
    ordering = ("-month", "-pk")
    list_display = [
        "contract",
        RecordColumn("month", label=gettext_lazy("Month"), accessor=lambda row: month(row.month), sort_key="month"),
        "amount_dkk",
        "referrals",
        "contract__lot",
        "is_current",
        "delivery",
    ]
    filterset_class = SpendFilterSet
    list_select_related = ("contract__supplier", "contract__lot", "delivery")
    search_fields = ("contract__number", "contract__supplier__name")
    empty_text = gettext_lazy("No spend yet. Import the first file of monthly amounts.")
