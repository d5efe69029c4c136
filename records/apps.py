from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = _("records")

    def ready(self) -> None:
        from records.migrating import check_database_is_not_older
        from records.policies import register_record_policies

        register_record_policies()
        register(check_database_is_not_older, Tags.database)
        # The register of people stands on the same base as the others; roles are kept by the program, not by hand.
        users: Any = apps.get_app_config("wagtailusers")
        users.user_viewset = "records.users.UserViewSet"
        users.group_viewset = "records.users.NoGroupPages"
