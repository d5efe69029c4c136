from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from contracts.enums import PHASES, Phase, Regime, TenderState
from contracts.models import AwardCriterion, Tender, TenderLot
from contracts.services.tenders import (
    PlanRow,
    award_tender,
    cancel_tender,
    delete_tender,
    reopen_tender,
    save_plan,
    save_tender,
)
from contracts.services.tenders.saving import new_phases
from records.services import restore_record
from records.versions import entries_of
from tests.contracts.tenders import TODAY, bring_to, published, standing_still, tender, with_criteria, with_lot
from tests.factories import CommitteeMeetingFactory

pytestmark = pytest.mark.django_db


def test_a_new_tender_has_its_ten_phases_planned_back_from_its_contracts():
    phases = tender().phases_in_order()
    assert [phase.kind for phase in phases] == list(PHASES)
    assert (phases[0].planned_start_on, phases[-1].planned_end_on) == (dt.date(2026, 12, 11), dt.date(2027, 9, 30))


def test_without_a_wished_start_nothing_is_planned():
    phases = tender(contracts_start_on=None, contracts_end_on=None).phases_in_order()
    assert {(phase.planned_start_on, phase.planned_end_on) for phase in phases} == {(None, None)}


def test_the_plan_takes_account_of_the_committee_that_the_tender_names():
    meeting = CommitteeMeetingFactory(held_on=dt.date(2027, 4, 26), agenda_deadline_on=dt.date(2027, 4, 12))
    held = Tender(code="a", name="A", contracts_start_on=dt.date(2027, 10, 1))
    save_tender(held, related={"meetings": [meeting], "decisions": []}, by=None)
    assert held.phases.get(kind=Phase.COMMITTEE_APPROVAL).planned_end_on == dt.date(2027, 4, 26)
    assert list(held.meetings.all()) == [meeting]


def test_saving_again_leaves_phases_and_their_history_alone():
    held = tender()
    held.note = "Ny bemærkning"
    save_tender(held, reason="Rettet", by=None)
    assert [phase.history.count() for phase in held.phases.all()] == [1] * 10
    assert entries_of(Tender, held.pk)[0].reason == "Rettet"


def test_a_phase_that_ends_before_it_starts_is_named():
    rows = {Phase.BIDS: PlanRow(dt.date(2027, 5, 1), dt.date(2027, 4, 1))}
    with pytest.raises(ValidationError) as refusal:
        save_plan(tender(), rows=rows, by=None)
    assert refusal.value.messages == ["Tilbud: Fasen er planlagt til at slutte, før den begynder. Ret en af datoerne."]


@pytest.mark.parametrize(
    ("regime", "kind", "is_allowed"),
    [
        (Regime.LIGHT, Phase.MARKET_DIALOGUE, True),
        (Regime.LIGHT, Phase.STANDSTILL, False),
        (Regime.DIRECT_AWARD, Phase.STANDSTILL, True),
        (Regime.DIRECT_AWARD, Phase.EVALUATION, False),
    ],
)
def test_what_may_be_left_out_follows_from_the_procedure(regime, kind, is_allowed):
    held = tender(regime=regime)
    rows = {kind: PlanRow(None, None, is_skipped=True)}
    if is_allowed:
        assert save_plan(held, rows=rows, by=None).phases.get(kind=kind).is_skipped
    else:
        with pytest.raises(ValidationError, match="kan ikke springes over"):
            save_plan(held, rows=rows, by=None)


def test_a_tender_that_left_something_out_cannot_change_to_a_procedure_that_asks_for_it():
    held = tender(regime=Regime.DIRECT_AWARD)
    held = save_plan(held, rows={Phase.STANDSTILL: PlanRow(None, None, is_skipped=True)}, by=None)
    held.regime = Regime.OPEN
    with pytest.raises(ValidationError, match="Standstill: Denne fase kan ikke springes over"):
        save_tender(held, by=None)


def test_the_standstill_is_not_shorter_than_the_law_allows():
    with pytest.raises(ValidationError) as refusal:
        tender(standstill_days=9)
    assert refusal.value.messages == ["Standstill er mindst 10 dage. Skriv 10 eller flere."]


def test_a_tender_is_cancelled_with_a_reason_and_taken_back_to_where_it_stood():
    held = published()
    with pytest.raises(ValidationError, match="Skriv, hvorfor"):
        cancel_tender(held, reason=" ", by=None)
    held = cancel_tender(held, reason="Ingen bud", by=None)
    assert (held.state, held.cancellation_reason) == (TenderState.CANCELLED, "Ingen bud")
    with pytest.raises(ValidationError, match="Udbuddet er annulleret"):
        bring_to(held, Phase.EVALUATION)
    held = reopen_tender(held, by=None)
    assert (held.state, held.cancellation_reason) == (TenderState.PUBLISHED, "")


def test_a_tender_with_contracts_is_not_cancelled():
    held = standing_still()
    award_tender(held, on=dt.date(2027, 6, 28), today=TODAY, by=None)
    with pytest.raises(ValidationError, match="kontrakter er indgået"):
        cancel_tender(held, reason="For sent", by=None)


def test_restoring_brings_phases_and_state_back_one_step():
    held = published()
    before = entries_of(Tender, held.pk)[0].moment
    bring_to(held, Phase.EVALUATION)
    held = restore_record(Tender, held.pk, moment=before, save=save_tender, by=None)
    assert held.state == TenderState.PUBLISHED
    assert Tender.objects.get().phases.get(kind=Phase.EVALUATION).started_on is None


def test_restoring_does_not_unmake_contracts():
    held = standing_still()
    before = entries_of(Tender, held.pk)[0].moment
    award_tender(held, on=dt.date(2027, 6, 28), today=TODAY, by=None)
    with pytest.raises(ValidationError, match="kontrakter er indgået"):
        restore_record(Tender, held.pk, moment=before, save=save_tender, by=None)


def test_a_tender_being_prepared_is_deleted_with_what_belongs_to_it():
    held = tender()
    with_lot(held)
    with_criteria(held)
    delete_tender(held, reason="Oprettet ved en fejl", by=None)
    assert [model.objects.count() for model in (Tender, TenderLot, AwardCriterion)] == [0, 0, 0]


def test_a_published_tender_is_not_deleted():
    with pytest.raises(ValidationError, match="Annullér det med en begrundelse"):
        delete_tender(published(), by=None)


def test_new_phases_of_a_tender_without_days_are_only_names():
    assert [phase.kind for phase in new_phases(Tender())] == list(PHASES)
