from contracts.models.contract import Contract
from contracts.models.framework import FrameworkAgreement, Lot
from contracts.models.vocabulary import Service, TargetGroup

__all__ = ["Contract", "FrameworkAgreement", "Lot", "Service", "TargetGroup"]
