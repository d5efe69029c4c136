"""What the municipality does with a supplier's team, from the supplier's page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from suppliers.enums import MemberRole
from suppliers.models import Invitation, Membership, Supplier
from suppliers.services import add_member, merge_suppliers
from tests.factories import InvitationFactory, SupplierFactory, UserFactory


@pytest.fixture
def supplier(db: None) -> Supplier:
    return SupplierFactory(name="Nordlys Job")


@pytest.fixture
def boss(supplier: Supplier) -> Membership:
    person = UserFactory(first_name="Bo", last_name="Boss", email="bo@nordlys.example")
    return add_member(supplier, user=person, role=MemberRole.ADMINISTRATOR, by=None)


def tab(supplier: Supplier) -> str:
    return reverse("desk:supplier_team", args=[supplier.pk])


def page(name: str, supplier: Supplier, *args: int) -> str:
    return reverse(f"suppliers:{name}", args=[supplier.pk, *args])


def test_the_first_administrator_is_invited_from_the_tab(officer_client: Client, supplier: Supplier):
    shown = officer_client.get(tab(supplier)).content.decode()
    assert "Ingen er på teamet endnu" in shown
    address = f"{page('member_invite', supplier)}?next={tab(supplier)}"
    assert address in shown
    form = officer_client.get(address).context["form"]
    assert form["role"].value() == MemberRole.ADMINISTRATOR
    response = officer_client.post(address, {"email": "chef@nordlys.example", "role": "administrator"})
    assert (response.status_code, response["Location"]) == (302, tab(supplier))
    shown = officer_client.get(tab(supplier)).content.decode()
    assert "chef@nordlys.example" in shown
    assert "Venter på svar" in shown


def test_wrong_input_is_told_at_its_field(officer_client: Client, supplier: Supplier, boss: Membership):
    response = officer_client.post(page("member_invite", supplier), {"email": "bo@nordlys.example", "role": "viewer"})
    assert response.context["form"].errors == {"email": ["bo@nordlys.example er allerede på teamet."]}
    response = officer_client.post(page("member_invite", supplier), {})
    assert set(response.context["form"].errors) == {"email", "role"}
    assert not Invitation.objects.exists()


def test_a_member_is_removed_with_a_reason(officer_client: Client, supplier: Supplier, boss: Membership):
    address = f"{page('member_remove', supplier, boss.pk)}?next={tab(supplier)}"
    assert address in officer_client.get(tab(supplier)).content.decode()
    assert "Fjern Bo Boss fra teamet hos Nordlys Job" in officer_client.get(address).content.decode()
    assert officer_client.post(address, {"reason": ""}).context["form"].errors
    response = officer_client.post(address, {"reason": "Stoppet hos leverandøren"})
    assert (response.status_code, response["Location"]) == (302, tab(supplier))
    boss.refresh_from_db()
    assert not boss.is_active
    assert boss.history.first().history_change_reason == "Stoppet hos leverandøren"
    assert "Har forladt teamet" in officer_client.get(tab(supplier)).content.decode()


def test_invitations_are_sent_again_and_withdrawn(officer_client: Client, supplier: Supplier):
    invitation = InvitationFactory(supplier=supplier)
    send = f"{page('invitation_send', supplier, invitation.pk)}?next={tab(supplier)}"
    assert officer_client.post(send)["Location"] == tab(supplier)
    assert "mindre end 10 minutter siden" in officer_client.post(send, follow=True).content.decode()
    invitation.refresh_from_db()
    assert invitation.number == 2
    officer_client.post(page("invitation_withdraw", supplier, invitation.pk))
    invitation.refresh_from_db()
    assert invitation.state == "withdrawn"


def test_one_is_never_sent_to_another_host(officer_client: Client, supplier: Supplier):
    invitation = InvitationFactory(supplier=supplier)
    address = page("invitation_withdraw", supplier, invitation.pk)
    assert officer_client.post(f"{address}?next=https://ond.example/")["Location"].startswith("/admin/")


def test_a_reader_looks_and_changes_nothing(reader_client: Client, supplier: Supplier, boss: Membership):
    invitation = InvitationFactory(supplier=supplier)
    shown = reader_client.get(tab(supplier)).content.decode()
    assert "Bo Boss" in shown
    assert invitation.email in shown
    assert page("member_invite", supplier) not in shown
    forms = [page("member_invite", supplier), page("member_remove", supplier, boss.pk)]
    buttons = [page(name, supplier, invitation.pk) for name in ("invitation_send", "invitation_withdraw")]
    assert {reader_client.get(each).status_code for each in forms} == {403}
    assert {reader_client.post(each).status_code for each in (*forms, *buttons)} == {403}


def test_not_there_and_wrong_verb(officer_client: Client, supplier: Supplier, boss: Membership):
    invitation = InvitationFactory()
    assert officer_client.get(page("member_remove", SupplierFactory(), boss.pk)).status_code == 404
    assert officer_client.post(page("invitation_withdraw", supplier, invitation.pk)).status_code == 404
    assert officer_client.get(page("invitation_send", invitation.supplier, invitation.pk)).status_code == 405
    assert officer_client.put(page("member_invite", supplier)).status_code == 405


def test_a_merged_supplier_invites_nobody(officer_client: Client, supplier: Supplier):
    merge_suppliers(supplier, into=SupplierFactory(), reason="Samme.", by=None)
    assert officer_client.get(page("member_invite", supplier)).status_code == 404
