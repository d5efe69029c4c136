"""The register of contracts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts.models import Contract
from contracts.services import delete_contract, save_contract
from contracts.views.links import agreement_links
from contracts.viewsets.contract_form import CONTRACT_PANELS
from contracts.viewsets.contract_list import ContractFilterSet, ContractIndexView, share_today, validity_today
from contracts.viewsets.reads import AgreementInspectView
from records.pages import Link
from records.views.lists import RecordColumn
from records.viewsets import RecordViewSet


class ContractViewSet(RecordViewSet):
    model = Contract
    index_view_class = ContractIndexView
    inspect_view_class = AgreementInspectView
    filterset_class = ContractFilterSet
    ordering = ["number"]
    icon = "doc-full"
    menu_label = _("Contracts")
    list_display = [
        "number",
        "supplier",
        "lot",
        "lot__framework",
        "starts_on",
        "effective_ends_on",
        RecordColumn("validity", label=_("Validity"), accessor=validity_today, sort_key="validity"),
        "value_dkk",
        RecordColumn("over_share", label=_("Amendments"), accessor=share_today),
        "responsible",
    ]
    list_select_related = ("lot__framework", "supplier")
    search_fields = ("number", "supplier__name", "supplier__cvr", "lot__name", "lot__code")
    empty_text = _("No contracts yet. A contract joins a supplier to a lot: add those two first.")
    save_service = staticmethod(save_contract)
    delete_service = staticmethod(delete_contract)
    panels = CONTRACT_PANELS

    def extra_links(self, record: models.Model, *, user: User) -> list[Link]:
        return agreement_links(record, user=user)  # type: ignore[arg-type]
