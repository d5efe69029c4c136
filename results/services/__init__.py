from results.services.deliveries import reinstate_delivery, withdraw_delivery
from results.services.importing.errors import ImportRefusedError, RowError
from results.services.imports import ImportPlan, ImportResult, import_results, plan_import

__all__ = [
    "ImportPlan",
    "ImportRefusedError",
    "ImportResult",
    "RowError",
    "import_results",
    "plan_import",
    "reinstate_delivery",
    "withdraw_delivery",
]
