"""The register of deliveries."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import BooleanFilter, DateFromToRangeFilter, ModelChoiceFilter
from wagtail.admin.widgets.button import Button, HeaderButton

from accounts.widgets import DayRangeInput
from records.views.lists import RecordColumn, RecordFilterSet, RecordIndexView
from records.views.reads import RecordInspectView
from records.viewsets import RecordViewSet
from results.models import (
    Delivery,
    Derivation,
    Measure,
    Observation,
)
from results.queries.deliveries import difference, snapshots_showing
from results.rules import can_import_results
from results.views.previews import SHOWN, change_row, figure_rows, small_count


def _state(delivery: Delivery) -> str:
    """Return the delivery's state in words; needs `superseded_by` fetched."""
    if delivery.is_withdrawn:
        return _("Withdrawn")
    if any(not newer.is_withdrawn for newer in delivery.superseded_by.all()):
        return _("Superseded")
    return _("In use") if delivery.is_validated else _("Not validated")


class DeliveryFilterSet(RecordFilterSet):
    measure = ModelChoiceFilter(label=gettext_lazy("Measure"), queryset=Measure.objects.all(), method="with_measure")
    extracted_on = DateFromToRangeFilter(label=gettext_lazy("Extracted on"), widget=DayRangeInput)
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
        count = HeaderButton(_("Count from registers"), url=reverse("results_derive:index"), icon_name="calendar-check")
        return [HeaderButton(_("Import results"), url=url, icon_name="upload"), count, *super().header_buttons]

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
            **_difference(delivery),
            "snapshots": snapshots_showing(delivery),
            "can_import": can_import_results(self.request.user),
            "list_url": f"{reverse('results_observation:index')}?delivery={delivery.pk}",
            "derivation": Derivation.objects.filter(delivery=delivery).first(),
        }
        return {**super().get_context_data(**kwargs), **facts}


def _difference(delivery: Delivery) -> dict[str, Any]:
    """Return what changed since the delivery before, and the first rows of it in words."""
    found = difference(delivery)
    if found is None:
        return {"difference": None}
    pairs = [*found.changed, *((each, None) for each in found.gone), *((None, each) for each in found.added)]
    return {"difference": found, "changes": [change_row(before, after) for before, after in pairs[:SHOWN]]}


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
