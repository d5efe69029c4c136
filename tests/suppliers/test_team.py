from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models.deletion import ProtectedError

from accounts.enums import Role
from accounts.models import User
from accounts.rules import is_municipal
from accounts.services import set_external, set_roles
from suppliers import rules
from suppliers.enums import MemberRole
from suppliers.models import Membership, Supplier
from suppliers.services import add_member, change_role, merge_suppliers, remove_member, undo_merge
from suppliers.services.team import may_manage_team
from tests.factories import MembershipFactory, SupplierFactory, UserFactory

pytestmark = pytest.mark.django_db

ADMINISTRATOR, SUBMITTER, EDITOR, VIEWER = MemberRole
ACCESS = "wagtailadmin.access_admin"


def roles_that(rule) -> set[MemberRole]:
    return {role for role in MemberRole if rule(role)}


def test_what_each_role_may():
    assert roles_that(rules.can_manage_team) == {ADMINISTRATOR}
    assert roles_that(rules.can_submit) == {ADMINISTRATOR, SUBMITTER}
    assert roles_that(rules.can_write) == {ADMINISTRATOR, SUBMITTER, EDITOR}


def member(role: MemberRole = VIEWER, supplier: Supplier | None = None) -> Membership:
    return add_member(supplier or SupplierFactory(), user=UserFactory(), role=role, by=None)


# --- who sees what


def test_a_member_sees_their_own_supplier_and_team_alone():
    own, other = member(), member()
    assert list(Supplier.objects.visible_to(own.user)) == [own.supplier]
    assert list(Membership.objects.visible_to(own.user)) == [own]
    assert other.supplier not in Supplier.objects.visible_to(own.user)


def test_who_is_removed_sees_nothing_at_once(officer):
    left = remove_member(member(), by=officer)
    assert not Supplier.objects.visible_to(left.user).exists()
    assert not Membership.objects.of_person(left.user).exists()


def test_who_is_switched_off_may_not_act():
    own = member()
    own.user.is_active = False
    assert not Membership.objects.of_person(own.user).exists()
    assert not Supplier.objects.visible_to(own.user).exists()


def test_a_member_sees_the_names_their_supplier_had_before():
    own, loser = member(), SupplierFactory()
    merge_suppliers(loser, into=own.supplier, reason="Samme.", by=None)
    assert set(Supplier.objects.visible_to(own.user)) == {own.supplier, loser}


# --- no supplier's person ever holds access_admin


def test_nobody_with_a_role_is_put_on_a_team(officer):
    with pytest.raises(ValidationError, match="kommunen"):
        add_member(SupplierFactory(), user=officer, role=VIEWER, by=None)
    assert not Membership.objects.exists()


def test_nobody_on_a_team_is_given_a_role():
    own = member()
    with pytest.raises(ValidationError) as raised:
        set_roles(own.user, frozenset({Role.AUDITOR}), by=None)
    assert set(raised.value.message_dict) == {"groups"}


@pytest.mark.parametrize("role", list(Role))
def test_a_group_by_the_back_way_opens_nothing(role, officer):
    own = member()
    own.user.groups.add(Group.objects.get(name=role.value))
    person = User.objects.get(pk=own.user.pk)
    assert not person.has_perm(ACCESS)
    assert not is_municipal(person)
    assert person not in User.objects.municipal()
    assert list(Supplier.objects.visible_to(person)) == [own.supplier]


def test_a_superuser_is_on_no_team():
    boss = User.objects.create_superuser("chef@kommune.example")
    with pytest.raises(ValidationError):
        add_member(SupplierFactory(), user=boss, role=VIEWER, by=None)
    with pytest.raises(IntegrityError, match="user_external_is_no_superuser"), transaction.atomic():
        User.objects.filter(pk=boss.pk).update(is_external=True)


def test_who_has_left_every_team_may_be_employed_by_the_municipality(officer):
    first = member()
    second = add_member(SupplierFactory(), user=first.user, role=VIEWER, by=None)
    remove_member(first, by=officer)
    assert User.objects.get(pk=first.user.pk).is_external
    remove_member(second, by=officer)
    assert not User.objects.get(pk=first.user.pk).is_external
    assert set_roles(first.user, frozenset({Role.AUDITOR}), by=None).roles() == {Role.AUDITOR}


def test_the_side_of_the_table_is_in_history(officer):
    person = UserFactory()
    set_external(person, is_external=True, by=officer)
    set_external(person, is_external=True, by=officer)
    assert [row.is_external for row in person.history.all()] == [True, False]
    assert person.history.first().history_user == officer


# --- the team


def test_somebody_is_on_a_team_once():
    own = member()
    with pytest.raises(ValidationError, match="allerede"):
        add_member(own.supplier, user=own.user, role=EDITOR, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(user=own.user, supplier=own.supplier)


def test_who_left_may_come_again_and_history_keeps_both_times(officer):
    own = member()
    remove_member(own, reason="Orlov", by=officer)
    again = add_member(own.supplier, user=own.user, role=EDITOR, by=None)
    rows = Membership.objects.filter(user=own.user).order_by("pk")
    assert [(row.pk, row.is_active) for row in rows] == [(own.pk, False), (again.pk, True)]
    newest = own.history.first()
    assert (newest.history_change_reason, newest.history_user) == ("Orlov", officer)


def test_a_person_with_a_membership_cannot_be_deleted():
    with pytest.raises(ProtectedError):
        member().user.delete()


def test_an_administrator_changes_a_role_and_history_says_who():
    boss = member(ADMINISTRATOR)
    own = member(VIEWER, boss.supplier)
    change_role(own, role=SUBMITTER, by=boss.user)
    change_role(own, role=SUBMITTER, by=boss.user)
    assert [(row.role, row.history_user) for row in own.history.all()] == [("submitter", boss.user), ("viewer", None)]


@pytest.mark.parametrize("role", [SUBMITTER, EDITOR, VIEWER])
def test_nobody_else_manages_the_team(role):
    boss = member(ADMINISTRATOR)
    own, other = member(role, boss.supplier), member(VIEWER, boss.supplier)
    with pytest.raises(PermissionDenied):
        change_role(own, role=ADMINISTRATOR, by=own.user)
    with pytest.raises(PermissionDenied):
        remove_member(other, by=own.user)


def test_an_administrator_elsewhere_manages_nothing_here():
    own, elsewhere = member(), member(ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        remove_member(own, by=elsewhere.user)
    assert not may_manage_team(own.supplier, elsewhere.user)


def test_who_was_administrator_until_just_now_manages_nothing(officer):
    boss, other = member(ADMINISTRATOR), member(ADMINISTRATOR)
    own = member(VIEWER, boss.supplier)
    remove_member(boss, by=officer)
    with pytest.raises(PermissionDenied):
        change_role(own, role=EDITOR, by=boss.user)
    assert may_manage_team(other.supplier, other.user)


def test_anybody_may_leave_by_themselves():
    boss = member(ADMINISTRATOR)
    own = member(VIEWER, boss.supplier)
    assert not remove_member(own, by=own.user).is_active


def test_the_last_administrator_neither_leaves_nor_steps_down():
    boss = member(ADMINISTRATOR)
    with pytest.raises(ValidationError, match="eneste administrator"):
        remove_member(boss, by=boss.user)
    with pytest.raises(ValidationError, match="eneste administrator"):
        change_role(boss, role=EDITOR, by=boss.user)
    second = member(ADMINISTRATOR, boss.supplier)
    change_role(boss, role=EDITOR, by=boss.user)
    with pytest.raises(ValidationError, match="eneste administrator"):
        remove_member(second, by=second.user)


def test_the_municipality_may_remove_the_last_administrator(officer, reader):
    boss = member(ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        remove_member(boss, by=reader)
    assert not remove_member(boss, by=officer).is_active


def test_who_has_left_is_neither_changed_nor_removed_again(officer):
    own = remove_member(member(), by=officer)
    with pytest.raises(ValidationError, match="forladt"):
        remove_member(own, by=officer)
    with pytest.raises(ValidationError, match="forladt"):
        change_role(own, role=EDITOR, by=officer)


# --- a merge


def test_a_merge_brings_the_team_along_and_back(officer):
    loser, survivor = SupplierFactory(), SupplierFactory()
    moved, both = member(EDITOR, loser), member(VIEWER, loser)
    kept = add_member(survivor, user=both.user, role=ADMINISTRATOR, by=None)
    merge_suppliers(loser, into=survivor, reason="Samme virksomhed.", by=officer)
    at = {row.pk: row.supplier_id for row in Membership.objects.all()}
    assert at == {moved.pk: survivor.pk, both.pk: loser.pk, kept.pk: survivor.pk}
    assert [row.pk for row in Membership.objects.of_person(both.user)] == [kept.pk]
    undo_merge(Supplier.objects.get(pk=loser.pk), reason="Det var en fejl.", by=officer)
    at = {row.pk: row.supplier_id for row in Membership.objects.all()}
    assert at == {moved.pk: loser.pk, both.pk: loser.pk, kept.pk: survivor.pk}


def test_who_is_removed_after_a_merge_sees_nothing_of_either_name(officer):
    loser, survivor = SupplierFactory(), SupplierFactory()
    both = member(VIEWER, loser)
    kept = add_member(survivor, user=both.user, role=VIEWER, by=None)
    merge_suppliers(loser, into=survivor, reason="Samme virksomhed.", by=officer)
    remove_member(kept, by=officer)
    assert not Supplier.objects.visible_to(both.user).exists()


def test_nobody_is_put_on_the_team_of_a_merged_supplier(officer):
    loser = SupplierFactory()
    merge_suppliers(loser, into=SupplierFactory(), reason="Samme.", by=officer)
    with pytest.raises(ValidationError, match="lagt sammen"):
        add_member(loser, user=UserFactory(), role=VIEWER, by=None)
