"""What is not visible is not there, by any page; what is visible but not allowed is refused."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from wagtail.permissions import policy_registry

from accounts.models import User
from records.models import SavedView
from records.policies import RecordPermissionPolicy
from records.viewsets import RecordViewSet
from tests.conftest import client_for
from tests.factories import SavedViewFactory, SupplierFactory, UserFactory

pytestmark = [pytest.mark.urls("tests.records.urls"), pytest.mark.django_db]
OBJECT_PAGES = ["edit", "copy", "delete", "inspect", "usage"]


@pytest.fixture
def root_client() -> Client:
    return client_for(UserFactory(is_superuser=True))


@pytest.fixture
def foreign(reader: User) -> SavedView:
    return SavedViewFactory(owner=reader, name="Andens", is_shared=False)


@pytest.fixture
def shared(reader: User) -> SavedView:
    return SavedViewFactory(owner=reader, name="Delt", is_shared=True)


@pytest.mark.parametrize("page", OBJECT_PAGES)
def test_object_that_is_not_visible_is_404(root_client: Client, foreign: SavedView, page: str) -> None:
    assert root_client.get(f"/trial/{page}/{foreign.pk}/").status_code == 404


@pytest.mark.parametrize("page", ["edit", "delete"])
def test_object_that_is_not_visible_cannot_be_written(root_client: Client, foreign: SavedView, page: str) -> None:
    assert root_client.post(f"/trial/{page}/{foreign.pk}/", {"name": "x"}).status_code == 404
    assert SavedView.objects.get().name == "Andens"


@pytest.mark.parametrize("page", OBJECT_PAGES)
def test_object_that_is_visible_opens(root_client: Client, shared: SavedView, page: str) -> None:
    assert root_client.get(f"/trial/{page}/{shared.pk}/").status_code == 200


@pytest.mark.parametrize("page", OBJECT_PAGES)
def test_object_that_is_visible_but_not_permitted_is_403(
    officer_client: Client, shared: SavedView, foreign: SavedView, page: str
) -> None:
    assert officer_client.get(f"/trial/{page}/{shared.pk}/").status_code == 403
    assert officer_client.get(f"/trial/{page}/{foreign.pk}/").status_code == 404


def test_list_search_and_export_hold_only_what_is_visible(
    root_client: Client, foreign: SavedView, shared: SavedView
) -> None:
    assert list(root_client.get("/trial/").context["object_list"]) == [shared]
    assert list(root_client.get("/trial/?q=nde").context["object_list"]) == []
    text = b"".join(root_client.get("/trial/?export=csv").streaming_content).decode()
    assert "Delt" in text
    assert "Andens" not in text


def test_a_model_without_history_has_no_pages_of_it(root_client: Client, shared: SavedView) -> None:
    for page in (f"history/{shared.pk}/", "deleted/", f"restore/{shared.pk}/"):
        assert root_client.get(f"/trial/{page}").status_code == 404


# --- choosing


def test_chooser_offers_only_what_is_visible(root_client: Client, foreign: SavedView, shared: SavedView) -> None:
    page = root_client.get("/trial-chooser/results/").content.decode()
    assert "Delt" in page
    assert "Andens" not in page
    assert "Delt" not in root_client.get("/trial-chooser/results/?q=findes-ikke").content.decode()


def test_chooser_hands_over_only_what_is_visible(root_client: Client, foreign: SavedView, shared: SavedView) -> None:
    chosen = root_client.get(f"/trial-chooser/chosen/{shared.pk}/")
    assert chosen.json()["result"]["title"] == "Delt"
    assert root_client.get(f"/trial-chooser/chosen/{foreign.pk}/").status_code == 404
    assert root_client.get("/trial-chooser/chosen/x/").status_code == 404
    several = root_client.get(f"/trial-chooser/chosen-multiple/?id={foreign.pk}&id={shared.pk}&multiple=1")
    assert [row["title"] for row in several.json()["result"]] == ["Delt"]


# --- declaring


def test_a_model_without_a_rule_of_visibility_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured):
        RecordViewSet(model=Group)


def test_policy_asks_the_rule_for_rows(foreign: SavedView, shared: SavedView) -> None:
    policy = policy_registry.get_by_type(SavedView)
    root = UserFactory(is_superuser=True)
    assert isinstance(policy, RecordPermissionPolicy)
    assert policy.user_has_permission_for_instance(root, "change", shared)
    assert not policy.user_has_permission_for_instance(root, "change", foreign)
    assert list(policy.instances_user_has_permission_for(root, "view")) == [shared]


def test_policy_gives_outsiders_nothing(supplier_user: User, shared: SavedView) -> None:
    supplier = SupplierFactory()
    policy = policy_registry.get(supplier)
    assert not policy.user_has_any_permission(supplier_user, ["view", "change", "add", "delete"])
    assert list(policy.instances_user_has_permission_for(supplier_user, "view")) == []
