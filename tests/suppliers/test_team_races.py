"""Two people change the same team at the same moment, on a real database."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.enums import Role
from accounts.models import User
from accounts.services import set_roles
from suppliers.enums import InvitationState, MemberRole
from suppliers.models import Invitation, Membership, Supplier
from suppliers.services import accept, add_member, change_role, invite, remove_member, send_again, sign_up, withdraw
from tests.factories import InvitationFactory, SupplierFactory, UserFactory
from tests.reachable import require_postgres

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

ADMINISTRATOR, VIEWER = MemberRole.ADMINISTRATOR, MemberRole.VIEWER
EMAIL = "ny@firma.example"


@pytest.fixture(autouse=True)
def on_postgres() -> None:
    require_postgres()


@pytest.fixture
def supplier(on_postgres: None) -> Supplier:
    return SupplierFactory()


def race(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do each work in a thread of its own, all beginning together; return what they answered or raised, in their order."""
    gate, answers = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=20)
            answers[place] = work()
        except Exception as error:  # noqa: BLE001 -- handed to the test
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def kinds(answers: list[Any]) -> Counter[str]:
    return Counter(type(answer).__name__ for answer in answers)


def member(supplier: Supplier, role: MemberRole = ADMINISTRATOR) -> Membership:
    return add_member(supplier, user=UserFactory(), role=role, by=None)


def test_an_invitation_accepted_twice_at_once_makes_one_member(supplier):
    invitation = InvitationFactory(supplier=supplier, email=EMAIL)
    user = UserFactory(email=EMAIL)
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    answers = race([lambda: accept(invitation, has_link=True, by=User.objects.get(pk=user.pk))] * 4)
    assert kinds(answers) == {"Membership": 1, "ValidationError": 3}
    assert Membership.objects.filter(user=user).count() == 1


def test_signing_up_twice_at_once_makes_one_person(supplier):
    invitation = InvitationFactory(supplier=supplier, email=EMAIL)
    names = {"first_name": "Ny", "last_name": "Nysen", "password": "lang-og-ukendt-2026"}
    answers = race([lambda: sign_up(invitation, **names)] * 3)
    assert kinds(answers) == {"Membership": 1, "ValidationError": 2}
    assert User.objects.filter(email__iexact=EMAIL).count() == 1


def test_accepting_and_withdrawing_at_once_has_one_outcome(supplier):
    boss = member(supplier).user
    for _round in range(5):
        invitation = InvitationFactory(supplier=supplier)
        user = UserFactory(email=invitation.email)
        accepted, withdrawn = race(
            [lambda: accept(invitation, has_link=True, by=user), lambda: withdraw(invitation, by=boss)]  # noqa: B023
        )
        assert isinstance(accepted, ValidationError) != isinstance(withdrawn, ValidationError)
        invitation.refresh_from_db()
        is_member = Membership.objects.active().filter(user=user).exists()
        assert is_member == (invitation.state == InvitationState.ACCEPTED)


def test_an_address_invited_by_many_at_once_is_invited_once(supplier):
    boss = member(supplier).user
    answers = race([lambda: invite(supplier, email=EMAIL, role=VIEWER, by=boss)] * 4)
    assert kinds(answers) == {"Invitation": 1, "ValidationError": 3}


def test_sent_again_by_many_at_once_is_sent_once(supplier):
    boss = member(supplier).user
    invitation = InvitationFactory(supplier=supplier)
    answers = race([lambda: send_again(invitation, by=boss)] * 4)
    assert kinds(answers) == {"Invitation": 1, "ValidationError": 3}
    assert Invitation.objects.get().number == 2


def test_two_administrators_who_remove_each_other_leave_one(supplier):
    one, two = member(supplier), member(supplier)
    answers = race([lambda: remove_member(two, by=one.user), lambda: remove_member(one, by=two.user)])
    assert kinds(answers) == {"Membership": 1, "PermissionDenied": 1}
    assert Membership.objects.active().filter(supplier=supplier, role=ADMINISTRATOR).count() == 1


def test_two_administrators_who_step_down_at_once_leave_one(supplier):
    one, two = member(supplier), member(supplier)
    answers = race(
        [lambda: change_role(one, role=VIEWER, by=one.user), lambda: change_role(two, role=VIEWER, by=two.user)]
    )
    assert kinds(answers) == {"Membership": 1, "ValidationError": 1}
    assert not any(isinstance(answer, PermissionDenied) for answer in answers)


def test_a_role_and_a_membership_at_once_is_one_of_them(supplier):
    for _round in range(5):
        user = UserFactory()
        race(
            [
                lambda: add_member(supplier, user=user, role=VIEWER, by=None),  # noqa: B023
                lambda: set_roles(User.objects.get(pk=user.pk), frozenset({Role.AUDITOR}), by=None),  # noqa: B023
            ]
        )
        now = User.objects.get(pk=user.pk)
        assert bool(now.groups.count()) != Membership.objects.active().filter(user=user).exists()
