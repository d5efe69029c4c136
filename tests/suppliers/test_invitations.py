from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import has_confirmed_address
from jobs.models import Job
from jobs.services import run
from notifications.models import MailLog
from suppliers.enums import INVITATION_DAYS, MOST_WAITING, InvitationMail, InvitationState, MemberRole
from suppliers.links import invitation_of, token_of
from suppliers.models import Invitation, Membership, Supplier
from suppliers.queries import team_of
from suppliers.services import accept, add_member, invite, merge_suppliers, remove_member, send_again, sign_up, withdraw
from suppliers.services.invitation_mails import send_invitation
from tests.factories import InvitationFactory, SupplierFactory, UserFactory

pytestmark = pytest.mark.django_db

EMAIL = "ny@firma.example"
PASSWORD = "lang-og-ukendt-2026"


@pytest.fixture
def supplier() -> Supplier:
    return SupplierFactory(name="Nordlys Job")


@pytest.fixture
def boss(supplier: Supplier) -> User:
    return add_member(supplier, user=UserFactory(), role=MemberRole.ADMINISTRATOR, by=None).user


def invited(supplier: Supplier, by: User, **more: object) -> Invitation:
    return invite(supplier, **{"email": EMAIL, "role": MemberRole.EDITOR, **more}, by=by)


def somebody(email: str = EMAIL, *, is_confirmed: bool = True) -> User:
    user = UserFactory(email=email)
    EmailAddress.objects.create(user=user, email=email, verified=is_confirmed, primary=True)
    return user


def work_off() -> None:
    for job in Job.objects.open():
        assert run(job.pk)


# --- inviting


def test_an_administrator_invites_and_a_mail_is_asked_for(supplier, boss):
    invitation = invited(supplier, boss, email=" Ny@Firma.Example ")
    assert (invitation.email, invitation.role, invitation.state) == (EMAIL, "editor", "waiting")
    assert invitation.expires_at - invitation.invited_at == pytest.approx(
        dt.timedelta(days=INVITATION_DAYS), abs=dt.timedelta(seconds=5)
    )
    assert invitation.history.get().history_user == boss
    assert Job.objects.get().subject_id == f"{invitation.pk}-1"


def test_the_municipality_invites_the_first_administrator(supplier, officer):
    assert invited(supplier, officer, role=MemberRole.ADMINISTRATOR).invited_by == officer


@pytest.mark.parametrize("role", [MemberRole.SUBMITTER, MemberRole.EDITOR, MemberRole.VIEWER])
def test_nobody_else_invites_sends_or_withdraws(supplier, boss, role):
    invitation = invited(supplier, boss)
    member = add_member(supplier, user=UserFactory(), role=role, by=None).user
    for act in (lambda: invited(supplier, member, email="en@anden.example"), lambda: withdraw(invitation, by=member)):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(PermissionDenied):
        send_again(invitation, by=member)
    assert Invitation.objects.get().number == 1


def test_readers_and_other_suppliers_administrators_invite_nobody(supplier, reader):
    elsewhere = add_member(SupplierFactory(), user=UserFactory(), role=MemberRole.ADMINISTRATOR, by=None).user
    for person in (reader, elsewhere):
        with pytest.raises(PermissionDenied):
            invited(supplier, person)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("email", [EMAIL, "NY@firma.example"])
def test_an_address_is_invited_once(supplier, boss, email):
    invited(supplier, boss)
    with pytest.raises(ValidationError) as raised:
        invited(supplier, boss, email=email)
    assert raised.value.message_dict == {
        "email": [f"{EMAIL} er allerede inviteret. Send den invitation igen, eller træk den tilbage først."]
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(supplier=supplier, email=email)


def test_an_address_is_invited_to_two_suppliers(supplier, boss, officer):
    invited(supplier, boss)
    assert invited(SupplierFactory(), officer).is_waiting


@pytest.mark.parametrize("email", ["med@firma.example", "MED@Firma.example"])
def test_who_is_on_the_team_is_not_invited(supplier, boss, email):
    add_member(supplier, user=UserFactory(email="med@firma.example"), role=MemberRole.VIEWER, by=None)
    with pytest.raises(ValidationError, match="allerede på teamet"):
        invited(supplier, boss, email=email)


def test_who_has_left_is_invited_again(supplier, boss):
    member = add_member(supplier, user=UserFactory(email=EMAIL), role=MemberRole.VIEWER, by=None)
    remove_member(member, by=boss)
    assert invited(supplier, boss).is_waiting


def test_whether_an_address_has_access_is_not_told(supplier, boss, officer):
    """Somebody with access, somebody of the municipality and somebody unknown are invited alike."""
    somebody("kendt@firma.example")
    for email in ("kendt@firma.example", officer.email, "ukendt@firma.example"):
        assert invited(supplier, boss, email=email).is_waiting


def test_a_team_invites_only_so_many_at_a_time(supplier, boss):
    InvitationFactory.create_batch(MOST_WAITING, supplier=supplier)
    with pytest.raises(ValidationError, match="25 invitationer venter"):
        invited(supplier, boss)


def test_nobody_is_invited_to_a_merged_supplier(supplier, boss, officer):
    merge_suppliers(supplier, into=SupplierFactory(), reason="Samme.", by=officer)
    with pytest.raises(ValidationError, match="lagt sammen"):
        invited(supplier, boss)


# --- the mail


def test_the_mail_says_who_to_what_and_until_when_and_the_log_keeps_no_link(supplier, boss):
    invitation = invited(supplier, boss)
    work_off()
    (letter,) = mail.outbox
    link = f"http://127.0.0.1:8000/portal/invitation/{token_of(invitation)}/"
    assert (letter.to, letter.subject) == ([EMAIL], "Invitation til teamet hos Nordlys Job")
    assert f"{boss} inviterer dig til teamet hos Nordlys Job som Skribent." in letter.body
    assert link in letter.body
    assert f'<a href="{link}">' in letter.alternatives[0][0]
    invitation.refresh_from_db()
    assert invitation.mail == InvitationMail.SENT
    row = MailLog.objects.get()
    assert (row.to, row.kind, row.mail, row.error, row.sent_at is not None) == (EMAIL, "letter", None, "", True)
    assert "linket gemmes ikke" in row.body
    assert "/portal/invitation/" not in row.body


def test_a_mail_is_sent_once_however_often_its_work_is_done(supplier, boss):
    invitation = invited(supplier, boss)
    for _time in range(2):
        send_invitation(f"{invitation.pk}-1")
    assert len(mail.outbox) == 1


def test_a_mail_that_may_have_left_is_not_sent_again_by_itself(supplier, boss):
    invitation = invited(supplier, boss)
    Invitation.objects.filter(pk=invitation.pk).update(mail=InvitationMail.SENDING)
    send_invitation(f"{invitation.pk}-1")
    invitation.refresh_from_db()
    assert (mail.outbox, invitation.mail) == ([], InvitationMail.FAILED)


def test_a_mail_of_what_was_withdrawn_or_sent_again_is_not_sent(supplier, boss):
    invitation = InvitationFactory(supplier=supplier)
    send_again(invitation, by=boss)
    send_invitation(f"{invitation.pk}-1")
    withdraw(invitation, by=boss)
    send_invitation(f"{invitation.pk}-2")
    assert mail.outbox == []


def test_a_mail_server_that_refuses_is_shown_to_whoever_invited(supplier, boss, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    invited(supplier, boss)
    work_off()
    (row,) = team_of(supplier, user=boss, now=timezone.now()).invitations
    assert (row.mail, row.can_be_accepted) == ("Kunne ikke sendes", True)
    assert "ConnectionRefusedError" in MailLog.objects.get().error


# --- again, withdrawn, expired


def test_sending_again_makes_the_old_link_void_and_counts_from_now(supplier, boss):
    invitation = InvitationFactory(supplier=supplier, expires_at=timezone.now() - dt.timedelta(days=1))
    old = token_of(invitation)
    again = send_again(invitation, by=boss)
    assert (again.number, again.has_expired(now=timezone.now())) == (2, False)
    assert invitation_of(old) is None
    assert invitation_of(token_of(again)) == invitation


def test_a_mailbox_is_not_filled_by_a_button(supplier, boss):
    invitation = invited(supplier, boss)
    with pytest.raises(ValidationError, match="mindre end 10 minutter"):
        send_again(invitation, by=boss)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        send_again(invitation, by=boss)
    work_off()
    assert len(mail.outbox) == 1  # the first was not sent yet, and its link is void


def test_withdrawn_is_withdrawn_for_good(supplier, boss):
    invitation = withdraw(InvitationFactory(supplier=supplier, email=EMAIL), by=boss)
    assert (invitation.state, invitation.settled_at is not None) == (InvitationState.WITHDRAWN, True)
    for act in (withdraw, send_again):
        with pytest.raises(ValidationError, match="trukket tilbage"):
            act(invitation, by=boss)
    with pytest.raises(ValidationError, match="trukket tilbage"):
        accept(invitation, has_link=True, by=somebody())
    assert invited(supplier, boss).is_waiting


@pytest.mark.parametrize("token", ["", "x", "~", "00~00", "a" * 32 + "-1~x"])
def test_a_made_up_link_leads_nowhere(token):
    InvitationFactory()
    assert invitation_of(token) is None


# --- accepting


@pytest.mark.parametrize("email", [EMAIL, "NY@FIRMA.example"])
def test_whoever_has_the_address_joins_once(supplier, email):
    invitation = InvitationFactory(supplier=supplier, email=email, role="editor")
    user = somebody()
    membership = accept(invitation, has_link=False, by=user)
    invitation.refresh_from_db()
    assert (membership.user, membership.supplier, membership.role) == (user, supplier, "editor")
    assert (invitation.state, invitation.membership) == (InvitationState.ACCEPTED, membership)
    assert membership.history.get().history_user == user
    with pytest.raises(ValidationError, match="allerede brugt"):
        accept(invitation, has_link=True, by=user)


def test_an_address_that_is_not_confirmed_needs_the_link(supplier):
    invitation = InvitationFactory(supplier=supplier, email=EMAIL)
    user = somebody(is_confirmed=False)
    with pytest.raises(PermissionDenied):
        accept(invitation, has_link=False, by=user)
    accept(invitation, has_link=True, by=user)
    assert has_confirmed_address(user)


@pytest.mark.parametrize("has_link", [True, False])
def test_somebody_with_another_address_does_not_join(supplier, has_link):
    invitation = InvitationFactory(supplier=supplier, email=EMAIL)
    with pytest.raises(PermissionDenied):
        accept(invitation, has_link=has_link, by=somebody("en@anden.example"))


def test_a_second_address_of_ones_own_does_not_join(supplier):
    """It may be anybody's: allauth lets people note addresses that they have not proved."""
    invitation = InvitationFactory(supplier=supplier, email=EMAIL)
    user = somebody("en@anden.example")
    EmailAddress.objects.create(user=user, email=EMAIL, verified=False)
    with pytest.raises(PermissionDenied):
        accept(invitation, has_link=False, by=user)


def test_an_expired_invitation_is_not_accepted(supplier):
    invitation = InvitationFactory(supplier=supplier, email=EMAIL, expires_at=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(ValidationError, match="udløbet"):
        accept(invitation, has_link=True, by=somebody())
    with pytest.raises(ValidationError, match="udløbet"):
        sign_up(invitation, first_name="Ny", last_name="Nysen", password=PASSWORD)
    assert not Membership.objects.exists()


def test_who_works_for_the_municipality_does_not_join(supplier, officer):
    invitation = InvitationFactory(supplier=supplier, email=officer.email)
    with pytest.raises(ValidationError, match="arbejder for kommunen"):
        accept(invitation, has_link=True, by=officer)
    invitation.refresh_from_db()
    assert invitation.is_waiting


def test_whoever_has_the_link_signs_up_and_joins(supplier):
    invitation = InvitationFactory(supplier=supplier, email="Ny@Firma.example", role="submitter")
    membership = sign_up(invitation, first_name="Ny", last_name="Nysen", password=PASSWORD)
    user = User.objects.get(email=EMAIL)
    assert (membership.user, membership.role, str(user)) == (user, "submitter", "Ny Nysen")
    assert user.check_password(PASSWORD)
    assert user.is_external
    assert has_confirmed_address(user)


def test_nobody_signs_up_with_an_address_that_has_access(supplier):
    invitation = InvitationFactory(supplier=supplier, email=EMAIL)
    held = somebody()
    with pytest.raises(ValidationError):
        sign_up(invitation, first_name="Ny", last_name="Nysen", password=PASSWORD)
    held.refresh_from_db()
    assert not held.check_password(PASSWORD)
    assert not Membership.objects.exists()


def test_a_merge_brings_waiting_invitations_along(supplier, officer):
    survivor = SupplierFactory()
    moved, twice = InvitationFactory(supplier=supplier), InvitationFactory(supplier=supplier, email=EMAIL)
    kept = InvitationFactory(supplier=survivor, email=EMAIL)
    merge_suppliers(supplier, into=survivor, reason="Samme.", by=officer)
    at = {row.pk: row.supplier_id for row in Invitation.objects.all()}
    assert at == {moved.pk: survivor.pk, twice.pk: supplier.pk, kept.pk: survivor.pk}
    with pytest.raises(ValidationError, match="lagt sammen"):
        accept(Invitation.objects.get(pk=twice.pk), has_link=True, by=somebody())


# --- what a team's page shows


def test_a_team_shows_members_leavers_and_what_waits(supplier, boss, django_assert_num_queries):
    left = remove_member(add_member(supplier, user=UserFactory(), role=MemberRole.VIEWER, by=None), by=boss)
    now = timezone.now()
    InvitationFactory(supplier=supplier, state="withdrawn", settled_at=now)
    late = InvitationFactory(supplier=supplier, expires_at=now, invited_at=now - dt.timedelta(days=20))
    fresh = InvitationFactory(supplier=supplier)
    boss.roles()
    with django_assert_num_queries(2):
        team = team_of(supplier, user=boss, now=now)
        assert [str(row.user) for row in team.members] == [str(boss)]
    assert team.former == (left,)
    assert [(row.invitation, row.state, row.can_be_accepted) for row in team.invitations] == [
        (fresh, "Venter på svar", True),
        (late, "Udløbet", False),
    ]
