"""What is due: the register that one works through, with its choices in the address."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, DateFromToRangeFilter, ModelChoiceFilter, MultipleChoiceFilter
from wagtail.admin.ui.tables import Column, TitleColumn

from accounts.models import User
from accounts.widgets import DayRangeInput
from contracts.enums import ObligationKind, OccurrenceState, Party
from contracts.models import FrameworkAgreement, ObligationOccurrence
from contracts.queries.obligations import occurrence_row, occurrence_state
from contracts.rules import can_edit_agreements
from records.views.lists import RecordColumn, RecordFilterSet, RecordIndexView, canonical
from records.views.reads import RecordInspectView
from records.viewsets import RecordViewSet
from suppliers.filters import SupplierSearchFilter

OVERDUE, COMING = "overdue", "coming"
STATES = (
    (OVERDUE, _("Overdue")),
    (COMING, _("Coming up")),
    (OccurrenceState.FULFILLED, OccurrenceState.FULFILLED.label),
    (OccurrenceState.WAIVED, OccurrenceState.WAIVED.label),
)


class OccurrenceFilterSet(RecordFilterSet):
    state = MultipleChoiceFilter(label=_("State"), choices=STATES, method="standing_in")
    due_on = DateFromToRangeFilter(label=_("Due"), widget=DayRangeInput)
    kind = MultipleChoiceFilter(field_name="obligation__kind", choices=ObligationKind.choices)
    party = ChoiceFilter(field_name="obligation__party", choices=Party.choices)
    followed_up_by = ModelChoiceFilter(
        label=_("Followed up by"), queryset=User.objects.filter(is_active=True), method="of_person"
    )
    supplier = SupplierSearchFilter(field_name="obligation__contract__supplier")
    framework = ModelChoiceFilter(
        label=_("Framework agreement"), queryset=FrameworkAgreement.objects.all(), method="under"
    )

    class Meta:
        model = ObligationOccurrence
        fields = ["state", "due_on", "kind", "party", "followed_up_by", "supplier", "framework"]

    def standing_in(self, occurrences: Any, name: str, states: list[str]) -> models.QuerySet:
        today = timezone.localdate()
        conditions = {
            OVERDUE: Q(state=OccurrenceState.OPEN, due_on__lt=today),
            COMING: Q(state=OccurrenceState.OPEN, due_on__gte=today),
        }
        chosen = Q(pk__in=[])
        for state in states:
            chosen |= conditions.get(state, Q(state=state))
        return occurrences.filter(chosen) if states else occurrences

    def of_person(self, occurrences: Any, name: str, user: User) -> models.QuerySet:
        return occurrences.followed_up_by(user)

    def under(self, occurrences: Any, name: str, framework: FrameworkAgreement) -> models.QuerySet:
        return occurrences.under_framework(framework)


class StateColumn(RecordColumn):
    """The state in words; what is overdue stands out."""

    cell_template_name = "contracts/_occurrence_state_cell.html"

    def get_cell_context_data(self, instance: ObligationOccurrence, parent_context: Any) -> dict[str, Any]:
        is_overdue = instance.is_open and instance.due_on < timezone.localdate()
        return {**super().get_cell_context_data(instance, parent_context), "is_overdue": is_overdue}


class ActionColumn(Column):
    """What can be done with an occurrence in one click."""

    cell_template_name = "contracts/_occurrence_actions_cell.html"

    def get_cell_context_data(self, instance: ObligationOccurrence, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        return {
            **super().get_cell_context_data(instance, parent_context),
            "row": occurrence_row(instance, today=timezone.localdate()),
            "csrf_token": get_token(request),
            "here": _list_as_seen(request),
        }


def _list_as_seen(request: HttpRequest) -> str:
    """Return the list's address with its choices and page, also when only its rows were asked for."""
    query = QueryDict(canonical(request.GET.urlencode()), mutable=True)
    if page := request.GET.get("p"):
        query["p"] = page
    return f"{reverse('obligation_occurrence:index')}?{query.urlencode()}"


def _state(occurrence: ObligationOccurrence) -> str:
    return occurrence_state(occurrence, today=timezone.localdate())


class OccurrenceIndexView(RecordIndexView):
    def get_base_queryset(self) -> models.QuerySet:
        return super().get_base_queryset().with_agreements()

    @cached_property
    def available_columns(self) -> list[Column]:
        """Leave out what can be done where nothing can: in an export, and for those who only look."""
        columns = super().available_columns
        may_act = not self.is_export and can_edit_agreements(self.request.user)
        return columns if may_act else [column for column in columns if not isinstance(column, ActionColumn)]


class OccurrenceInspectView(RecordInspectView):
    template_name = "contracts/occurrence_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {
            "row": occurrence_row(self.object, today=timezone.localdate()),
            "can_edit": can_edit_agreements(self.request.user),
            "here": self.request.get_full_path(),
        }
        return {**super().get_context_data(**kwargs), **facts}


class OccurrenceViewSet(RecordViewSet):
    """Read here; days follow from obligations, and are settled one by one."""

    model = ObligationOccurrence
    name = "obligation_occurrence"
    url_prefix = "forpligtelser/frister"
    icon = "calendar-check"
    menu_label = _("What is due")
    actions = frozenset()
    index_view_class = OccurrenceIndexView
    inspect_view_class = OccurrenceInspectView
    filterset_class = OccurrenceFilterSet
    list_display = [
        TitleColumn(
            "obligation",
            label=_("Obligation"),
            accessor="obligation.title",
            sort_key="obligation__title",
            url_name="obligation_occurrence:inspect",
            classname="title",
        ),
        "due_on",
        StateColumn("state", label=_("State"), accessor=_state, sort_key="state"),
        RecordColumn("agreement", label=_("Agreement"), accessor="obligation.source"),
        ActionColumn("actions", label=_("Actions")),
        RecordColumn("party", label=_("Who must do it"), accessor="obligation.get_party_display"),
        RecordColumn("followed_up_by", label=_("Followed up by"), accessor="obligation.followed_up_by"),
        "settled_on",
        RecordColumn("evidence", label=_("Documentation"), accessor="evidence"),
        "note",
    ]
    list_prefetch_related = ("evidence",)
    search_fields = (
        "obligation__title",
        "obligation__contract__number",
        "obligation__contract__supplier__name",
        "obligation__framework__name",
    )
    inspect_view_fields = ["due_on", "state", "settled_on", "note", "evidence"]
    empty_text = _("Nothing is due yet. Add obligations to an agreement, or attach a set to a lot.")

    @property
    def menu_url(self) -> str:
        """Open what waits to be done; the rest is one choice away."""
        return f"{reverse(self.get_url_name('index'))}?state={OVERDUE}&state={COMING}"
