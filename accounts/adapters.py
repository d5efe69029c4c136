"""How allauth behaves here."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.rules import is_municipal


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: staff are made by an administrator, suppliers are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/admin/" if is_municipal(request.user) else "/portal/"
