from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from tests.conftest import client_for, person_with
from tests.factories import UserFactory
from tests.records.forms import posted

LIST = "/admin/users/"
NEW = "/admin/users/new/"


@pytest.fixture
def administrator(db: None) -> User:
    return person_with(Role.ADMINISTRATOR)


@pytest.fixture
def admin_client(administrator: User) -> Client:
    return client_for(administrator)


def groups(*roles: Role) -> list[int]:
    return list(Group.objects.filter(name__in=roles).values_list("pk", flat=True))


def edit_of(user: User) -> str:
    return reverse("wagtailusers_users:edit", args=[user.pk])


def test_only_administrators_open_the_register(
    admin_client: Client, officer_client: Client, reader_client: Client, supplier_client: Client
) -> None:
    assert admin_client.get(LIST).status_code == 200
    assert [client.get(LIST).status_code for client in (officer_client, reader_client, supplier_client)] == [403] * 3
    assert [client.get(NEW).status_code for client in (officer_client, reader_client, supplier_client)] == [403] * 3


def test_new_person_gets_roles_and_a_link_to_choose_a_password(admin_client: Client, administrator: User) -> None:
    data = {
        "email": "ny@kommune.example",
        "first_name": "Nina",
        "last_name": "Ny",
        "is_active": "on",
        "groups": groups(Role.JOBCENTRE, Role.AUDITOR),
    }
    assert admin_client.post(NEW, data).status_code == 302
    user = User.objects.get(email="ny@kommune.example")
    assert user.roles() == {Role.JOBCENTRE, Role.AUDITOR}
    assert not user.has_usable_password()
    (entry,) = user.history.all()
    assert (entry.history_type, entry.history_user, entry.groups.count()) == ("+", administrator, 2)
    (letter,) = mail.outbox
    assert letter.to == ["ny@kommune.example"]


def test_the_link_lets_the_person_choose_a_password(admin_client: Client) -> None:
    admin_client.post(NEW, {"email": "ny@kommune.example", "is_active": "on", "groups": []})
    link = re.search(r"http://[^/\s]+(/\S+)", mail.outbox[0].body)
    assert link is not None
    client = Client()
    page = client.get(link[1], follow=True)
    answer = client.post(page.redirect_chain[-1][0], {"password1": "Kastanje-allé-47", "password2": "Kastanje-allé-47"})
    assert answer.status_code == 302
    assert User.objects.get(email="ny@kommune.example").check_password("Kastanje-allé-47")


def test_roles_change_as_one_entry_in_history(admin_client: Client, administrator: User, officer: User) -> None:
    before = officer.history.count()
    form = posted(admin_client, edit_of(officer), groups=groups(Role.DIRECTOR), change_reason="Ny stilling")
    assert admin_client.post(edit_of(officer), form).status_code == 302
    assert User.objects.get(pk=officer.pk).roles() == {Role.DIRECTOR}
    assert officer.history.count() == before + 1
    newest = officer.history.latest()
    assert (newest.history_user, newest.history_change_reason) == (administrator, "Ny stilling")


def test_no_switch_makes_a_superuser(admin_client: Client, officer: User) -> None:
    form = posted(admin_client, edit_of(officer), is_superuser="on")
    assert "is_superuser" not in admin_client.get(edit_of(officer)).context["form"].fields
    admin_client.post(edit_of(officer), form)
    assert not User.objects.get(pk=officer.pk).is_superuser


@pytest.mark.parametrize(("field", "value"), [("groups", []), ("is_active", None)])
def test_nobody_shuts_themselves_out(
    admin_client: Client, administrator: User, field: str, value: list[str] | None
) -> None:
    form = posted(admin_client, edit_of(administrator))
    form.pop(field)
    if value:
        form[field] = value
    response = admin_client.post(edit_of(administrator), form)
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    fresh = User.objects.get(pk=administrator.pk)
    assert (fresh.is_active, fresh.roles()) == (True, {Role.ADMINISTRATOR})


def test_an_address_that_somebody_has_is_refused(admin_client: Client, officer: User) -> None:
    response = admin_client.post(NEW, {"email": officer.email.upper(), "is_active": "on"})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_a_changed_address_ends_the_old_ones_access(admin_client: Client, officer: User) -> None:
    EmailAddress.objects.create(user=officer, email=officer.email, primary=True, verified=True)
    form = posted(admin_client, edit_of(officer), email="ny@kommune.example")
    admin_client.post(edit_of(officer), form)
    assert not EmailAddress.objects.filter(user=officer).exists()


def test_password_link_is_sent_by_post_alone(admin_client: Client, officer_client: Client, reader: User) -> None:
    address = reverse("wagtailusers_users:password_link", args=[reader.pk])
    assert admin_client.get(address).status_code == 405
    assert officer_client.post(address).status_code == 403
    assert mail.outbox == []
    assert admin_client.post(address).status_code == 302
    assert [letter.to for letter in mail.outbox] == [[reader.email]]


def test_people_are_never_deleted(admin_client: Client, officer: User) -> None:
    assert admin_client.post(f"{LIST}delete/{officer.pk}/").status_code == 404
    for action in ("delete", "set_active_state", "assign_role"):
        address = f"/admin/bulk/accounts/user/{action}/?id={officer.pk}"
        assert admin_client.post(address, {"mark_as_active": "False", "role": 1}).status_code == 403
    assert User.objects.get(pk=officer.pk).is_active


def test_roles_are_not_edited_as_groups(admin_client: Client) -> None:
    assert admin_client.get("/admin/groups/").status_code == 404


def test_list_names_roles(admin_client: Client, officer: User) -> None:
    UserFactory(email="leverandoer@firma.example")
    rows = {user.email: user.role_names() for user in admin_client.get(LIST).context["object_list"]}
    assert rows[officer.email] == str(Role.PROCUREMENT.label)
    assert rows["leverandoer@firma.example"] == ""
