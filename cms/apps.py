from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("website")

    def ready(self) -> None:
        from cms.queries.published import public_evidence
        from results.disclosure.publications import Source, register

        register(Source("cms", public_evidence))
