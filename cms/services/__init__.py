from cms.services.publishing import publish_snapshot, withdraw_case
from cms.services.site import ensure_site

__all__ = ["ensure_site", "publish_snapshot", "withdraw_case"]
