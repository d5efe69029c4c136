from contracts.models.amendments import Amendment, LegalBasis
from contracts.models.bids import AwardCriterion, Bid, BidPrice, BidScore
from contracts.models.contract import Contract
from contracts.models.deadlines import CalendarFeed, DeadlineSetting, ReminderRule
from contracts.models.documents import Document, DocumentCategory, DocumentVersion
from contracts.models.framework import FrameworkAgreement, Lot
from contracts.models.imports import ContractImport, RegisterExport
from contracts.models.obligations import Obligation, ObligationOccurrence, ObligationSet, ObligationTemplate
from contracts.models.options import ContractOption, FrameworkOption
from contracts.models.prices import ContractPrice, LotPrice
from contracts.models.spend import Spend, SpendDelivery
from contracts.models.tenders import Tender, TenderLot, TenderPhase
from contracts.models.vocabulary import Service, TargetGroup

__all__ = [
    "Amendment",
    "AwardCriterion",
    "Bid",
    "BidPrice",
    "BidScore",
    "CalendarFeed",
    "Contract",
    "ContractImport",
    "ContractOption",
    "ContractPrice",
    "DeadlineSetting",
    "Document",
    "DocumentCategory",
    "DocumentVersion",
    "FrameworkAgreement",
    "FrameworkOption",
    "LegalBasis",
    "Lot",
    "LotPrice",
    "Obligation",
    "ObligationOccurrence",
    "ObligationSet",
    "ObligationTemplate",
    "RegisterExport",
    "ReminderRule",
    "Service",
    "Spend",
    "SpendDelivery",
    "TargetGroup",
    "Tender",
    "TenderLot",
    "TenderPhase",
]
