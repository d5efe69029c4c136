"""Choosing a record in a window: only among those that the person may see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    ChosenMultipleView,
    ChosenView,
    CreateView,
    CreationFormMixin,
)
from wagtail.admin.widgets.chooser import BaseChooser

from records.querysets import offered
from records.services import save_record
from records.views.lists import search_records


class RecordSearchForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Search term"), widget=forms.TextInput(attrs={"placeholder": _("Search")}), required=False
    )
    search_fields: tuple[str, ...] = ()

    def filter(self, objects: models.QuerySet) -> models.QuerySet:
        objects = super().filter(objects)
        if query := self.cleaned_data.get("q"):
            objects = search_records(objects, query, self.search_fields)
            self.is_searching, self.search_query = True, query
        return objects


class RecordChooser(BaseChooser):
    def get_instance(self, value: Any) -> models.Model | None:
        """Show nothing chosen where an address or a form names something that is no id at all."""
        try:
            return super().get_instance(value)
        except ValueError:
            return None


class VisibleChoices(BaseChooseView):
    """Wagtail's list of choices, from `visible_to`."""

    search_fields: tuple[str, ...] = ()
    list_select_related: tuple[str, ...] = ()

    def get_object_list(self) -> models.QuerySet:
        rows = offered(self.model_class._default_manager, self.request.user)
        return rows.select_related(*self.list_select_related) if self.list_select_related else rows

    def get_filter_form_class(self) -> type[RecordSearchForm]:
        return type("FilterForm", (RecordSearchForm,), {"search_fields": self.search_fields})


class RecordChooseView(ChooseViewMixin, CreationFormMixin, VisibleChoices):
    pass


class RecordChooseResultsView(ChooseResultsViewMixin, CreationFormMixin, VisibleChoices):
    pass


class RecordChosenView(ChosenView):
    def get_object(self, pk: Any) -> models.Model:
        try:
            return self.model_class._default_manager.visible_to(self.request.user).get(pk=pk)
        except ValueError as error:
            raise Http404 from error


class RecordChosenMultipleView(ChosenMultipleView):
    def get_objects(self, pks: list[str]) -> models.QuerySet:
        return self.model_class._default_manager.visible_to(self.request.user).filter(pk__in=pks)


class RecordChooserCreateView(CreateView):
    """A record made inside the window, through the service like any other."""

    def save_form(self, form: forms.ModelForm) -> models.Model:
        return save_record(form.save(commit=False), by=self.request.user)
