"""What is asked when a document is added, or gets a newer file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules import AnyUser
from contracts.forms.fields import day_field
from contracts.models import Contract, Document, DocumentCategory, FrameworkAgreement
from records.files.forms import LimitedUploadForm, file_field
from records.files.names import clean_name
from records.forms import limit_choices

TITLE_LENGTH = Document._meta.get_field("title").max_length


def category_field(**kwargs: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=_("Kind of document"), queryset=DocumentCategory.objects.all(), **kwargs)


class DocumentForm(LimitedUploadForm):
    """A new document with its first file."""

    file = file_field()
    category = category_field()
    title = forms.CharField(
        label=_("Title"), required=False, max_length=TITLE_LENGTH, help_text=_("Empty: the name of the file.")
    )
    expires_on = day_field(label=_("Expires on"), required=False, help_text=_("Only for documents that expire."))
    is_visible_to_supplier = forms.BooleanField(label=_("Visible to the supplier"), required=False)
    note = forms.CharField(
        label=_("Note on the file"), required=False, max_length=200, help_text=_("For example who has signed it.")
    )

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_choices(self.fields, user)

    def document(self, **owner: Any) -> Document:
        """Return the document that was described, not saved yet; `owner` says whose it is."""
        names = ("category", "expires_on", "is_visible_to_supplier")
        facts = {name: self.cleaned_data[name] for name in names}
        stem = PurePath(clean_name(self.cleaned_data["file"].name)).stem
        return Document(title=self.cleaned_data["title"] or stem[:TITLE_LENGTH], **facts, **owner)


class AnyDocumentForm(DocumentForm):
    """The same where it is not known yet whose document it is."""

    contract = forms.ModelChoiceField(label=_("Contract"), queryset=Contract.objects.all(), required=False)
    framework = forms.ModelChoiceField(
        label=_("or framework agreement"), queryset=FrameworkAgreement.objects.all(), required=False
    )
    field_order = ("contract", "framework", *DocumentForm.base_fields)

    def __init__(self, *args: Any, widgets: Mapping[str, type[forms.Widget]], **kwargs: Any) -> None:
        """Take the windows in which a contract and a framework are chosen from whoever knows them."""
        super().__init__(*args, **kwargs)
        for name, widget in widgets.items():
            self.fields[name].widget = widget()

    def document(self, **owner: Any) -> Document:
        return super().document(contract=self.cleaned_data["contract"], framework=self.cleaned_data["framework"])


class VersionForm(LimitedUploadForm):
    """A newer file of a document that is there."""

    file = file_field(label=_("New file"))
    note = forms.CharField(
        label=_("Note on the file"), required=False, max_length=200, help_text=_("For example what is new in it.")
    )
