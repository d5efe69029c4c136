"""The list of contracts: where each stands today, and the filters that an officer asks by."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import BooleanFilter, ChoiceFilter, MultipleChoiceFilter

from contracts import terms
from contracts.enums import Validity
from contracts.models import Contract
from contracts.queries.documents import lacking_documents
from contracts.queries.shares import is_over_share
from contracts.validity import standing
from contracts.viewsets.filters import LotSearchFilter
from records.views.lists import RecordFilterSet, RecordIndexView
from suppliers.filters import SupplierSearchFilter

MONTHS_AHEAD = (
    ("3", gettext_lazy("3 months")),
    ("6", gettext_lazy("6 months")),
    ("12", gettext_lazy("12 months")),
)


class ContractFilterSet(RecordFilterSet):
    validity = MultipleChoiceFilter(label=gettext_lazy("Validity"), choices=Validity.choices, method="standing_in")
    ends_within = ChoiceFilter(label=gettext_lazy("Ends within"), choices=MONTHS_AHEAD, method="ending_within")
    supplier = SupplierSearchFilter()
    lot = LotSearchFilter()
    over_share = BooleanFilter(label=gettext_lazy("Amendments beyond the limit"), method="passing_share")
    lacks_documents = BooleanFilter(label=gettext_lazy("Lacks required documents"), method="lacking_documents")

    class Meta:
        model = Contract
        fields = {"lot__framework": ["exact"], "responsible": ["exact"]}

    def standing_in(self, contracts: Any, name: str, states: list[str]) -> models.QuerySet:
        """Keep the contracts that stand so today."""
        return contracts.standing_in(states, today=timezone.localdate()) if states else contracts

    def ending_within(self, contracts: Any, name: str, months: str) -> models.QuerySet:
        """Keep the contracts whose end, options and notice considered, lies so near."""
        today = timezone.localdate()
        return contracts.filter(effective_ends_on__range=(today, terms.add_months(today, int(months))))

    def passing_share(self, contracts: Any, name: str, value: bool) -> models.QuerySet:
        return contracts.filter(is_over_share()) if value else contracts.exclude(is_over_share())

    def lacking_documents(self, contracts: Any, name: str, value: bool) -> models.QuerySet:
        lacking = lacking_documents(Contract.objects.all(), today=timezone.localdate()).values("pk")
        return contracts.filter(pk__in=lacking) if value else contracts.exclude(pk__in=lacking)


class ContractIndexView(RecordIndexView):
    def get_base_queryset(self) -> models.QuerySet:
        """The column is worked out for the rows that are shown; only a list in its order needs it of all of them."""
        rows = super().get_base_queryset()
        if self.request.GET.get("ordering", "").lstrip("-") == "validity":
            rows = rows.with_validity(today=timezone.localdate())
        over = models.ExpressionWrapper(is_over_share(), output_field=models.BooleanField())
        return rows.annotate(is_over_share=over)


def validity_today(contract: Contract) -> str:
    return standing(contract, today=timezone.localdate()).sentence


def share_today(contract: Any) -> str:
    """Return a word for what amendments come to; needs the list's annotation."""
    return _("Beyond the limit") if contract.is_over_share else ""
