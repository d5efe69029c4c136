"""A supplier's team changes itself."""

from __future__ import annotations

from django.test import Client

from jobs.models import Job
from suppliers.models import Invitation, Membership
from suppliers.services import remove_member
from tests.conftest import client_for
from tests.factories import MembershipFactory
from tests.portal.conftest import Team


def page(team: Team, rest: str = "") -> str:
    return f"/portal/{team.supplier.pk}/team/{rest}"


def test_an_administrator_invites(own: Team, boss_client: Client):
    response = boss_client.post(page(own, "inviter/"), {"email": "Kim@Nord.example", "role": "editor"}, follow=True)
    assert response.redirect_chain == [(page(own), 302)]
    assert "En invitation er på vej til Kim@Nord.example." in response.content.decode()
    invitation = Invitation.objects.get(email="kim@nord.example")
    assert (invitation.role, invitation.invited_by) == ("editor", own.boss.user)
    assert Job.objects.filter(kind="suppliers.invitation", subject_id=f"{invitation.pk}-1").exists()


def test_wrong_input_is_told_on_top_and_at_its_field(own: Team, boss_client: Client):
    response = boss_client.post(page(own, "inviter/"), {"email": "ikke en adresse", "role": "chef"})
    shown = response.content.decode()
    assert response.status_code == 200
    assert 'data-module="error-summary"' in shown
    assert '<a href="#id_email">E-mailadresse: Skriv en hel e-mailadresse' in shown
    assert '<a href="#id_role_0">' in shown
    assert "<title>Fejl: Inviter til teamet" in shown


def test_who_is_on_the_team_or_invited_is_told(own: Team, boss_client: Client):
    for email in ("LAESER@nord.example", "ny@NORD.example"):
        response = boss_client.post(page(own, "inviter/"), {"email": email, "role": "viewer"})
        assert list(response.context["form"].errors) == ["email"]


def test_inviting_answers_alike_whoever_has_the_address(own: Team, other: Team, boss_client: Client, officer):
    answers = []
    for email in (other.boss.user.email, officer.email, "ukendt@ingensteder.example"):
        response = boss_client.post(page(own, "inviter/"), {"email": email, "role": "viewer"})
        answers.append((response.status_code, response["Location"]))
    assert answers == [(302, page(own))] * 3


def test_a_role_is_changed(own: Team, boss_client: Client):
    address = page(own, f"{own.viewer.pk}/rolle/")
    assert boss_client.get(address).context["form"]["role"].value() == "viewer"
    response = boss_client.post(address, {"role": "submitter"}, follow=True)
    assert "har nu rollen Indsender" in response.content.decode()
    own.viewer.refresh_from_db()
    assert own.viewer.role == "submitter"


def test_the_only_administrator_cannot_step_down_or_leave(own: Team, boss_client: Client):
    for rest, data in ((f"{own.boss.pk}/rolle/", {"role": "viewer"}), (f"{own.boss.pk}/fjern/", {})):
        response = boss_client.post(page(own, rest), data)
        assert response.status_code == 200
        assert "eneste administrator" in response.content.decode()
    own.boss.refresh_from_db()
    assert (own.boss.role, own.boss.is_active) == ("administrator", True)


def test_a_member_is_removed_and_shown_as_former(own: Team, boss_client: Client):
    address = page(own, f"{own.viewer.pk}/fjern/")
    assert f"Skal {own.viewer.user} fjernes fra teamet?" in boss_client.get(address).content.decode()
    response = boss_client.post(address, follow=True)
    assert response.redirect_chain == [(page(own), 302)]
    assert "Har forladt teamet" in response.content.decode()
    assert not Membership.objects.active().filter(pk=own.viewer.pk).exists()


def test_anybody_may_leave(own: Team, viewer_client: Client):
    address = page(own, f"{own.viewer.pk}/fjern/")
    assert "Vil du forlade teamet hos" in viewer_client.get(address).content.decode()
    response = viewer_client.post(address, follow=True)
    assert response.redirect_chain == [("/portal/", 302)]
    assert "Du er ikke på en leverandørs team" in response.content.decode()


def test_who_has_left_is_not_found(own: Team, boss_client: Client):
    remove_member(own.viewer, by=own.boss.user)
    for rest in ("rolle/", "fjern/"):
        assert boss_client.get(page(own, f"{own.viewer.pk}/{rest}")).status_code == 404


def test_an_administrator_who_is_demoted_meanwhile_changes_nothing(own: Team):
    second = MembershipFactory(supplier=own.supplier)
    client = client_for(second.user)
    assert client.get(page(own, "inviter/")).status_code == 200
    second.role = "viewer"
    second.save()
    assert client.post(page(own, "inviter/"), {"email": "en@to.example", "role": "viewer"}).status_code == 403
    assert not Invitation.objects.filter(email="en@to.example").exists()


def test_invitations_are_sent_again_and_withdrawn(own: Team, boss_client: Client):
    send = page(own, f"invitation/{own.invitation.pk}/send/")
    assert "bliver sendt igen" in boss_client.post(send, follow=True).content.decode()
    assert "mindre end 10 minutter siden" in boss_client.post(send, follow=True).content.decode()
    withdraw = page(own, f"invitation/{own.invitation.pk}/traek-tilbage/")
    assert "er trukket tilbage" in boss_client.post(withdraw, follow=True).content.decode()
    assert "er trukket tilbage" in boss_client.post(withdraw, follow=True).content.decode()
    own.invitation.refresh_from_db()
    assert (own.invitation.number, own.invitation.state) == (2, "withdrawn")


def test_a_viewer_sees_the_team_without_its_buttons(own: Team, viewer_client: Client):
    shown = viewer_client.get(page(own)).content.decode()
    assert own.boss.user.email in shown
    assert own.invitation.email in shown
    assert "Inviter til teamet" not in shown
    assert "Skift rolle" not in shown
    assert "Træk tilbage" not in shown
    assert "Forlad teamet" in shown
