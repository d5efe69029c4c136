"""The menu of the portal: one line for each page that there is. A new page adds its line here, in the order of the menu."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class MenuPage:
    """A page of the menu. `name` is its address's name in `portal.urls`; pages below it give the same as their `here`."""

    name: str
    label: StrOrPromise


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    is_current: bool


PAGES = (
    MenuPage("overview", pgettext_lazy("portal", "Overview")),
    MenuPage("reports", pgettext_lazy("portal", "Experience reports")),
    MenuPage("contracts", _("Contracts")),
    MenuPage("results", _("Results")),
    MenuPage("documents", _("Documents")),
    MenuPage("team", _("Our team")),
)


def menu_of(supplier_id: int, *, here: str) -> Iterator[MenuItem]:
    """Yield the menu of one supplier's portal; `here` is the name of the page that one is on or below."""
    for page in PAGES:
        yield MenuItem(str(page.label), reverse(f"portal:{page.name}", args=[supplier_id]), page.name == here)
