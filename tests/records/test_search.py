from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from records.views.lists import search_records
from suppliers.models import Supplier
from tests.factories import SupplierFactory

pytestmark = pytest.mark.django_db


def document(title: str) -> Document:
    return Document.objects.create(title=title, file=ContentFile(b"x", name="x.txt"))


def test_an_indexed_model_is_searched_by_its_index_among_what_is_visible() -> None:
    visible, hidden = document("Rammeaftale om mentor"), document("Rammeaftale om virksomhed")
    rows = Document.objects.exclude(pk=hidden.pk).order_by("title")
    assert list(search_records(rows, "rammeaftale", ())) == [visible]
    assert list(search_records(rows, "findes ikke", ())) == []


def test_other_models_are_searched_by_fields() -> None:
    broen = SupplierFactory(name="Broen", cvr="90000004")
    SupplierFactory(name="Kompas", cvr="90000012")
    assert list(search_records(Supplier.objects.all(), "bro", ("name", "cvr"))) == [broen]
    assert list(search_records(Supplier.objects.all(), "0004", ("name", "cvr"))) == [broen]


def test_a_model_without_fields_to_search_finds_all() -> None:
    SupplierFactory()
    assert search_records(Supplier.objects.all(), "bro", ()).count() == 1
