"""A register's list: columns, filters, search and order live in the address; what is seen is what is exported."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.constants import LOOKUP_SEP
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button
from wagtail.search.backends import get_search_backend
from wagtail.search.index import class_is_indexed

from accounts.models import User
from records.columns import columns_above
from records.forms import SavedViewForm, limit_choices
from records.models import SavedView
from records.querysets import offered
from records.values import display
from records.views.base import RegisterView, with_next
from records.views.downloads import table_file

# Parameters that are not part of what is seen: page, export, return address and Wagtail's own.
PASSING = frozenset({"p", "export", "next"})


class RecordColumn(Column):
    """Shows a value in the reader's language, and nothing at all as an en dash."""

    def get_value(self, instance: models.Model) -> Any:
        """Follow the accessor; many-to-many rows come as a list, fetched beforehand by `list_prefetch_related`."""
        if callable(self.accessor):
            return self.accessor(instance)
        value: Any = instance
        for name in self.accessor.split("."):
            value = getattr(value, name, None)
            if isinstance(value, models.Manager):
                value = list(value.all())
            elif callable(value):
                value = value()
        return value

    def get_cell_context_data(self, instance: models.Model, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["value"] = display(context["raw_value"])
        return context


class RecordFilterSet(WagtailFilterSet):
    """Filters of a list; choices among records follow `visible_to`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, column in self.filters.items():
            if LOOKUP_SEP in column.field_name and name not in self.declared_filters:
                column.label = last_label(self._meta.model, column.field_name)
        if self.request is not None:
            limit_choices(self.form.fields, self.request.user)


class RecordIndexView(RegisterView, IndexView):
    """List of a register. `page_heading` and the empty state come from the viewset."""

    template_name = "records/index.html"
    results_template_name = "records/index_results.html"
    base_filterset_class = RecordFilterSet
    list_export = ()  # what is exported follows the columns
    show_export_buttons = True
    list_select_related: tuple[str, ...] = ()
    list_prefetch_related: tuple[str, ...] = ()
    first_columns: tuple[str, ...] = ()
    empty_text = ""
    deleted_url_name: str | None = None

    # --- rows

    def get_base_queryset(self) -> models.QuerySet:
        rows = offered(self.model._default_manager, self.request.user)
        if joined := self._joined():
            rows = rows.select_related(*joined)
        for above in columns_above(self.model):
            if {column.name for column in above.columns} & {column.name for column in self.columns}:
                rows = above.annotate(rows)
        return rows.prefetch_related(*self.list_prefetch_related)

    def _joined(self) -> set[str]:
        named = {column.accessor.split(".")[0] for column in self.columns if isinstance(column.accessor, str)}
        links = {field.name for field in self.model._meta.fields if field.is_relation}
        return (named & links) | set(self.list_select_related)

    def search_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        if not self.is_searching:
            return queryset
        return search_records(queryset, self.search_query, self.search_fields or ())

    # --- columns

    @cached_property
    def available_columns(self) -> list[Column]:
        columns = [*super().columns, *(column for above in columns_above(self.model) for column in above.columns)]
        self.__dict__.pop("columns", None)  # where Wagtail keeps all of them; `columns` is those that are chosen
        return columns

    @cached_property
    def columns(self) -> list[Column]:
        names = [column.name for column in self.available_columns]
        chosen = self.request.GET.getlist("columns") or self.first_columns or names
        return [column for index, column in enumerate(self.available_columns) if not index or column.name in chosen]

    def _get_custom_column(self, field_name: str, column_class: type[Column] = RecordColumn, **kwargs: Any) -> Column:
        column = super()._get_custom_column(
            field_name, RecordColumn if column_class is Column else column_class, **kwargs
        )
        if _is_amount(self.model, field_name):
            column.classname = "register-number"
        if LOOKUP_SEP in field_name and not hasattr(self.model, field_name):
            column.label = last_label(self.model, field_name)
        return column

    def _get_title_column(
        self, field_name: str, column_class: type[TitleColumn] = TitleColumn, **kwargs: Any
    ) -> TitleColumn:
        column = super()._get_title_column(field_name, column_class, **kwargs)
        column._get_url_func = self.get_inspect_url
        return column

    # --- addresses

    @cached_property
    def query(self) -> QueryDict:
        """What is seen, as parameters: filters, search, order and columns."""
        query = self.request.GET.copy()
        for name in list(query):
            if name in PASSING or name.startswith("_w_"):
                del query[name]
        return query

    @cached_property
    def here(self) -> str:
        """The list's own address with what is seen and the page: where to come back to."""
        query = self.query.copy()
        if page := self.request.GET.get("p"):
            query["p"] = page
        return f"{self.index_url}?{query.urlencode()}" if query else self.index_url

    def get_edit_url(self, instance: models.Model) -> str | None:
        url = super().get_edit_url(instance)
        return url and with_next(url, self.here)

    def get_inspect_url(self, instance: models.Model) -> str:
        return with_next(self.register.page_url(instance), self.here)

    def get_delete_url(self, instance: models.Model) -> str | None:
        url = super().get_delete_url(instance)
        return url and with_next(url, self.here)

    def get_copy_url(self, instance: models.Model) -> str | None:
        url = super().get_copy_url(instance)
        return url and with_next(url, self.here)

    def get_add_url(self) -> str | None:
        url = super().get_add_url()
        return url and with_next(url, self.here)

    def get_export_url(self, format: str) -> str:
        query = self.query.copy()
        query["export"] = format
        return f"{self.index_url}?{query.urlencode()}"

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if self.deleted_url_name and self.user_has_permission("add"):
            url = reverse(self.deleted_url_name)
            buttons.append(Button(_("Deleted"), url=url, icon_name="bin", priority=200))
        return buttons

    # --- export

    def as_spreadsheet(self, queryset: models.QuerySet, spreadsheet_format: str) -> HttpResponseBase:
        headings = [str(column.label) for column in self.columns]
        rows = ([column.get_value(instance) for column in self.columns] for instance in queryset)
        title = str(self.get_page_title())
        stem = f"{title} {timezone.localdate().isoformat()}"
        return table_file(stem, spreadsheet_format, sheet=title, headings=headings, rows=rows)

    # --- page

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        chosen = {column.name for column in self.columns}
        context["column_choices"] = [(column, column.name in chosen) for column in self.available_columns[1:]]
        context["kept"] = [(name, value) for name, values in self.query.lists() for value in values]
        context["kept_without_columns"] = [(name, value) for name, value in context["kept"] if name != "columns"]
        context["kept_by_search"] = [pair for pair in context["kept"] if pair[0] in {"columns", "ordering"}]
        context["first_column"] = self.available_columns[0]
        context["empty_text"] = self.empty_text
        return context | self._tabs()

    def _tabs(self) -> dict[str, Any]:
        current = canonical(self.query.urlencode())
        tabs = saved_tabs(self.request.user, register=self.model._meta.label_lower, current=current)
        mine = tabs["own_active_view"]
        return tabs | {
            "save_view_url": reverse(self.register.get_url_name("save_view")),
            "delete_view_url": mine and reverse(self.register.get_url_name("delete_view"), args=[mine.pk]),
        }


def saved_tabs(user: User, *, register: str, current: str) -> dict[str, Any]:
    """Return what the bar above a list says of saved views; `current` are the list's parameters, as `canonical`."""
    views = list(SavedView.objects.visible_to(user).of_register(register))
    tabs = [(view, view.querystring == current) for view in views]
    return {
        "tabs": tabs,
        "is_everything": not current,
        "is_saved": any(active for _view, active in tabs),
        "own_active_view": next((view for view, active in tabs if active and view.owner_id == user.pk), None),
        "saved_view_form": SavedViewForm(initial={"querystring": current}),
    }


def last_label(model: type[models.Model], path: str) -> str:
    """Return what a value reached through relations is called: its own name, not the names on the way."""
    label = path
    for name in path.split(LOOKUP_SEP):
        field: Any = model._meta.get_field(name)
        label, model = capfirst(str(field.verbose_name)), field.related_model or model
    return label


def _is_amount(model: type[models.Model], name: str) -> bool:
    fields = {field.name: field for field in model._meta.fields}
    field = fields.get(name)
    return isinstance(field, models.DecimalField | models.IntegerField) and not field.choices


def canonical(querystring: str) -> str:
    """Return a list's parameters without those that only pass by and without empty ones, in a fixed order."""
    query = QueryDict(querystring)
    pairs = [
        (name, value)
        for name, values in query.lists()
        for value in values
        if value and name not in PASSING and not name.startswith("_w_")
    ]
    kept = QueryDict(mutable=True)
    for name, value in sorted(pairs):
        kept.appendlist(name, value)
    return kept.urlencode()


def search_records(visible: models.QuerySet, query: str, fields: tuple[str, ...]) -> models.QuerySet:
    """Return the visible rows that match a search: by the index where the model has one, else by `fields`."""
    model = visible.model
    if class_is_indexed(model):
        backend = get_search_backend()
        # Typing shows results from the first letters where the model's index has them.
        find = backend.autocomplete if model.get_autocomplete_search_fields() else backend.search
        found = find(query, model._default_manager.filter(pk__in=visible.values("pk")))
        return visible.filter(pk__in=[row.pk for row in found])
    condition = Q()
    for name in fields:
        condition |= Q(**{f"{name}__icontains": query})
    # By key, since a field may lie across a relation in which a row has many partners.
    return visible.filter(pk__in=model._base_manager.filter(condition).values("pk"))
