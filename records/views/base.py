"""What all pages of a register share: rows from `visible_to`, refusals that say so, and the way back to the list."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets.button import Button

from records.pages import Banner


def with_next(url: str, next_url: str) -> str:
    """Return an address that leads back to `next_url` when its work is done."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'next': next_url})}" if next_url else url


def refused(request: HttpRequest) -> HttpResponse:
    """Say that what is asked for is not allowed, and who may be asked."""
    return render(request, "records/refused.html", status=403)


class RegisterView:
    """Mixed into each of Wagtail's generic views, left of it.

    What is not visible does not exist (404); what is visible but not allowed is refused (403), where Wagtail would
    send the person to its front page.
    """

    register: Any = None  # the RecordViewSet that the view belongs to
    model: Any = None
    request: Any  # an HttpRequest whose user has passed the door of the back office
    leads_to_successor = True  # not where the old record itself is wanted

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if self.leads_to_successor and (address := self._successor_url()):
                return redirect(address)
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except PermissionDenied:
            return refused(request)

    def _successor_url(self) -> str | None:
        """Return where to go when another record has taken this one's place, and tell why on the next page."""
        record = getattr(self, "original", None) or getattr(self, "object", None)
        successor = self.register.successor(record) if isinstance(record, self.model) else None
        if successor is None:
            return None
        messages.info(self.request, successor.note)
        return self.keep_next(self.register.page_url(successor.record))

    @property
    def banners(self) -> list[Banner]:
        """What stands on top of every page of the record."""
        record = getattr(self, "object", None)
        return self.register.banners(record) if isinstance(record, self.model) else []

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
        links = self.register.links(record, user=self.request.user, here=here)
        return [
            Button(link.label, url=self.keep_next(link.url), icon_name=link.icon, priority=10 * place)
            for place, link in enumerate(links)
        ]
