from records.sheets.errors import ImportRefusedError, RowError
from results.services.comments import remove_comment, save_comment
from results.services.definitions import save_measure_version
from results.services.deliveries import reinstate_delivery, withdraw_delivery
from results.services.imports import ImportPlan, ImportResult, import_results, plan_import
from results.services.outside import import_outside
from results.services.staging import STAGED_KIND, confirm_upload, plan_digest, plan_of, provenance_of, stage_upload

__all__ = [
    "STAGED_KIND",
    "ImportPlan",
    "ImportRefusedError",
    "ImportResult",
    "RowError",
    "confirm_upload",
    "import_outside",
    "import_results",
    "plan_digest",
    "plan_import",
    "plan_of",
    "provenance_of",
    "reinstate_delivery",
    "remove_comment",
    "save_comment",
    "save_measure_version",
    "stage_upload",
    "withdraw_delivery",
]
