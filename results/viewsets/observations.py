"""The register of figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from records.views.lists import RecordColumn, RecordFilterSet
from records.viewsets import RecordViewSet
from results.models import (
    Observation,
)
from results.views.previews import figure_text
from suppliers.filters import SupplierFilter


class ObservationFilterSet(RecordFilterSet):
    supplier = SupplierFilter()

    class Meta:
        model = Observation
        fields = ["delivery", "measure_version__measure", "framework", "lot", "supplier", "benefit_group", "unit"]


class ObservationViewSet(RecordViewSet):
    model = Observation
    name = "results_observation"
    url_prefix = "resultater/tal"
    icon = "table"
    menu_label = gettext_lazy("Figures")
    actions = frozenset()
    list_display = [
        "measure_version",
        RecordColumn("period", label=gettext_lazy("Period"), accessor="period", sort_key="period_start"),
        RecordColumn("figure", label=gettext_lazy("Figure"), accessor=figure_text, classname="results-number"),
        "benefit_group",
        "supplier",
        "lot",
        "service",
        "framework",
        "denominator",
        "outcomes",
        "mean",
        "standard_deviation",
        "unit",
        "note",
        "delivery",
    ]
    filterset_class = ObservationFilterSet
    list_select_related = (
        "measure_version__measure",
        "delivery",
        "framework",
        "lot",
        "supplier",
        "benefit_group",
        "service",
    )
    search_fields = ("note", "measure_version__measure__name", "supplier__name", "benefit_group__name")
    empty_text = gettext_lazy("No figures yet. Import a file of results.")
