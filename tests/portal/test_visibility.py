"""The one rule of who sees what, over every model that has it: a supplier's person sees their own and nothing else."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

import tests.factories
from contracts.models import (
    Contract,
    Document,
    DocumentVersion,
    FrameworkAgreement,
    Lot,
    Obligation,
    ObligationOccurrence,
)
from learnings.models import Attachment, ExperienceReport, Withholding
from suppliers.models import Invitation, Membership, Supplier
from suppliers.services import remove_member
from tests.factories import DocumentFactory, DocumentVersionFactory, ObligationFactory, ObligationOccurrenceFactory
from tests.portal.conftest import Team, make_team
from tests.test_models import factories, our_models

RULED = [model for model in our_models() if hasattr(model._default_manager.all(), "visible_to")]
# What a supplier's people see rows of. Whatever is added here is read field by field first: is there anything internal in it?
OPEN = {
    Supplier,
    Membership,
    Invitation,
    Contract,
    FrameworkAgreement,
    Lot,
    Obligation,
    ObligationOccurrence,
    Document,
    DocumentVersion,
    ExperienceReport,
    Withholding,
    Attachment,
}


def seen(model: type[models.Model], user: object) -> set[models.Model]:
    return set(model._default_manager.all().visible_to(user))


def factory_of(model: type[models.Model]) -> type:
    found = [
        each for each in vars(tests.factories).values() if getattr(getattr(each, "_meta", None), "model", None) is model
    ]
    return found[0]


def test_the_rule_is_found_on_models():
    assert set(RULED) >= OPEN
    assert len(RULED) > 40
    assert set(RULED) <= factories()


def test_a_suppliers_person_sees_rows_of_these_models_and_no_other(own: Team):
    """One row of each model stands beside what the person's own supplier has."""
    before = {model: seen(model, own.viewer.user) for model in RULED}
    for model in RULED:
        factory_of(model)()
    after = {model: seen(model, own.viewer.user) for model in RULED}
    assert after == before
    assert {model for model, rows in after.items() if rows} == OPEN


@pytest.mark.parametrize("who", ["anonymous", "removed", "switched off", "on no team"])
def test_who_is_on_no_team_sees_nothing_at_all(own: Team, supplier_user, who: str):
    user = {"anonymous": AnonymousUser(), "on no team": supplier_user}.get(who, own.viewer.user)
    if who == "removed":
        remove_member(own.viewer, by=own.boss.user)
    if who == "switched off":
        user.is_active = False
    assert {model for model in RULED if seen(model, user)} == set()


def test_each_sees_its_own_and_the_municipality_all(own: Team, other: Team, officer):
    for model, name in ((Contract, "contract"), (Document, "document"), (DocumentVersion, "version")):
        mine, theirs = getattr(own, name), getattr(other, name)
        assert seen(model, own.viewer.user) == {mine}
        assert seen(model, other.viewer.user) == {theirs}
        assert seen(model, officer) >= {mine, theirs}
    for model in (Lot, FrameworkAgreement, Obligation, ObligationOccurrence):
        assert seen(model, own.viewer.user)
        assert not seen(model, own.viewer.user) & seen(model, other.viewer.user)


def test_two_suppliers_in_one_lot_see_the_lot_and_not_each_other(own: Team, other: Team):
    other.contract.lot = own.contract.lot
    other.contract.save()
    assert seen(Lot, own.viewer.user) == seen(Lot, other.viewer.user) == {own.contract.lot}
    assert seen(Contract, own.viewer.user) == {own.contract}


def test_what_a_framework_itself_requires_and_what_is_not_shared_is_not_seen(own: Team):
    framework = own.contract.lot.framework
    of_framework = ObligationFactory(contract=None, framework=framework)
    ObligationOccurrenceFactory(obligation=of_framework, due_on=timezone.localdate())
    DocumentVersionFactory(document=DocumentFactory(contract=own.contract, is_visible_to_supplier=False))
    shared = DocumentFactory(contract=None, framework=framework, is_visible_to_supplier=True)
    viewer = own.viewer.user
    assert of_framework not in seen(Obligation, viewer)
    assert {row.obligation for row in seen(ObligationOccurrence, viewer)} == seen(Obligation, viewer)
    assert seen(Document, viewer) == {own.document, shared}
    assert seen(DocumentVersion, viewer) == {own.version}


def test_a_team_is_seen_by_its_members_alone(own: Team, other: Team):
    assert seen(Membership, own.viewer.user) == {own.boss, own.viewer}
    assert seen(Invitation, own.viewer.user) == {own.invitation}
    third = make_team("vest")
    assert not seen(Supplier, third.boss.user) & {own.supplier, other.supplier}
