"""The form by which somebody who was invited makes their access. It checks shape; the service knows the rest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from suppliers.models import Invitation


class SignUpForm(forms.Form):
    """Name and password of somebody who was invited; the address is the invitation's."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Write your first name.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Write your last name.")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
        error_messages={"required": _("Choose a password.")},
    )
    password_again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write the password once more.")},
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean_password(self) -> str:
        names = {name: self.cleaned_data.get(name, "") for name in ("first_name", "last_name")}
        validate_password(self.cleaned_data["password"], User(email=self.invitation.email, **names))
        return str(self.cleaned_data["password"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"password", "password_again"} <= given.keys() and given["password"] != given["password_again"]:
            self.add_error("password_again", _("The two passwords are not the same. Write the same one twice."))
        return given


class ResultCommentForm(forms.Form):
    """What a supplier says of its own figures."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Explain what the figures do not show. Write no names and nothing that a citizen can be recognised by."
        ),
        error_messages={
            "required": _("Write your comment, or cancel."),
            "max_length": _("The comment has %(show_value)d signs and may have %(limit_value)d. Make it shorter."),
        },
    )
