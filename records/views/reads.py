"""A record to read: every field, what belongs to it, and where it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import finder_classes
from wagtail.admin.views.generic import InspectView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import policy_registry

from accounts.rules import AnyUser
from records.children import child_relations
from records.values import display, field_display
from records.views.base import RegisterView


@dataclass(frozen=True)
class Item:
    """A text, with the address of the record that it names where the reader may open that."""

    text: str
    url: str | None = None


@dataclass(frozen=True)
class Row:
    label: str
    items: list[Item]
    is_list: bool = False


class RecordInspectView(RegisterView, InspectView):
    template_name = "records/inspect.html"
    any_permission_required = None
    permission_required = "view"
    inspect_relations: tuple[str, ...] = ()

    def get_object(self, queryset: models.QuerySet | None = None) -> models.Model:
        return self.visible_or_404(self.pk) if self.request.user.is_authenticated else None  # type: ignore[return-value]

    def get_fields(self) -> list[str]:
        return [name for name in super().get_fields() if (not self.fields and name != "id") or name in self.fields]

    def get_header_title(self) -> str:
        return str(self.object)

    def get_page_title(self) -> str:
        return capfirst(str(self.model._meta.verbose_name))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return self.trail(("", self.get_page_title()))

    @cached_property
    def header_buttons(self) -> list[Button]:
        url = self.register.url_of("edit", self.object)
        if not url or not self.user_has_permission("change"):
            return []
        return [HeaderButton(_("Edit"), url=self.keep_next(url), icon_name="edit")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [button for button in self.object_buttons(self.object, here="inspect") if button.label != _("Edit")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["related"] = [self._related(name) for name in self._relation_names()]
        return context

    def get_context_for_field(self, field_name: str) -> Row:
        label = self.get_field_label(field_name, None)
        try:
            field = self.model._meta.get_field(field_name)
        except FieldDoesNotExist:
            value = getattr(self.object, field_name)
            return Row(label, [Item(display(value() if callable(value) else value))])
        if field.is_relation:
            return Row(label, linked(self._rows_of(field), self.request.user))
        return Row(label, [Item(field_display(field, getattr(self.object, field.attname)))])

    def _rows_of(self, field: models.Field) -> list[models.Model]:
        value = getattr(self.object, field.name)
        return list(value.all()) if field.many_to_many else [value] if value is not None else []

    def _relation_names(self) -> list[str]:
        children = [relation.get_accessor_name() for relation in child_relations(self.model)]
        return [*children, *self.inspect_relations]

    def _related(self, name: str) -> Row:
        manager = getattr(self.object, name)
        rows = manager.model._default_manager.filter(pk__in=manager.values("pk")).select_related()
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(self.request.user)
        label = capfirst(str(manager.model._meta.verbose_name_plural))
        return Row(label, linked(list(rows), self.request.user), is_list=True)


def linked(rows: list[models.Model], user: AnyUser) -> list[Item]:
    """Return related records by name, each with its address if the person may look at its register.

    Rows with a rule of visibility are filtered by it: one query for all of them, however many.
    """
    if not rows:
        return []
    model = type(rows[0])
    seen = {row.pk for row in rows}
    if hasattr(model._default_manager, "visible_to"):
        visible = model._default_manager.visible_to(user).filter(pk__in=seen)
        seen = set(visible.values_list("pk", flat=True))
    finder = finder_classes.get(rows[0])
    may_open = finder is not None and policy_registry.get_by_type(model).user_has_permission(user, "view")
    return [
        Item(str(row), finder(user).construct_edit_url(row) if may_open and row.pk in seen else None) for row in rows
    ]


class RecordUsageView(RegisterView, UsageView):
    template_name = "records/usage.html"
    permission_required = "view"

    def get_object(self) -> models.Model:
        return self.visible_or_404(self.pk) if self.request.user.is_authenticated else None  # type: ignore[return-value]

    def get_edit_url(self, instance: models.Model) -> str | None:
        return self.keep_next(self.register.page_url(instance))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        page = self.keep_next(self.register.page_url(self.object))
        return self.trail((page, str(self.object)), ("", _("Usage")))

    @cached_property
    def header_buttons(self) -> list[Button]:
        return []

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return self.object_buttons(self.object, here="usage")
