from contracts.services.spend.deliveries import reinstate_spend, withdraw_spend
from contracts.services.spend.imports import SpendImport, SpendPlan, import_spend, plan_spend
from contracts.services.spend.staging import SPEND_KIND, confirm_spend, spend_provenance, stage_spend, staged_plan

__all__ = [
    "SPEND_KIND",
    "SpendImport",
    "SpendPlan",
    "confirm_spend",
    "import_spend",
    "plan_spend",
    "reinstate_spend",
    "spend_provenance",
    "stage_spend",
    "staged_plan",
    "withdraw_spend",
]
