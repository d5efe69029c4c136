"""The base on which every register stands: rows from `visible_to`, writes through services, history of our own."""

from __future__ import annotations

import functools
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.urls import URLPattern, get_resolver, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.viewsets import viewsets as registered
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from accounts.models import User
from records.forms import RecordChangeForm, RecordForm
from records.pages import Banner, Link, Successor, page_of
from records.services import SaveService, delete_record, save_record
from records.versions import has_history
from records.views import choosers
from records.views.edits import RecordCopyView, RecordCreateView, RecordDeleteView, RecordEditView
from records.views.history import CompareView, DeletedView, RecordHistoryView, RestoreView
from records.views.lists import RecordIndexView
from records.views.reads import RecordInspectView, RecordUsageView
from records.views.saved import DeleteViewView, SaveViewView

ALL_ACTIONS = frozenset({"add", "change", "delete"})


class RecordViewSet(ModelViewSet):
    """A register in the back office: declare it, and every page keeps the project's rules.

    The model's default manager must have `visible_to(user)`, from which list, object, choices and search are taken:
    what is not visible is 404, what is visible but not permitted is 403. Permission policies are registered for all
    such models by `records.apps`.

    Declare:
        model, icon, menu_label, menu_order, add_to_admin_menu: as in Wagtail.
        list_display: field names (`lot__framework` too) or columns. The first is the link. The reader chooses among
            the rest in the address (`?columns=name&columns=cvr`).
        first_columns: names of the columns that are shown until the reader chooses; all when empty.
        list_filter, filterset_class, search_fields, ordering: as in Wagtail. A filterset inherits `RecordFilterSet`.
        list_select_related, list_prefetch_related: what `__str__` and computed columns need, so that the number of
            queries does not grow with the rows. Relations that are columns themselves are joined anyway.
        panels or form_fields: the form. `InlinePanel` needs a `ClusterableModel` with `ParentalKey` children.
        inspect_view_fields: fields and properties of the read page (else those of the form, else all);
            inspect_relations: reverse relations listed on it with links.
        save_service: `(record, *, reason: str, by: User, related: dict = absent) -> record`; default
            `records.services.save_record`. `related` (many-to-many rows by field name) is given only when the form
            has such fields. What it raises as ValidationError is shown on the form.
        delete_service: `(record, *, reason: str, by: User) -> None`; default `records.services.delete_record`.
        record_form, change_form: own form classes on `RecordForm` and `RecordChangeForm`, for fields of their own.
        banners(), extra_links(), successor(): sentences on top of a record's pages, further pages of it, and the record
            that has taken its place.
        actions: what may be done here at all, of "add", "change", "delete"; `frozenset()` makes a register to read.
        empty_text: what to do when there is nothing yet: one sentence.

    An edit's form carries `loaded_version`, and asks for `change_reason`. Tests that post to an edit page take both
    from the page (`tests.records.forms.posted`). Pages: index, add, edit, copy, delete, inspect, history, usage,
    restore (POST), compare, deleted, save_view (POST), delete_view (POST).
    """

    index_view_class = RecordIndexView
    add_view_class = RecordCreateView
    edit_view_class = RecordEditView
    delete_view_class = RecordDeleteView
    copy_view_class = RecordCopyView
    inspect_view_class = RecordInspectView
    history_view_class = RecordHistoryView
    usage_view_class = RecordUsageView
    inspect_view_enabled = True
    list_per_page = 50
    list_select_related: tuple[str, ...] = ()
    list_prefetch_related: tuple[str, ...] = ()
    first_columns: tuple[str, ...] = ()
    search_fields: tuple[str, ...] | None = None
    inspect_relations: tuple[str, ...] = ()
    actions: frozenset[str] = ALL_ACTIONS
    empty_text: Any = ""
    record_form: type[RecordForm] = RecordForm
    change_form: type[RecordForm] = RecordChangeForm
    save_service: SaveService = staticmethod(save_record)
    delete_service = staticmethod(delete_record)

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        if not hasattr(self.model._default_manager, "visible_to"):
            raise ImproperlyConfigured(f"{self.model._meta.label} needs a default manager with visible_to(user)")

    # --- writing

    def save(self, form: RecordForm, *, by: User) -> models.Model:
        """Save a valid form through the register's service; raises ValidationError."""
        related = form.related_rows()
        record = form.save(commit=False)
        reason = form.cleaned_data.get("change_reason", "")
        return self.save_service(record, reason=reason, by=by, **({"related": related} if related else {}))

    def delete(self, record: models.Model, *, reason: str, by: User) -> None:
        self.delete_service(record, reason=reason, by=by)

    # --- what a register may say of a record

    def banners(self, record: models.Model) -> list[Banner]:
        """Return what stands on top of every page of the record."""
        return []

    def links(self, record: models.Model, *, user: User, here: str) -> list[Link]:
        """Return the record's other pages in their order, as far as the person may use them."""
        inspect, above = self.url_of("inspect", record), page_of(record)
        pages = [
            ("page" if above else "inspect", _("Show"), "info-circle", "view", above or inspect),
            ("edit", _("Edit"), "edit", "change", self.url_of("edit", record)),
            ("inspect", _("All fields"), "list-ul", "view", above and inspect),
            ("history", _("History"), "history", "view", self.url_of("history", record)),
            ("usage", _("Usage"), "link", "view", self.url_of("usage", record)),
            ("copy", _("Copy"), "copy", "add", self.url_of("copy", record)),
            ("delete", _("Delete"), "bin", "delete", self.url_of("delete", record)),
        ]
        found = [
            Link(label, url, icon)
            for name, label, icon, permission, url in pages
            if url and name != here and self.permission_policy.user_has_permission(user, permission)
        ]
        return [*found[:2], *self.extra_links(record, user=user), *found[2:]]

    def extra_links(self, record: models.Model, *, user: User) -> list[Link]:
        """Return the record's pages beyond those of every register, as far as the person may use them."""
        return []

    def successor(self, record: models.Model) -> Successor | None:
        """Return who has taken the record's place, so that its addresses lead there; its history stays to be read."""
        return None

    def blank_copy(self, original: models.Model) -> models.Model:
        """Return a new, unsaved record with the original's values, but for what must be unique."""
        fields = [f for f in self.model._meta.concrete_fields if not f.primary_key and not f.unique]
        copy = self.model(**{field.attname: getattr(original, field.attname) for field in fields})
        for relation in get_all_child_relations(self.model):
            name = relation.get_accessor_name()
            getattr(copy, name).set([_detached(child, relation) for child in getattr(original, name).all()])
        return copy

    # --- forms

    def get_edit_handler(self) -> Panel:
        return self._handler(self.record_form, [])

    @cached_property
    def change_handler(self) -> Panel:
        """The same panels with a reason below; the loaded version rides along hidden."""
        return self._handler(self.change_form, [FieldPanel("change_reason")])

    def _handler(self, form_class: type[RecordForm], extra: list[Panel]) -> Panel:
        panels = getattr(self, "panels", None) or [FieldPanel(name) for name in self.get_form_fields() or ()]
        return ObjectList([*panels, *extra], base_form_class=form_class).bind_to_model(self.model)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        form_class = self.change_handler.get_form_class()
        return super().get_edit_view_kwargs(**{"panel": self.change_handler, "form_class": form_class, **kwargs})

    # --- pages

    @cached_property
    def has_history(self) -> bool:
        return has_history(self.model)

    @cached_property
    def pages(self) -> frozenset[str]:
        """The pages that this register has."""
        pages = {"index", "index_results", "inspect", "usage", "save_view", "delete_view"}
        pages |= {"add", "copy"} if "add" in self.actions else set()
        pages |= {"edit"} if "change" in self.actions else set()
        pages |= {"delete"} if "delete" in self.actions else set()
        pages |= {"history", "restore", "compare"} if self.has_history else set()
        pages |= {"deleted"} if self.has_history and "delete" in self.actions else set()
        return frozenset(pages if self.copy_view_enabled else pages - {"copy"})

    def page_url(self, record: models.Model) -> str:
        """Return where the record is read: on the page that a room above has made for it, else on the register's own."""
        return page_of(record) or reverse(self.get_url_name("inspect"), args=[record.pk])

    def url_of(self, page: str, record: models.Model) -> str | None:
        """Return the address of a page of one record, or None when this register has no such page."""
        return reverse(self.get_url_name(page), args=[record.pk]) if page in self.pages else None

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        named = super().get_common_view_kwargs(**{"register": self, **kwargs})
        for page in ("add", "edit", "copy", "delete", "history"):
            if page not in self.pages:
                named[f"{page}_url_name"] = None
        return named

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(
            **{
                "list_select_related": self.list_select_related,
                "list_prefetch_related": self.list_prefetch_related,
                "first_columns": self.first_columns,
                "empty_text": self.empty_text,
                "deleted_url_name": self.get_url_name("deleted") if "deleted" in self.pages else None,
                **kwargs,
            }
        )

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        own = {"fields": self.read_fields, "inspect_relations": self.inspect_relations}
        return super().get_inspect_view_kwargs(**{**own, **kwargs})

    @cached_property
    def read_fields(self) -> list[str]:
        """The read page's fields: as declared, else in the order of the form, else all of the model's."""
        if self.inspect_view_fields:
            return list(self.inspect_view_fields)
        columns = {field.name for field in self.model._meta.get_fields()}
        return [name for name in self.record_form_class.base_fields if name in columns]

    @cached_property
    def record_form_class(self) -> type[RecordForm]:
        return self._edit_handler.get_form_class()

    def get_history_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {}

    def get_urlpatterns(self) -> list[URLPattern]:
        conv = self.pk_path_converter
        own = [
            path(f"restore/<{conv}:pk>/", self.construct_view(RestoreView), name="restore"),
            path(f"compare/<{conv}:pk>/", self.construct_view(CompareView), name="compare"),
            path("deleted/", self.construct_view(DeletedView), name="deleted"),
            path("views/", self.construct_view(SaveViewView), name="save_view"),
            path("views/<int:view_pk>/delete/", self.construct_view(DeleteViewView), name="delete_view"),
        ]
        return [pattern for pattern in [*super().get_urlpatterns(), *own] if pattern.name in self.pages]

    @property
    def url_finder_class(self) -> type[ModelAdminURLFinder]:
        """Elsewhere in the back office a record is linked to its read page, for everybody who may see it."""
        return type("RecordURLFinder", (RecordURLFinder,), {"edit_url_name": self.get_url_name("inspect")})


class RecordURLFinder(ModelAdminURLFinder):
    def construct_edit_url(self, instance: models.Model) -> str:
        return page_of(instance) or super().construct_edit_url(instance)

    def get_edit_url(self, instance: models.Model) -> str | None:
        policy = policy_registry.get(instance)
        if self.user and not policy.user_has_permission_for_instance(self.user, "view", instance):
            return None
        return self.construct_edit_url(instance)


@functools.cache
def register_of(model: type[models.Model]) -> RecordViewSet:
    """Return the register of a model as it stands in the back office; raises LookupError when it has none."""
    # Wagtail gathers the registers when addresses are loaded, which a worker and a command may not have needed yet.
    get_resolver().url_patterns  # noqa: B018
    for viewset in registered.viewsets:
        if isinstance(viewset, RecordViewSet) and viewset.model is model:
            return viewset
    raise LookupError(f"{model._meta.label} has no register in the back office")


def address_of(record: models.Model) -> str:
    """Return where a record is read, for those who may see it."""
    return register_of(type(record)).page_url(record)


class RecordChooserViewSet(ChooserViewSet):
    """Choosing a record in a window, from the rows that `visible_to` shows.

    Declare model, icon, choose_one_text, choose_another_text, search_fields, and list_select_related for what
    `__str__` needs. The widget is registered for forms only when `register_widget` is True: a short register reads
    better as a plain list of choices.
    """

    choose_view_class = choosers.RecordChooseView
    choose_results_view_class = choosers.RecordChooseResultsView
    chosen_view_class = choosers.RecordChosenView
    chosen_multiple_view_class = choosers.RecordChosenMultipleView
    create_view_class = choosers.RecordChooserCreateView
    base_widget_class = choosers.RecordChooser
    register_widget = False
    search_fields: tuple[str, ...] = ()
    list_select_related: tuple[str, ...] = ()

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        own = {"search_fields": self.search_fields, "list_select_related": self.list_select_related}
        return super().get_common_view_kwargs(**own, **kwargs)


def _detached(child: models.Model, relation: models.ManyToOneRel) -> models.Model:
    skipped = {relation.related_model._meta.pk.name, relation.field.name}
    fields = [field.attname for field in child._meta.concrete_fields if field.name not in skipped]
    return relation.related_model(**{name: getattr(child, name) for name in fields})
