from __future__ import annotations

from django.test import Client

from accounts.models import User
from records.models import SavedView
from tests.factories import SavedViewFactory

SAVE = "/admin/supplier/views/"


def test_saving_keeps_what_is_seen_and_shows_it(officer_client: Client, officer: User) -> None:
    data = {"name": "Bro", "querystring": "q=bro&p=3&columns=cvr&export=csv", "is_shared": "on"}
    response = officer_client.post(SAVE, data)
    assert (response.status_code, response["Location"]) == (302, "/admin/supplier/?columns=cvr&q=bro")
    view = SavedView.objects.get()
    assert (view.owner, view.register, view.querystring, view.is_shared) == (
        officer,
        "suppliers.supplier",
        "columns=cvr&q=bro",
        True,
    )


def test_a_reader_may_save_a_view_too(reader_client: Client) -> None:
    reader_client.post(SAVE, {"name": "Min", "querystring": "q=bro"})
    assert SavedView.objects.get().name == "Min"


def test_a_view_without_a_name_is_refused_with_a_sentence(officer_client: Client) -> None:
    response = officer_client.post(SAVE, {"name": "", "querystring": "q=bro"}, follow=True)
    assert not SavedView.objects.exists()
    assert response.context["messages"]


def test_saving_is_a_post(officer_client: Client) -> None:
    assert officer_client.get(SAVE).status_code == 405


def test_own_view_is_deleted_and_others_are_not_found(officer_client: Client, officer: User, reader: User) -> None:
    own = SavedViewFactory(owner=officer)
    shared = SavedViewFactory(owner=reader, is_shared=True)
    assert officer_client.post(f"{SAVE}{own.pk}/delete/").status_code == 302
    assert officer_client.post(f"{SAVE}{shared.pk}/delete/").status_code == 404
    assert list(SavedView.objects.all()) == [shared]


def test_outsiders_are_refused(supplier_client: Client) -> None:
    assert supplier_client.post(SAVE, {"name": "x"}).status_code == 403
