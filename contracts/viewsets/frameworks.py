"""The registers of framework agreements and lots."""

from __future__ import annotations

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from accounts.models import User
from contracts.forms.panels import OPTION_PANELS, PRICE_PANELS
from contracts.models import FrameworkAgreement, Lot
from contracts.queries.shares import frameworks_over_share
from contracts.services import save_framework, save_lot
from contracts.views.links import agreement_links
from contracts.viewsets.contract_list import share_today
from contracts.viewsets.reads import AgreementInspectView
from contracts.viewsets.vocabulary import CODE_HELP
from records.pages import Link
from records.views.lists import RecordColumn, RecordIndexView
from records.viewsets import RecordViewSet


class FrameworkIndexView(RecordIndexView):
    def get_base_queryset(self) -> models.QuerySet:
        over = models.Q(pk__in=frameworks_over_share())
        flag = models.Case(models.When(over, then=True), default=False, output_field=models.BooleanField())
        return super().get_base_queryset().annotate(is_over_share=flag)


class FrameworkViewSet(RecordViewSet):
    model = FrameworkAgreement
    index_view_class = FrameworkIndexView
    inspect_view_class = AgreementInspectView
    icon = "folder-open-inverse"
    menu_label = _("Framework agreements")
    list_display = [
        "name",
        "starts_on",
        "effective_ends_on",
        "ceiling_dkk",
        RecordColumn("over_share", label=_("Amendments"), accessor=share_today),
        "notice_months",
        "responsible",
        "retender_strategy",
        "f2_case_number",
        "code",
    ]
    list_filter = ["responsible", "retender_strategy"]
    search_fields = ("name", "code", "f2_case_number", "edoc_case_number")
    empty_text = _("No framework agreements yet. Add the first, then its lots.")
    inspect_relations = ("lots", "successors")
    save_service = staticmethod(save_framework)

    def extra_links(self, record: models.Model, *, user: User) -> list[Link]:
        return agreement_links(record, user=user)  # type: ignore[arg-type]

    panels = [
        FieldPanel("name"),
        FieldPanel("code", help_text=CODE_HELP),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("Period")),
        InlinePanel("options", panels=OPTION_PANELS, heading=_("Options"), label=_("Option")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("estimated_value_dkk"), FieldPanel("ceiling_dkk")]),
                FieldRowPanel([FieldPanel("retender_threshold_percent"), FieldPanel("stop_threshold_percent")]),
                FieldPanel("notice_months"),
            ],
            heading=_("Terms"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("price_regulation"), FieldPanel("price_regulated_on")]),
                FieldPanel("price_regulation_note"),
            ],
            heading=_("Price regulation"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("responsible"), FieldPanel("responsible_unit")]),
                FieldPanel("people", widget=CheckboxSelectMultiple),
            ],
            heading=_("Who works with it"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("retender_strategy"), FieldPanel("retender_starts_on")]),
                FieldPanel("retender_plan"),
                FieldRowPanel([FieldPanel("predecessor"), FieldPanel("decision")]),
            ],
            heading=_("Before and after"),
        ),
        FieldRowPanel([FieldPanel("f2_case_number"), FieldPanel("edoc_case_number")], heading=_("Case numbers")),
        FieldPanel("note"),
    ]


class LotViewSet(RecordViewSet):
    """A register of its own and not rows in the framework's form: contracts and figures point at lots."""

    model = Lot
    icon = "list-ul"
    menu_label = _("Lots")
    list_display = ["code", "name", "framework", "target_groups", "services", "ceiling_dkk"]
    list_filter = ["framework", "target_groups", "services"]
    list_prefetch_related = ("target_groups", "services")
    search_fields = ("code", "name", "framework__name")
    empty_text = _("No lots yet. Add a framework agreement first, then what suppliers win separately in it.")
    inspect_relations = ("contracts", "obligation_sets")
    save_service = staticmethod(save_lot)
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
        FieldRowPanel(
            [
                FieldPanel("estimated_value_dkk"),
                FieldPanel("ceiling_dkk"),
                FieldPanel("expected_referrals_per_year"),
            ],
            heading=_("Volume"),
        ),
        InlinePanel("prices", panels=PRICE_PANELS, heading=_("Prices"), label=_("Price")),
        FieldPanel("note"),
    ]
