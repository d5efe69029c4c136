"""The registers of obligations, and of the sets of them that flow to contracts."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter, MultipleChoiceFilter
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel

from accounts.models import User
from contracts.enums import ObligationState
from contracts.models import Contract, FrameworkAgreement, Obligation, ObligationSet
from contracts.queries.obligations import contracts_of_set, occurrences_of
from contracts.recurrence import in_words
from contracts.rules import can_edit_agreements
from contracts.services import delete_obligation, delete_obligation_set, save_obligation, save_obligation_set
from contracts.viewsets.choosers import contract_chooser, framework_chooser
from records.views.edits import RecordCreateView
from records.views.lists import RecordColumn, RecordFilterSet, RecordIndexView
from records.views.reads import RecordInspectView
from records.viewsets import RecordViewSet
from suppliers.filters import SupplierSearchFilter

RULE_PANELS = [
    FieldRowPanel([FieldPanel("title"), FieldPanel("kind"), FieldPanel("party")]),
    FieldRowPanel([FieldPanel("first_due_on"), FieldPanel("days_after_start"), FieldPanel("every_months")]),
    FieldPanel("description"),
]
OWN_PANELS = [
    MultiFieldPanel(RULE_PANELS, heading=_("What and when")),
    FieldRowPanel([FieldPanel("owner"), FieldPanel("ends_on")]),
    FieldPanel("decision"),
]


class FlowPanel(Panel):
    """Which contracts a set flows to, beside the lots that it is attached to."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "contracts/_flow_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            today = timezone.localdate()
            return {
                **super().get_context_data(parent_context),
                "flow": contracts_of_set(self.instance, today=today) if self.instance.pk else None,
            }


class ObligationSetViewSet(RecordViewSet):
    model = ObligationSet
    icon = "clipboard-list"
    menu_label = _("Sets of obligations")
    list_display = ["name", "lots", "decision"]
    list_prefetch_related = ("lots",)
    search_fields = ("name",)
    empty_text = _("No sets yet. Gather what the contracts of a lot require, and attach the set to the lot.")
    save_service = staticmethod(save_obligation_set)
    delete_service = staticmethod(delete_obligation_set)
    panels = [
        FieldPanel("name"),
        FieldPanel("lots", widget=CheckboxSelectMultiple),
        FlowPanel(heading=_("Where it flows")),
        FieldPanel("decision"),
        InlinePanel("templates", panels=RULE_PANELS, heading=_("Obligations"), label=_("Obligation")),
    ]


class ObligationFilterSet(RecordFilterSet):
    state = MultipleChoiceFilter(label=_("State"), choices=ObligationState.choices, method="standing_in")
    followed_up_by = ModelChoiceFilter(
        label=_("Followed up by"), queryset=User.objects.filter(is_active=True), method="of_person"
    )
    supplier = SupplierSearchFilter(field_name="contract__supplier")
    framework = ModelChoiceFilter(
        label=_("Framework agreement"), queryset=FrameworkAgreement.objects.all(), method="under"
    )

    class Meta:
        model = Obligation
        fields = ["state", "kind", "party", "followed_up_by", "supplier", "framework"]

    def standing_in(self, obligations: Any, name: str, states: list[str]) -> models.QuerySet:
        return obligations.filter(state__in=states) if states else obligations

    def of_person(self, obligations: Any, name: str, user: User) -> models.QuerySet:
        return obligations.followed_up_by(user)

    def under(self, obligations: Any, name: str, framework: FrameworkAgreement) -> models.QuerySet:
        return obligations.under_framework(framework)


class ObligationIndexView(RecordIndexView):
    def get_base_queryset(self) -> models.QuerySet:
        return super().get_base_queryset().with_agreements().with_standing(today=timezone.localdate())


class ObligationCreateView(RecordCreateView):
    def get_initial_form_instance(self) -> Obligation:
        """Begin with the agreement whose page the person came from."""
        found = {}
        for name, model in (("contract", Contract), ("framework", FrameworkAgreement)):
            key = self.request.GET.get(name, "")
            if key.isdigit():
                found[name] = model.objects.visible_to(self.request.user).filter(pk=key).first()
        return Obligation(**found)


class ObligationInspectView(RecordInspectView):
    template_name = "contracts/obligation_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        standing = Obligation.objects.with_standing(today=today).get(pk=self.object.pk)
        facts = {
            "rule": in_words(self.object),
            "state": ObligationState(standing.state).label,
            "is_overdue": standing.state == ObligationState.OVERDUE,
            "rows": occurrences_of(self.object, today=today),
            "can_edit": can_edit_agreements(self.request.user),
            "here": self.request.get_full_path(),
        }
        return {**super().get_context_data(**kwargs), **facts}


def _state(obligation: Any) -> str:
    return str(ObligationState(obligation.state).label)


class ObligationViewSet(RecordViewSet):
    model = Obligation
    url_prefix = "forpligtelser"
    icon = "clipboard-list"
    menu_label = _("Obligations")
    index_view_class = ObligationIndexView
    add_view_class = ObligationCreateView
    inspect_view_class = ObligationInspectView
    filterset_class = ObligationFilterSet
    save_service = staticmethod(save_obligation)
    delete_service = staticmethod(delete_obligation)
    list_display = [
        "title",
        RecordColumn("next_due_on", label=_("Next due"), accessor="next_due_on", sort_key="next_due_on"),
        RecordColumn("state", label=_("State"), accessor=_state, sort_key="state"),
        RecordColumn("agreement", label=_("Agreement"), accessor="source"),
        RecordColumn("rule", label=_("How often"), accessor=in_words),
        "kind",
        "party",
        RecordColumn("followed_up_by", label=_("Followed up by"), accessor="followed_up_by"),
        "ends_on",
        "decision",
    ]
    search_fields = ("title", "contract__number", "contract__supplier__name", "framework__name")
    inspect_view_fields = ["contract", "framework", "kind", "party", "description", "owner", "decision", "ends_on"]
    empty_text = _("No obligations yet. Add what an agreement requires, or attach a set of obligations to a lot.")
    panels = [
        FieldRowPanel(
            [
                FieldPanel("contract", widget=contract_chooser.widget_class),
                FieldPanel("framework", widget=framework_chooser.widget_class),
            ],
            heading=_("Agreement"),
        ),
        *OWN_PANELS,
    ]

    @cached_property
    def change_handler(self) -> Panel:
        """An obligation stays with its agreement."""
        panels = [*OWN_PANELS, FieldPanel("change_reason")]
        return ObjectList(panels, base_form_class=self.change_form).bind_to_model(self.model)

    def blank_copy(self, original: models.Model) -> Obligation:
        """A copy is an obligation of its own, and comes from no set."""
        copy = super().blank_copy(original)
        copy.template, copy.withdrawn_on, copy.follows_set, copy.contract = None, None, True, None
        return copy
