"""The registers of documents and of their kinds."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, DateFromToRangeFilter, ModelChoiceFilter
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column

from accounts.widgets import DayRangeInput
from contracts.forms.documents import VersionForm
from contracts.models import Document, DocumentCategory, DocumentVersion
from contracts.rules import can_edit_agreements
from contracts.services import delete_document, save_document
from records.views.edits import RecordCreateView
from records.views.lists import RecordColumn, RecordFilterSet
from records.views.reads import RecordInspectView
from records.viewsets import RecordViewSet
from suppliers.models import Supplier


class DocumentFilterSet(RecordFilterSet):
    supplier = ModelChoiceFilter(field_name="contract__supplier", queryset=Supplier.objects.all())
    expires_on = DateFromToRangeFilter(label=_("Expires"), widget=DayRangeInput)
    has_expired = BooleanFilter(label=_("Expired"), method="expired_by_today")

    class Meta:
        model = Document
        fields = ["category", "supplier", "framework", "is_visible_to_supplier", "expires_on", "has_expired"]

    def expired_by_today(self, documents: Any, name: str, value: bool) -> models.QuerySet:
        valid = documents.model.objects.valid_on(timezone.localdate())
        return documents.exclude(pk__in=valid.values("pk")) if value else documents.filter(pk__in=valid.values("pk"))


def _newest(document: Document) -> DocumentVersion | None:
    return next(iter(document.versions.all()), None)


class FileColumn(Column):
    """The newest file as a link; its name in an export."""

    cell_template_name = "contracts/_file_cell.html"

    def get_value(self, instance: Document) -> str:
        version = _newest(instance)
        return version.file_name if version else ""

    def get_cell_context_data(self, instance: Document, parent_context: Any) -> dict[str, Any]:
        return {**super().get_cell_context_data(instance, parent_context), "version": _newest(instance)}


def _number(document: Document) -> int | None:
    version = _newest(document)
    return version.number if version else None


def _uploaded_at(document: Document) -> Any:
    version = _newest(document)
    return version.uploaded_at if version else None


class DocumentAddView(RecordCreateView):
    """A document is added with its file, on a page that limits what is sent."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.keep_next(reverse("contracts:document_add")))


class DocumentInspectView(RecordInspectView):
    template_name = "contracts/document_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        expires_on = self.object.expires_on
        facts = {
            "versions": self.object.versions.select_related("uploaded_by").order_by("-number"),
            "version_form": VersionForm(),
            "is_expired": expires_on is not None and expires_on < timezone.localdate(),
            "can_edit": can_edit_agreements(self.request.user),
        }
        return {**super().get_context_data(**kwargs), **facts}


class DocumentViewSet(RecordViewSet):
    """Documents are added with their file, on a page of its own; here they are found, described and deleted."""

    model = Document
    url_prefix = "aftaledokumenter"
    icon = "doc-full-inverse"
    menu_label = _("Documents")
    copy_view_enabled = False
    add_view_class = DocumentAddView
    inspect_view_class = DocumentInspectView
    filterset_class = DocumentFilterSet
    save_service = staticmethod(save_document)
    delete_service = staticmethod(delete_document)
    list_display = [
        "title",
        "category",
        RecordColumn("owner", label=_("Belongs to"), accessor="owner"),
        FileColumn("file", label=_("File")),
        RecordColumn("number", label=_("Version"), accessor=_number),
        RecordColumn("uploaded_at", label=_("Uploaded"), accessor=_uploaded_at),
        "expires_on",
        "is_visible_to_supplier",
    ]
    list_select_related = ("contract__supplier", "framework", "tender")
    list_prefetch_related = ("versions",)
    search_fields = ("title", "contract__number", "contract__supplier__name", "framework__name")
    inspect_view_fields = ["category", "contract", "framework", "tender", "expires_on", "is_visible_to_supplier"]
    empty_text = _("No documents yet. Add the first from a contract's page, or here.")
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("expires_on")]),
        FieldPanel("is_visible_to_supplier"),
    ]


class DocumentCategoryViewSet(RecordViewSet):
    model = DocumentCategory
    icon = "doc-empty"
    menu_label = _("Document categories")
    menu_order = 111
    add_to_settings_menu = True
    list_display = ["name", "is_required", "expires"]
    search_fields = ("name",)
    empty_text = _("No categories yet. Add the kinds of documents that a contract has.")
    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("is_required"), FieldPanel("expires")])]
