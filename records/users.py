"""The register of people who sign in. It stands here because `accounts` lies below the base that it needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from accounts.enums import Role
from accounts.models import User
from accounts.services import check_still_active, forget_old_addresses, set_roles
from records.forms import RecordChangeForm, RecordForm
from records.services import SaveService, attribute_change, history_held, mark_created
from records.views.base import RegisterView
from records.views.edits import RecordCreateView, RecordEditView
from records.viewsets import RecordViewSet


class RoleField(forms.ModelMultipleChoiceField):
    """Roles by the names that people know; the groups behind them carry codes."""

    def __init__(self, **kwargs: Any) -> None:
        roles = Group.objects.filter(name__in=Role.values)
        super().__init__(
            roles,
            label=gettext_lazy("Roles"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("Without a role a person has no access to the back office."),
            **kwargs,
        )

    def label_from_instance(self, group: Group) -> str:
        return str(Role(group.name).label)


class UserForm(RecordForm):
    groups = RoleField()


class UserChangeForm(RecordChangeForm):
    groups = RoleField()


@transaction.atomic
def save_user(user: User, *, related: dict[str, Iterable[Group]] | None = None, reason: str = "", by: User) -> User:
    """Save a person with exactly the given roles, as one entry in history.

    A new person has no password yet, but is sent a link to choose one. Raises ValidationError.
    """
    user.full_clean(exclude={"password"})
    check_still_active(user, by=by)
    attribute_change(user, reason=reason, by=by)
    is_new = user._state.adding
    with history_held(user):
        if is_new:
            user.set_unusable_password()
            user.save()
        if related is not None:
            set_roles(user, frozenset(Role(group.name) for group in related["groups"]), by=by)
    user.save()
    forget_old_addresses(user)
    if is_new:
        mark_created(user)
    return user


def send_password_link(request: HttpRequest, user: User) -> None:
    """Send a person a link with which they choose their own password; says on the next page how it went."""
    form = ResetPasswordForm({"email": user.email})
    form.full_clean()
    try:
        form.save(request)
    except OSError:  # what the mail server's refusals and absences are
        text = _("The e-mail to %(email)s could not be sent. Send the link again from the person's page later.")
        messages.error(request, text % {"email": user.email})
    else:
        text = _("A link to choose a password was sent to %(email)s.")
        messages.success(request, text % {"email": user.email})


class UserCreateView(RecordCreateView):
    def save_action(self) -> HttpResponse:
        response = super().save_action()
        send_password_link(self.request, self.object)
        return response


class UserEditView(RecordEditView):
    template_name = "records/user_edit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse(self.register.get_url_name("password_link"), args=[self.object.pk])
        return super().get_context_data(**kwargs) | {"password_link_url": self.keep_next(url)}


class PasswordLinkView(RegisterView, PermissionCheckedMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self.visible_or_404(pk)
        if not self.user_has_permission("change"):
            raise PermissionDenied
        send_password_link(request, user)
        return redirect(self.keep_next(reverse(self.register.get_url_name("edit"), args=[user.pk])))


class UserViewSet(RecordViewSet):
    """People are switched off, never deleted: history keeps their names."""

    model = User
    icon = "user"
    menu_label = gettext_lazy("Users")
    menu_name = "users"
    menu_order = 600
    add_to_settings_menu = True
    actions = frozenset({"add", "change"})
    copy_view_enabled = False
    add_view_class = UserCreateView
    edit_view_class = UserEditView
    record_form = UserForm
    change_form = UserChangeForm
    save_service: SaveService = staticmethod(save_user)
    list_display = ["__str__", "email", "role_names", "is_external", "is_active", "last_login"]
    list_filter = ["is_active", "is_external"]
    search_fields = ("email", "first_name", "last_name")
    list_prefetch_related = ("groups",)
    inspect_view_fields = [
        "email",
        "first_name",
        "last_name",
        "is_active",
        "role_names",
        "is_external",
        "date_joined",
        "last_login",
    ]
    panels = [
        FieldPanel("email"),
        FieldRowPanel([FieldPanel("first_name"), FieldPanel("last_name")]),
        FieldPanel("groups", heading=gettext_lazy("Roles")),
        FieldPanel("is_active"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        link = path("password-link/<int:pk>/", self.construct_view(PasswordLinkView), name="password_link")
        return [*super().get_urlpatterns(), link]


class NoGroupPages(ViewSet):
    """Takes the place of Wagtail's pages for groups: what a role may do is decided in `accounts.roles`."""

    def on_register(self) -> None:
        """Leave the menu and the search as they are."""
