"""Windows in which a framework, a lot or a contract is chosen."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, FrameworkAgreement, Lot
from records.viewsets import RecordChooserViewSet


class FrameworkChooserViewSet(RecordChooserViewSet):
    model = FrameworkAgreement
    icon = "folder-open-inverse"
    choose_one_text = _("Choose a framework agreement")
    choose_another_text = _("Choose another framework agreement")
    edit_item_text = _("Show this framework agreement")
    search_fields = ("name", "code")


class LotChooserViewSet(RecordChooserViewSet):
    model = Lot
    icon = "list-ul"
    choose_one_text = _("Choose a lot")
    choose_another_text = _("Choose another lot")
    edit_item_text = _("Show this lot")
    search_fields = ("code", "name")


class ContractChooserViewSet(RecordChooserViewSet):
    model = Contract
    icon = "doc-full"
    choose_one_text = _("Choose a contract")
    choose_another_text = _("Choose another contract")
    edit_item_text = _("Show this contract")
    search_fields = ("number", "supplier__name", "supplier__cvr", "lot__name", "lot__code")
    list_select_related = ("supplier",)


framework_chooser = FrameworkChooserViewSet("framework_chooser")
lot_chooser = LotChooserViewSet("lot_chooser")
contract_chooser = ContractChooserViewSet("contract_chooser")
