from notifications.services.handing_over import hand_over
from notifications.services.mailing import gather, send
from notifications.services.notices import Wanted, mark_done, notify, reopen, resolve, snooze, sync_causes, wake
from notifications.services.preferences import save_preference

__all__ = [
    "Wanted",
    "gather",
    "hand_over",
    "mark_done",
    "notify",
    "reopen",
    "resolve",
    "save_preference",
    "send",
    "snooze",
    "sync_causes",
    "wake",
]
