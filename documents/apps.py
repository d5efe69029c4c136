from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    # Wagtail's own app of documents has the label "wagtaildocs", so ours may be called what it is.
    name = "documents"
    verbose_name = _("documents")
