"""What follows from signing in, and from migrating."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils import timezone

from accounts.models import User
from accounts.roles import create_roles


def remember_sign_in(sender: object, user: User, **kwargs: Any) -> None:
    """Note when the person last signed in, without an entry in their history: that is for what people change."""
    user.last_login = timezone.now()
    user.skip_history_when_saving = True  # type: ignore[attr-defined]
    user.save(update_fields=["last_login"])
    del user.skip_history_when_saving  # type: ignore[attr-defined]


def make_roles(sender: object, **kwargs: Any) -> None:
    """Give every role its group and its permissions, also those of models that have just come."""
    create_roles()


def connect() -> None:
    # Under Django's own name for it, so that Django's receiver, which comes later, is left out.
    user_logged_in.connect(remember_sign_in, dispatch_uid="update_last_login")
    # When the last app has its permissions, all that a role may hold is there.
    post_migrate.connect(make_roles, sender=[app for app in apps.get_app_configs() if app.models_module][-1])
