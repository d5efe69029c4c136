"""What the back office's pages share outside the registers' own: Wagtail's frame, and who may come in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.rules import AnyUser
from records.views.base import refused
from records.viewsets import register_of

Step = tuple[str, str]  # an address and its label
View = TypeVar("View", bound=Callable[..., HttpResponse])


def frame(title: str, *steps: Step, icon: str = "") -> dict[str, Any]:
    """Return what Wagtail's frame shows; `steps` lie between the front page and this one."""
    trail = [(reverse("wagtailadmin_home"), _("Home")), *steps, ("", title)]
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in trail],
    }


def list_of(model: type[models.Model]) -> Step:
    """Return the step that is the list of a register."""
    return reverse(register_of(model).get_url_name("index")), capfirst(str(model._meta.verbose_name_plural))


def only_for(may: Callable[[AnyUser], bool]) -> Callable[[View], View]:
    """Refuse those who may look but not do this, with a page that says so."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs) if may(request.user) else refused(request)

        return guarded  # type: ignore[return-value]

    return guard
