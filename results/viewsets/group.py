"""The menu of results."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from results.viewsets.context import OutsideFigureViewSet, SeriesBreakViewSet
from results.viewsets.counting import DeriveViewSet
from results.viewsets.definitions import (
    BenefitGroupViewSet,
    CodeGroupViewSet,
    CountingRuleViewSet,
    MeasureVersionViewSet,
    MeasureViewSet,
    RegisterCodeViewSet,
)
from results.viewsets.deliveries import DeliveryViewSet
from results.viewsets.observations import ObservationViewSet


class ResultsGroup(ViewSetGroup):
    menu_label = gettext_lazy("Results")
    menu_name = "results"
    menu_icon = "order"
    menu_order = 500

    def get_submenu_items(self) -> list[MenuItem]:
        """The comparison comes first: it is what the registers below are for."""
        url = reverse("results:comparison")
        first = MenuItem(_("Comparison"), url, name="results_comparison", icon_name="view", order=-1)
        return [first, *super().get_submenu_items()]

    items = (
        DeliveryViewSet,
        DeriveViewSet,
        ObservationViewSet,
        MeasureViewSet,
        MeasureVersionViewSet,
        BenefitGroupViewSet,
        CountingRuleViewSet,
        CodeGroupViewSet,
        RegisterCodeViewSet,
        SeriesBreakViewSet,
        OutsideFigureViewSet,
    )
