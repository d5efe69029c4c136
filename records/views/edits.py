"""Make, change, copy and delete a record: Wagtail's pages, our services."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.generic import CopyView, CreateView, DeleteView, EditView
from wagtail.admin.widgets.button import Button

from records.conflicts import merge, without_gone_children
from records.forms import DeleteForm, RecordForm, add_service_errors
from records.services import EditConflictError, check_version
from records.versions import changes_since, current_version
from records.views.base import RegisterView, with_next


class SaveView(RegisterView):
    """Saving through the register's service; what the service refuses is shown on the form."""

    form: RecordForm
    object: Any

    def form_valid(self, form: RecordForm) -> HttpResponse:
        self.form = form
        try:
            with transaction.atomic():
                self.object = self.save_instance()
        except ValidationError as error:
            add_service_errors(form, error)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]
        return self.save_action()  # type: ignore[attr-defined]

    def save_instance(self) -> models.Model:
        return self.register.save(self.form, by=self.request.user)

    def get_success_url(self) -> str:
        return self.back_url

    def get_success_buttons(self) -> list[Any]:
        url = self.register.page_url(self.object)
        return [messages.button(with_next(url, self.back_url), _("Show"))]


class RecordCreateView(SaveView, CreateView):
    def get_add_url(self) -> str:
        return self.keep_next(super().get_add_url())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return self.trail(("", _("New: %(model_name)s") % {"model_name": self.model._meta.verbose_name}))


class RecordCopyView(RecordCreateView, CopyView):
    """Shows a new record's form filled in from another; it is posted to the page for new records."""

    http_method_names = ["get", "head", "options"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.original = self.visible_or_404(kwargs["pk"])

    def get_initial_form_instance(self) -> models.Model:
        return self.register.blank_copy(self.original)

    def get_initial(self) -> dict[str, Any]:
        return {field.name: list(getattr(self.original, field.name).all()) for field in self.model._meta.many_to_many}


class RecordEditView(SaveView, EditView):
    template_name = "records/edit.html"
    other_changes: tuple[Any, ...] = ()
    is_conflict = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.object = self.get_object()

    def get_object(self, queryset: models.QuerySet | None = None) -> models.Model:
        """Read the version before the record, so that a change in between is noticed and not lost."""
        if not hasattr(self, "object"):
            self.loaded_version = current_version(self.model(pk=self.object_pk))
            self.object = self.visible_or_404(self.object_pk)
        return self.object

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs["initial"] = {**kwargs["initial"], "loaded_version": self.loaded_version}
        if "data" in kwargs:
            kwargs["data"] = without_gone_children(kwargs["data"], self.object)
        return kwargs

    def form_valid(self, form: RecordForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except EditConflictError:
            return self.show_conflict(form)

    def save_instance(self) -> models.Model:
        check_version(self.object, self.form.cleaned_data["loaded_version"])
        return super().save_instance()

    def show_conflict(self, form: RecordForm) -> HttpResponse:
        """Show the form again on the record as it is now, with the person's own changes in it and the other's beside."""
        fresh = self.visible_or_404(self.object.pk)
        self.other_changes = tuple(changes_since(fresh, form.cleaned_data["loaded_version"]))
        initial = merge(form, fresh)
        self.is_conflict, self.object = True, fresh
        self.form = self.get_form_class()(instance=fresh, initial=initial, for_user=self.request.user)
        return self.render_to_response(self.get_context_data(form=self.form), status=409)

    @cached_property
    def has_unsaved_changes(self) -> bool:
        return self.is_conflict or self.form.is_bound

    def get_edit_url(self) -> str:
        return self.keep_next(super().get_edit_url())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        page = self.keep_next(self.register.page_url(self.object))
        return self.trail((page, str(self.object)), ("", _("Edit")))

    def get_side_panels(self) -> MediaContainer:
        """Wagtail's status panel reads its own log, which knows nothing of what services write."""
        return MediaContainer([])

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return self.object_buttons(self.object, here="edit")


class RecordDeleteView(RegisterView, DeleteView):
    """Asks once more, says what depends on the record, and offers a reason; history can bring it back."""

    object: Any

    template_name = "records/confirm_delete.html"
    form_class = DeleteForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if request.user.is_authenticated:
            self.request, self.object = request, None
            self.object = self.visible_or_404(kwargs["pk"])
        super().setup(request, *args, **kwargs)

    def get_object(self, queryset: models.QuerySet | None = None) -> models.Model:
        return self.object

    def get_usage_url(self) -> str | None:
        return None  # who depends on it is found by asking the database, which knows more than the reference index

    def get_success_url(self) -> str:
        return self.back_url

    def get_delete_url(self) -> str:
        return self.keep_next(super().get_delete_url())

    def form_valid(self, form: DeleteForm) -> HttpResponse:
        pk = self.object.pk  # gone from the instance once it is deleted
        try:
            self.register.delete(self.object, reason=form.cleaned_data["reason"], by=self.request.user)
        except ValidationError as error:
            add_service_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, self.get_success_message(), buttons=self._undo_buttons(pk))
        return redirect(self.get_success_url())

    def _undo_buttons(self, pk: Any) -> list[Any]:
        """Lead to the history, where the record can be brought back."""
        if not self.register.has_history:
            return []
        url = reverse(self.register.get_url_name("history"), args=[pk])
        return [messages.button(with_next(url, self.back_url), _("Undo…"))]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        page = self.keep_next(self.register.page_url(self.object))
        return self.trail((page, str(self.object)), ("", _("Delete")))
