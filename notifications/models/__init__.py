from notifications.models.mails import Mail, MailLog, Preference
from notifications.models.notices import Notice

__all__ = ["Mail", "MailLog", "Notice", "Preference"]
