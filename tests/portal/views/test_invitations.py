"""Accepting an invitation: with the link and without, by whoever has the address and nobody else."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.models import User
from suppliers.links import ADDRESS, link_of, token_of
from suppliers.models import Invitation, Membership
from suppliers.services import withdraw
from tests.conftest import client_for
from tests.factories import InvitationFactory, UserFactory
from tests.portal.conftest import Team

PASSWORD = "lang-og-ukendt-2026"
NAMES = {"first_name": "Ny", "last_name": "Nysen", "password": PASSWORD, "password_again": PASSWORD}


def link(invitation: Invitation) -> str:
    return ADDRESS.format(token=token_of(invitation))


def confirmed(email: str, *, is_confirmed: bool = True) -> User:
    user = UserFactory(email=email)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=is_confirmed, primary=True)
    return user


# --- without access


def test_whoever_has_the_link_makes_access_and_lands_in_the_portal(own: Team):
    client = Client()
    shown = client.get(link(own.invitation)).content.decode()
    assert "Du er inviteret til teamet hos Leverandør nord" in shown
    sign_up = f"{link(own.invitation)}ny-adgang/"
    assert f'href="{sign_up}"' in shown
    assert own.invitation.email in client.get(sign_up).content.decode()
    response = client.post(sign_up, NAMES, follow=True)
    assert response.redirect_chain == [(f"/portal/{own.supplier.pk}/", 302)]
    assert "Velkommen. Du er nu på teamet hos Leverandør nord som Læser." in response.content.decode()
    user = User.objects.get(email=own.invitation.email)
    assert (str(user), client.session["_auth_user_id"]) == ("Ny Nysen", str(user.pk))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"password": "kort", "password_again": "kort"}, "password"),
        ({"password_again": "noget andet"}, "password_again"),
        ({"password": "password1234", "password_again": "password1234"}, "password"),
    ],
)
def test_wrong_input_makes_nobody(own: Team, wrong: dict[str, str], field: str):
    response = Client().post(f"{link(own.invitation)}ny-adgang/", {**NAMES, **wrong})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not User.objects.filter(email=own.invitation.email).exists()


def test_the_address_is_the_invitations_whatever_is_sent(own: Team):
    Client().post(f"{link(own.invitation)}ny-adgang/", {**NAMES, "email": "ond@andetsteds.example"})
    assert not User.objects.filter(email="ond@andetsteds.example").exists()
    assert Membership.objects.filter(user__email=own.invitation.email).exists()


def test_nobody_signs_up_without_an_invitation(db: None):
    data = {"email": "ond@andetsteds.example", "password1": PASSWORD, "password2": PASSWORD}
    Client().post("/konto/signup/", data)
    assert not User.objects.exists()


# --- with access


def test_whoever_has_access_signs_in_and_comes_back(own: Team):
    confirmed(own.invitation.email)
    client = Client()
    shown = client.get(link(own.invitation)).content.decode()
    assert "Du har allerede en adgang" in shown
    assert client.get(f"{link(own.invitation)}ny-adgang/").status_code == 302
    back = link(own.invitation)
    response = client.post("/konto/login/", {"login": own.invitation.email, "password": PASSWORD, "next": back})
    assert response["Location"] == back
    assert client.post(back)["Location"] == f"/portal/{own.supplier.pk}/"
    assert client.post(back).status_code == 410


@pytest.mark.parametrize("email", ["NY@NORD.example", "ny@nord.example"])
def test_it_is_accepted_without_the_link_by_a_confirmed_address(own: Team, email: str):
    client = client_for(confirmed(email.lower()))
    shown = client.get("/portal/").content.decode()
    address = f"/portal/invitationer/{own.invitation.pk}/accepter/"
    assert f'action="{address}"' in shown
    assert client.post(address)["Location"] == f"/portal/{own.supplier.pk}/"
    assert client.post(address).status_code == 404


def test_a_member_of_another_team_sees_it_on_their_front_page(own: Team, other: Team):
    user = other.boss.user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    InvitationFactory(supplier=own.supplier, email=user.email.upper())
    shown = client_for(user).get(f"/portal/{other.supplier.pk}/").content.decode()
    assert "Invitationer til dig" in shown
    assert "Leverandør nord" in shown


def test_an_address_that_is_not_confirmed_is_shown_nothing(own: Team):
    client = client_for(confirmed(own.invitation.email, is_confirmed=False))
    assert "Leverandør nord" not in client.get("/portal/").content.decode()
    assert client.post(f"/portal/invitationer/{own.invitation.pk}/accepter/").status_code == 404
    assert client.post(link(own.invitation)).status_code == 302  # the link proves it


def test_somebody_with_another_address_is_refused_and_told_what_to_do(own: Team, other: Team):
    client = client_for(other.boss.user)
    for response in (client.get(link(own.invitation)), client.post(link(own.invitation))):
        assert response.status_code == 403
        assert "sendt til en anden adresse" in response.content.decode()
        assert own.invitation.email not in response.content.decode()
    assert client.post(f"/portal/invitationer/{own.invitation.pk}/accepter/").status_code == 404
    assert client.get(f"{link(own.invitation)}ny-adgang/").status_code == 302
    assert not Membership.objects.filter(user=other.boss.user, supplier=own.supplier).exists()


def test_a_colleague_in_the_municipality_is_told_why_not(own: Team, officer: User, officer_client: Client):
    invitation = InvitationFactory(supplier=own.supplier, email=officer.email)
    response = officer_client.post(link(invitation))
    assert response.status_code == 409
    assert "Du arbejder for kommunen med denne adgang" in response.content.decode()


# --- over


def test_an_expired_or_withdrawn_invitation_says_so_and_does_nothing(own: Team):
    expired = InvitationFactory(supplier=own.supplier, expires_at=timezone.now() - dt.timedelta(minutes=1))
    withdrawn = withdraw(own.invitation, by=own.boss.user)
    for invitation, sentence in ((expired, "er udløbet. Bed om en ny"), (withdrawn, "er trukket tilbage")):
        for address in (link(invitation), f"{link(invitation)}ny-adgang/"):
            for response in (Client().get(address), Client().post(address, NAMES)):
                assert response.status_code == 410
                assert sentence in response.content.decode()
    assert not User.objects.filter(email__in=[expired.email, withdrawn.email]).exists()


@pytest.mark.parametrize("token", ["x", "1", "~", "a" * 200])
def test_a_made_up_link_is_not_found(own: Team, token: str):
    client = Client()
    for address in (f"/portal/invitation/{token}/", f"/portal/invitation/{token}/ny-adgang/"):
        assert {client.get(address).status_code, client.post(address, NAMES).status_code} == {404}


def test_a_link_of_another_number_is_not_found(own: Team):
    signature = token_of(own.invitation).rpartition("~")[2]
    made_up = f"{own.invitation.key.hex}-2~{signature}"
    assert Client().get(f"/portal/invitation/{made_up}/").status_code == 404


def test_the_anonymous_accept_nothing(own: Team):
    assert Client().post(link(own.invitation)).status_code == 403
    assert Client().post(f"/portal/invitationer/{own.invitation.pk}/accepter/").status_code == 302
    assert own.supplier.memberships.count() == 2


def test_the_mails_link_is_the_portals_address(own: Team):
    assert link_of(own.invitation) == f"http://127.0.0.1:8000{link(own.invitation)}"
    assert Client().get(link(own.invitation)).status_code == 200


def test_nothing_leads_to_another_host(own: Team, boss_client: Client):
    """No page of the portal takes where to go next from the address."""
    confirmed(own.invitation.email)
    outside = "?next=https://ond.example/"
    invite = boss_client.post(
        f"/portal/{own.supplier.pk}/team/inviter/{outside}", {"email": "a@b.example", "role": "viewer"}
    )
    accept = client_for(User.objects.get(email=own.invitation.email)).post(link(own.invitation) + outside)
    signed_in = Client().post(
        "/konto/login/", {"login": own.invitation.email, "password": PASSWORD, "next": "https://ond.example/"}
    )
    assert {response["Location"].startswith("/portal/") for response in (invite, accept, signed_in)} == {True}
