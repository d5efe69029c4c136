"""Counting from registers, as an item of the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from results.rules import can_import_results
from results.views import derivations


class ImportersItem(MenuItem):
    """Shown to those who may import; a menu's own items ask nobody."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_import_results(request.user)


class DeriveViewSet(ViewSet):
    """The count from registers, among the registers of the menu."""

    menu_item_class = ImportersItem
    name = "results_derive"
    url_prefix = "resultater/optael"
    icon = "calendar-check"
    menu_label = gettext_lazy("Count from registers")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", derivations.derive_new, name="index"),
            path("<int:asked_id>/", derivations.derive_show, name="show"),
            path("<int:asked_id>/fremdrift/", derivations.derive_progress, name="progress"),
            path("<int:asked_id>/igen/", derivations.derive_again, name="again"),
            path("<int:asked_id>/gem/", derivations.derive_save, name="save"),
            path("<int:asked_id>/kasser/", derivations.derive_discard, name="discard"),
            path("<int:asked_id>/csv/", derivations.derive_csv, name="csv"),
        ]
