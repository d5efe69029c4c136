"""What Wagtail asks before it shows or changes a record: the group's permission and `visible_to`, together."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from accounts.models import User
from accounts.rules import AnyUser, is_municipal


class RecordPermissionPolicy(ModelPermissionPolicy):
    """Let a municipal person do what the groups allow, to the rows that `visible_to` shows them."""

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        return is_municipal(user) and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AnyUser, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: AnyUser, action: str, instance: models.Model) -> bool:
        return self.user_has_permission(user, action) and self._sees(user, instance)

    def user_has_any_permission_for_instance(
        self, user: AnyUser, actions: Iterable[str], instance: models.Model
    ) -> bool:
        return self.user_has_any_permission(user, actions) and self._sees(user, instance)

    def instances_user_has_any_permission_for(self, user: AnyUser, actions: Iterable[str]) -> models.QuerySet:
        visible = self.model._default_manager.visible_to(user)
        return visible if self.user_has_any_permission(user, actions) else visible.none()

    def instances_user_has_permission_for(self, user: AnyUser, action: str) -> models.QuerySet:
        return self.instances_user_has_any_permission_for(user, [action])

    def _sees(self, user: AnyUser, instance: models.Model) -> bool:
        if instance._state.adding:
            return True
        return self.model._default_manager.visible_to(user).filter(pk=instance.pk).exists()


def register_record_policies() -> None:
    """Give every model whose rows are visible by rule the policy that asks that rule.

    Done once when the apps are ready: Wagtail refuses a policy that comes after its own fallback has been used.
    """
    for model in apps.get_models():
        if hasattr(model._default_manager, "visible_to") and policy_registry.get_by_type(model, fallback=False) is None:
            register_permission_policy(model, RecordPermissionPolicy(model))
    # Exactly, since Wagtail's own app for users registers its policy later.
    register_permission_policy(User, RecordPermissionPolicy(User), exact_class=True)
