"""The registers of results: deliveries and their figures to read, measures and groups to write."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import BooleanFilter, DateFromToRangeFilter, ModelChoiceFilter
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import Button, HeaderButton

from records.views.lists import RecordColumn, RecordFilterSet, RecordIndexView
from records.views.reads import RecordInspectView
from records.viewsets import RecordViewSet
from results.models import BenefitGroup, Delivery, Measure, MeasureVersion, Observation
from results.rules import can_import_results
from results.services import save_measure_version
from results.views.previews import SHOWN, figure_rows, figure_text, small_count

CODE_HELP = gettext_lazy("A short name without spaces. Files that are imported use it, so do not change it later.")


def _state(delivery: Delivery) -> str:
    """Return the delivery's state in words; needs `superseded_by` fetched."""
    if delivery.is_withdrawn:
        return _("Withdrawn")
    if any(not newer.is_withdrawn for newer in delivery.superseded_by.all()):
        return _("Superseded")
    return _("In use") if delivery.is_validated else _("Not validated")


class DeliveryFilterSet(RecordFilterSet):
    measure = ModelChoiceFilter(label=gettext_lazy("Measure"), queryset=Measure.objects.all(), method="with_measure")
    extracted_on = DateFromToRangeFilter(label=gettext_lazy("Extracted on"), widget=DateRangePickerWidget)
    is_withdrawn = BooleanFilter(
        label=gettext_lazy("Withdrawn"), field_name="withdrawn_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Delivery
        fields = ["measure", "is_validated", "is_withdrawn", "extracted_on"]

    def with_measure(self, queryset: models.QuerySet, name: str, value: Measure) -> models.QuerySet:
        return queryset.filter(pk__in=Observation.objects.filter(measure_version__measure=value).values("delivery"))


class DeliveryIndexView(RecordIndexView):
    @cached_property
    def header_buttons(self) -> list[Button]:
        if not can_import_results(self.request.user):
            return super().header_buttons
        url = reverse("results:import_new")
        return [HeaderButton(_("Import results"), url=url, icon_name="upload"), *super().header_buttons]

    def get_base_queryset(self) -> models.QuerySet:
        figures = Observation.objects.filter(delivery=models.OuterRef("pk")).order_by().values("delivery")
        counted = models.Subquery(figures.annotate(count=models.Count("pk")).values("count"))
        return super().get_base_queryset().annotate(figure_count=Coalesce(counted, 0))


class DeliveryInspectView(RecordInspectView):
    template_name = "results/delivery_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delivery = self.object
        observations = delivery.observations.with_names().order_by("pk")
        rows = figure_rows(observations[:SHOWN])
        count = len(rows) if len(rows) < SHOWN else observations.count()
        facts = {
            "figures": rows,
            "figure_count": count,
            "left_out": count - len(rows),
            "small_count": small_count(rows),
            "is_live": Delivery.objects.live(include_unvalidated=True).filter(pk=delivery.pk).exists(),
            "newer": delivery.superseded_by.filter(withdrawn_at=None).first(),
            "can_import": can_import_results(self.request.user),
            "list_url": f"{reverse('results_observation:index')}?delivery={delivery.pk}",
        }
        return {**super().get_context_data(**kwargs), **facts}


class DeliveryViewSet(RecordViewSet):
    model = Delivery
    name = "results_delivery"
    url_prefix = "resultater/leverancer"
    icon = "download"
    menu_label = gettext_lazy("Deliveries")
    actions = frozenset()
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    filterset_class = DeliveryFilterSet
    list_display = [
        "source",
        RecordColumn("state", label=gettext_lazy("State"), accessor=_state),
        "extracted_on",
        RecordColumn("figure_count", label=gettext_lazy("Figures"), accessor="figure_count", sort_key="figure_count"),
        "file_name",
        RecordColumn("pk", label=gettext_lazy("Delivery number"), accessor="pk", sort_key="pk"),
        "imported_at",
        "imported_by",
    ]
    list_prefetch_related = ("superseded_by",)
    search_fields = ("source", "file_name", "note", "sha256")
    inspect_view_fields = [
        "source",
        "extracted_on",
        "is_validated",
        "note",
        "supersedes",
        "file_name",
        "sha256",
        "size_bytes",
        "imported_at",
        "imported_by",
    ]
    empty_text = gettext_lazy("No figures yet. Import the first file of results.")


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
        "unit",
        "note",
        "delivery",
    ]
    list_filter = {
        "delivery": ["exact"],
        "measure_version__measure": ["exact"],
        "framework": ["exact"],
        "lot": ["exact"],
        "supplier": ["exact"],
        "benefit_group": ["exact"],
        "unit": ["exact"],
    }
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


class MeasureViewSet(RecordViewSet):
    model = Measure
    name = "results_measure"
    url_prefix = "resultater/maal"
    icon = "order"
    menu_label = gettext_lazy("Measures")
    list_display = ["name", "code", "kind", "column_label", "order"]
    list_filter = ["kind"]
    search_fields = ("name", "code", "column_label")
    inspect_relations = ("versions",)
    empty_text = gettext_lazy("No measures yet. Add what you follow, then the version that says how it is counted.")
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("code", help_text=CODE_HELP), FieldPanel("kind"), FieldPanel("order")]),
        FieldPanel("column_label"),
    ]


class MeasureVersionViewSet(RecordViewSet):
    model = MeasureVersion
    name = "results_measure_version"
    url_prefix = "resultater/opgoerelser"
    icon = "doc-full"
    menu_label = gettext_lazy("Definitions")
    list_display = ["measure", "code", "valid_from", "valid_to", "window", "population", "counts"]
    list_filter = ["measure"]
    search_fields = ("code", "measure__name", "window", "population", "counts", "method_note")
    empty_text = gettext_lazy("No definitions yet. Add a measure first, then how it is counted.")
    save_service = staticmethod(save_measure_version)
    panels = [
        FieldRowPanel([FieldPanel("measure"), FieldPanel("code", help_text=CODE_HELP)]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")], heading=gettext_lazy("Validity")),
        MultiFieldPanel(
            [
                FieldPanel("window"),
                FieldPanel("population"),
                FieldPanel("counts"),
                FieldPanel("counts_unripe_as_no_outcome"),
            ],
            heading=gettext_lazy("How it is counted"),
        ),
        FieldPanel("totals_are_unique_persons"),
        FieldPanel("method_note"),
    ]


class BenefitGroupViewSet(RecordViewSet):
    model = BenefitGroup
    name = "results_benefit_group"
    url_prefix = "resultater/ydelsesgrupper"
    icon = "group"
    menu_label = gettext_lazy("Benefit groups")
    list_display = ["name", "code", "short_name", "order", "parts", "valid_from", "valid_to"]
    list_prefetch_related = ("parts",)
    search_fields = ("name", "code", "short_name")
    empty_text = gettext_lazy("No benefit groups yet. Add what citizens live on.")
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("code", help_text=CODE_HELP), FieldPanel("order")]),
        FieldPanel("parts"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")], heading=gettext_lazy("Validity")),
    ]


class ResultsGroup(ViewSetGroup):
    menu_label = gettext_lazy("Results")
    menu_name = "results"
    menu_icon = "order"
    menu_order = 500
    items = (DeliveryViewSet, ObservationViewSet, MeasureViewSet, MeasureVersionViewSet, BenefitGroupViewSet)
