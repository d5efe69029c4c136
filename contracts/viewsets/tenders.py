"""The registers of tenders, what they put out, and the bids."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from contracts.enums import TenderState
from contracts.forms.tenders.registers import BidChangeForm, BidForm
from contracts.models import AwardCriterion, Bid, Tender, TenderLot
from contracts.queries.tenders import progress_of
from contracts.services.tenders import delete_bid, delete_tender, save_bid, save_criterion, save_tender, save_tender_lot
from contracts.tendering.progress import furthest_phase
from contracts.views.tenders.board import board
from contracts.views.tenders.shell import frame_of
from contracts.viewsets.frameworks import PRICE_PANELS
from contracts.viewsets.vocabulary import CODE_HELP
from records.values import display
from records.views.edits import RecordCreateView
from records.views.lists import RecordColumn, RecordFilterSet
from records.views.reads import RecordInspectView
from records.viewsets import RecordViewSet
from suppliers.filters import SupplierSearchFilter


class PrefilledCreateView(RecordCreateView):
    """A new record begun from a tender's page, which knows some of it: `?tender=3`."""

    def get_initial(self) -> dict[str, Any]:
        given = {name: self.request.GET[name] for name in self.register.prefilled if self.request.GET.get(name)}
        return {**super().get_initial(), **given}


class TenderInspectView(RecordInspectView):
    """The tender's own page: how far it has come, what comes next, its plan in a picture, and its facts."""

    template_name = "contracts/tenders/show.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        own = {"progress": progress_of(self.object, today=today), "today": today, "page_subtitle": ""}
        return {**super().get_context_data(**kwargs), **frame_of(self.request, self.object, tab="overview"), **own}


def phase_of(tender: Tender) -> str:
    """Return the furthest phase that has begun; needs `phases` fetched."""
    phase = furthest_phase(tender.phases_in_order())
    if phase is None or tender.state == TenderState.CANCELLED:
        return display(None)
    return phase.get_kind_display()


class TenderViewSet(RecordViewSet):
    model = Tender
    url_prefix = "udbud"
    icon = "clipboard-list"
    menu_label = _("Tenders")
    inspect_view_class = TenderInspectView
    list_display = [
        "name",
        RecordColumn("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        RecordColumn("phase", label=_("Phase"), accessor=phase_of),
        RecordColumn("regime", label=_("Procedure"), accessor="get_regime_display", sort_key="regime"),
        "responsible",
        "estimated_value_dkk",
        "contracts_start_on",
        "predecessor_framework",
        "framework",
        "f2_case_number",
        "code",
    ]
    list_filter = ["state", "regime", "responsible", "predecessor_framework", "framework"]
    list_prefetch_related = ("phases",)
    search_fields = ("name", "code", "f2_case_number", "edoc_case_number", "note")
    empty_text = _(
        "No tenders yet. Begin one a year before its contracts must begin, and let the plan be made backwards."
    )
    inspect_view_fields = [
        "regime", "responsible", "responsible_unit", "estimated_value_dkk", "ceiling_dkk", "contracts_start_on",
        "contracts_end_on",
        "option_count", "option_months", "notice_months", "standstill_days", "score_max", "predecessor_framework", "framework",
        "meetings", "decisions", "f2_case_number", "edoc_case_number", "code", "note",
    ]  # fmt: skip
    save_service = staticmethod(save_tender)
    delete_service = staticmethod(delete_tender)
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("code", help_text=CODE_HELP), FieldPanel("regime")]),
        FieldRowPanel([FieldPanel("responsible"), FieldPanel("responsible_unit")]),
        FieldRowPanel([FieldPanel("estimated_value_dkk"), FieldPanel("ceiling_dkk")], heading=_("Value")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("contracts_start_on"), FieldPanel("contracts_end_on")]),
                FieldRowPanel([FieldPanel("option_count"), FieldPanel("option_months"), FieldPanel("notice_months")]),
            ],
            heading=_("Terms"),
        ),
        FieldRowPanel([FieldPanel("standstill_days"), FieldPanel("score_max")], heading=_("Award")),
        MultiFieldPanel([FieldPanel("predecessor_framework"), FieldPanel("framework")], heading=_("Before and after")),
        MultiFieldPanel(
            [
                FieldPanel("meetings", widget=CheckboxSelectMultiple, classname="tender-choices"),
                FieldPanel("decisions", widget=CheckboxSelectMultiple, classname="tender-choices"),
            ],
            heading=_("Committee"),
        ),
        FieldRowPanel([FieldPanel("f2_case_number"), FieldPanel("edoc_case_number")], heading=_("Case numbers")),
        FieldPanel("note"),
    ]

    def blank_copy(self, original: models.Model) -> models.Model:
        """Return a new tender that asks for the same; what became of the original is its own."""
        copy = super().blank_copy(original)
        copy.state, copy.cancellation_reason, copy.framework = TenderState.DRAFT, "", None
        copy.phases.set([])
        return copy


class TenderLotViewSet(RecordViewSet):
    """Listed here to be found and exported; each is begun from its tender's page."""

    model = TenderLot
    url_prefix = "udbudte-omraader"
    icon = "list-ul"
    add_view_class = PrefilledCreateView
    prefilled = ("tender",)
    list_display = [
        "name", "code", "tender", "target_groups", "services", "suppliers_wanted", "estimated_value_dkk", "ceiling_dkk", "lot",
    ]  # fmt: skip
    list_filter = ["tender", "target_groups", "services"]
    list_prefetch_related = ("target_groups", "services")
    search_fields = ("code", "name", "tender__name")
    empty_text = _("No lots yet. Open a tender, and add what suppliers can win in it.")
    inspect_relations = ("bids",)
    save_service = staticmethod(save_tender_lot)
    panels = [
        FieldPanel("tender"),
        FieldRowPanel([FieldPanel("code", help_text=CODE_HELP), FieldPanel("name")]),
        FieldPanel("suppliers_wanted"),
        MultiFieldPanel(
            [
                FieldPanel("target_groups", widget=CheckboxSelectMultiple),
                FieldPanel("services", widget=CheckboxSelectMultiple),
            ],
            heading=_("Whom it serves and with what"),
        ),
        FieldRowPanel(
            [FieldPanel("estimated_value_dkk"), FieldPanel("ceiling_dkk"), FieldPanel("expected_referrals_per_year")],
            heading=_("Volume"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("option_count"), FieldPanel("option_months"), FieldPanel("notice_months")]),
            ],
            heading=_("Terms of the contracts"),
        ),
        FieldPanel("note"),
    ]

    def blank_copy(self, original: models.Model) -> models.Model:
        copy = super().blank_copy(original)
        copy.lot = None
        return copy


class BidFilterSet(RecordFilterSet):
    supplier = SupplierSearchFilter()
    tender = ModelChoiceFilter(label=_("Tender"), field_name="tender_lot__tender", queryset=Tender.objects.all())

    class Meta:
        model = Bid
        fields = ["tender", "supplier", "state"]


class BidViewSet(RecordViewSet):
    """Listed here to be found and exported; each is registered from its tender's page."""

    model = Bid
    url_prefix = "tilbud"
    icon = "doc-full-inverse"
    add_view_class = PrefilledCreateView
    prefilled = ("tender_lot",)
    filterset_class = BidFilterSet
    list_display = [
        "supplier",
        "tender_lot__tender",
        "tender_lot",
        RecordColumn("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        "price_dkk",
        "received_at",
        "contract",
    ]
    list_select_related = ("tender_lot__tender", "supplier", "contract__supplier")
    search_fields = ("supplier__name", "supplier__cvr", "tender_lot__name", "tender_lot__tender__name")
    empty_text = _("No bids yet. Open a tender that is published, and register the bids as they come in.")
    inspect_view_fields = [
        "tender_lot",
        "supplier",
        "state",
        "exclusion_reason",
        "received_at",
        "price_dkk",
        "note",
        "contract",
    ]
    record_form = BidForm
    change_form = BidChangeForm
    save_service = staticmethod(save_bid)
    delete_service = staticmethod(delete_bid)
    panels = [
        FieldPanel("tender_lot"),
        FieldRowPanel([FieldPanel("supplier"), FieldPanel("received_at")]),
        FieldPanel("price_dkk"),
        InlinePanel("prices", panels=PRICE_PANELS, heading=_("Prices"), label=_("Price")),
        FieldPanel("note"),
    ]

    def blank_copy(self, original: models.Model) -> models.Model:
        copy = super().blank_copy(original)
        fresh = Bid(tender_lot=copy.tender_lot, supplier=copy.supplier, price_dkk=copy.price_dkk, note=copy.note)
        fresh.prices.set(copy.prices.all())
        return fresh


class AwardCriterionViewSet(RecordViewSet):
    """Read here, for history and export; criteria are written as a whole on their tender's page."""

    model = AwardCriterion
    url_prefix = "tildelingskriterier"
    icon = "list-ol"
    actions = frozenset()
    list_display = ["name", "tender", "parent", "kind", "weight_percent"]
    list_filter = ["tender", "kind"]
    search_fields = ("name", "tender__name")
    inspect_relations = ("children",)
    save_service = staticmethod(save_criterion)
    empty_text = _("No criteria yet. Write them on a tender's page.")


class BoardMenuItem(MenuItem):
    """Shown to those who may look at tenders; a menu's own items ask nobody."""

    def is_shown(self, request: HttpRequest) -> bool:
        return policy_registry.get_by_type(Tender).user_has_permission(request.user, "view")


class BoardViewSet(ViewSet):
    """The board among the registers of the menu."""

    menu_item_class = BoardMenuItem
    name = "tender_board"
    url_prefix = "udbudstavle"
    icon = "table"
    menu_label = _("Tender board")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", board, name="index")]
