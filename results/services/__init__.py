from results.services.definitions import save_measure_version
from results.services.deliveries import reinstate_delivery, withdraw_delivery
from results.services.importing.errors import ImportRefusedError, RowError
from results.services.imports import ImportPlan, ImportResult, import_results, plan_import
from results.services.staging import confirm_upload, discard_upload, plan_digest, plan_of, stage_upload

__all__ = [
    "ImportPlan",
    "ImportRefusedError",
    "ImportResult",
    "RowError",
    "confirm_upload",
    "discard_upload",
    "import_results",
    "plan_digest",
    "plan_import",
    "plan_of",
    "reinstate_delivery",
    "save_measure_version",
    "stage_upload",
    "withdraw_delivery",
]
