"""The registers of agreements, and the windows in which one is chosen."""

from contracts.viewsets.amendments import AmendmentViewSet, LegalBasisViewSet
from contracts.viewsets.choosers import contract_chooser, framework_chooser, lot_chooser
from contracts.viewsets.contracts import ContractViewSet
from contracts.viewsets.deadlines import DeadlineSettingViewSet, ReminderRuleViewSet
from contracts.viewsets.documents import DocumentCategoryViewSet, DocumentViewSet
from contracts.viewsets.frameworks import FrameworkViewSet, LotViewSet
from contracts.viewsets.imports import ContractImportViewSet
from contracts.viewsets.obligations import ObligationSetViewSet, ObligationViewSet
from contracts.viewsets.occurrences import OccurrenceViewSet
from contracts.viewsets.spend import SpendDeliveryViewSet, SpendViewSet
from contracts.viewsets.tenders import (
    AwardCriterionViewSet,
    BidViewSet,
    BoardViewSet,
    TenderLotViewSet,
    TenderViewSet,
)
from contracts.viewsets.vocabulary import ServiceViewSet, TargetGroupViewSet

__all__ = [
    "AmendmentViewSet",
    "AwardCriterionViewSet",
    "BidViewSet",
    "BoardViewSet",
    "ContractImportViewSet",
    "ContractViewSet",
    "DeadlineSettingViewSet",
    "DocumentCategoryViewSet",
    "DocumentViewSet",
    "FrameworkViewSet",
    "LegalBasisViewSet",
    "LotViewSet",
    "ObligationSetViewSet",
    "ObligationViewSet",
    "OccurrenceViewSet",
    "ReminderRuleViewSet",
    "ServiceViewSet",
    "SpendDeliveryViewSet",
    "SpendViewSet",
    "TargetGroupViewSet",
    "TenderLotViewSet",
    "TenderViewSet",
    "contract_chooser",
    "framework_chooser",
    "lot_chooser",
]
