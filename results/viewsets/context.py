"""The registers of what figures are read beside: breaks made by law, and figures from outside."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.widgets.button import Button, HeaderButton

from records.views.lists import RecordColumn, RecordIndexView
from records.viewsets import RecordViewSet
from results.models import (
    OutsideFigure,
    SeriesBreak,
)
from results.rules import can_import_results


class SeriesBreakViewSet(RecordViewSet):
    model = SeriesBreak
    name = "results_series_break"
    url_prefix = "resultater/databrud"
    icon = "warning"
    menu_label = gettext_lazy("Breaks in the series")
    list_display = ["name", "takes_effect_on", "explanation", "source", "measures", "benefit_groups"]
    list_prefetch_related = ("measures", "benefit_groups")
    search_fields = ("name", "explanation", "source")
    empty_text = gettext_lazy(
        "No breaks yet. Add laws and changes of registers that make figures before and after differ."
    )
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("takes_effect_on")]),
        FieldPanel("explanation"),
        FieldPanel("source"),
        FieldPanel("measures"),
        FieldPanel("benefit_groups"),
    ]


class OutsideIndexView(RecordIndexView):
    @cached_property
    def header_buttons(self) -> list[Button]:
        if not can_import_results(self.request.user):
            return super().header_buttons
        url = reverse("results:outside_import")
        return [HeaderButton(_("Paste from jobindsats"), url=url, icon_name="upload"), *super().header_buttons]


class OutsideFigureViewSet(RecordViewSet):
    model = OutsideFigure
    name = "results_outside_figure"
    url_prefix = "resultater/udefra"
    icon = "globe"
    menu_label = gettext_lazy("Figures from outside")
    index_view_class = OutsideIndexView
    list_display = [
        "area",
        "measure",
        "benefit_group",
        RecordColumn("period", label=gettext_lazy("Period"), accessor="period", sort_key="period_start"),
        "share_percent",
        "what",
        "source",
        "retrieved_on",
    ]
    list_filter = ["measure", "benefit_group", "area"]
    list_select_related = ("measure", "benefit_group")
    search_fields = ("area", "what", "source", "measure__name")
    empty_text = gettext_lazy(
        "No figures from outside yet. Add one of jobindsats as context; nobody is held against it."
    )
    panels = [
        FieldRowPanel([FieldPanel("measure"), FieldPanel("benefit_group")]),
        FieldRowPanel([FieldPanel("area"), FieldPanel("share_percent")]),
        FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")]),
        FieldPanel("what"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("retrieved_on")]),
        FieldPanel("note"),
    ]
