"""What all pages of a register share: rows from `visible_to`, refusals that say so, and the way back to the list."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets.button import Button


def with_next(url: str, next_url: str) -> str:
    """Return an address that leads back to `next_url` when its work is done."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'next': next_url})}" if next_url else url


class RegisterView:
    """Mixed into each of Wagtail's generic views, left of it.

    What is not visible does not exist (404); what is visible but not allowed is refused (403), where Wagtail would
    send the person to its front page.
    """

    register: Any = None  # the RecordViewSet that the view belongs to
    model: Any = None
    request: Any  # an HttpRequest whose user has passed the door of the back office

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except PermissionDenied:
            return render(request, "records/refused.html", status=403)

    def visible(self) -> models.QuerySet:
        return self.model._default_manager.visible_to(self.request.user)

    def visible_or_404(self, pk: Any) -> Any:
        try:
            return self.visible().get(pk=unquote(str(pk)))
        except (self.model.DoesNotExist, ValueError) as error:
            raise Http404 from error

    @property
    def back_url(self) -> str:
        """The list as it was left, when the person came from one; else the whole list."""
        return get_valid_next_url_from_request(self.request) or reverse(self.register.get_url_name("index"))

    def keep_next(self, url: str) -> str:
        return with_next(url, get_valid_next_url_from_request(self.request))

    def trail(self, *items: tuple[str, str]) -> list[dict[str, str]]:
        """Return breadcrumbs: the front page, the list as it was left, then the given addresses and labels."""
        first = {"url": self.back_url, "label": capfirst(str(self.model._meta.verbose_name_plural))}
        rest = [{"url": url, "label": label} for url, label in items]
        return [*self.breadcrumbs_items, first, *rest]  # type: ignore[attr-defined]

    def object_buttons(self, record: models.Model, *, here: str) -> list[Button]:
        """Return links to the record's other pages, as far as the person may use them."""
        pages = [
            ("inspect", _("Show"), "info-circle", "view"),
            ("edit", _("Edit"), "edit", "change"),
            ("history", _("History"), "history", "view"),
            ("usage", _("Usage"), "link", "view"),
            ("copy", _("Copy"), "copy", "add"),
            ("delete", _("Delete"), "bin", "delete"),
        ]
        return [
            Button(label, url=self.keep_next(url), icon_name=icon, priority=10 * place)
            for place, (page, label, icon, permission) in enumerate(pages)
            if page != here and self.user_has_permission(permission)  # type: ignore[attr-defined]
            if (url := self.register.url_of(page, record))
        ]
