from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from contracts.enums import Phase, Regime, TenderState
from contracts.services.tenders import (
    PlanRow,
    award_tender,
    begin_phase,
    finish_phase,
    propose_plan,
    save_plan,
    undo_phase,
)
from contracts.tendering.progress import standstill_end
from tests.contracts.tenders import (
    TODAY,
    bring_to,
    decided,
    evaluated,
    published,
    standing_still,
    tender,
    with_criteria,
    with_lot,
)

pytestmark = pytest.mark.django_db
MARCH = dt.date(2027, 3, 15)


def days_of(held, kind):
    phase = held.phases.get(kind=kind)
    return phase.started_on, phase.ended_on


def refusal_of(call, *arguments, **named):
    with pytest.raises(ValidationError) as refusal:
        call(*arguments, **named)
    return refusal.value.messages


def test_a_phase_is_begun_and_finished_by_its_day():
    held = begin_phase(tender(), kind=Phase.PREPARATION, on=dt.date(2027, 1, 4), today=MARCH, by=None)
    held = finish_phase(held, kind=Phase.PREPARATION, on=dt.date(2027, 2, 1), today=MARCH, by=None)
    assert days_of(held, Phase.PREPARATION) == (dt.date(2027, 1, 4), dt.date(2027, 2, 1))
    assert held.history.latest().history_change_reason == "Forberedelse afsluttet"


def test_phases_come_in_their_order():
    assert refusal_of(begin_phase, tender(), kind=Phase.COMMITTEE_APPROVAL, on=MARCH, today=MARCH, by=None) == [
        "“Udvalgsgodkendelse” kan ikke begynde, fordi “Forberedelse” ikke er begyndt. Begynd den, eller spring den over i planen."
    ]


def test_what_is_left_out_is_passed_over_and_not_begun():
    held = begin_phase(tender(), kind=Phase.PREPARATION, on=dt.date(2027, 1, 4), today=MARCH, by=None)
    held = save_plan(held, rows={Phase.MARKET_DIALOGUE: PlanRow(None, None, is_skipped=True)}, by=None)
    assert (
        "er sprunget over"
        in refusal_of(begin_phase, held, kind=Phase.MARKET_DIALOGUE, on=MARCH, today=MARCH, by=None)[0]
    )
    held = begin_phase(held, kind=Phase.COMMITTEE_APPROVAL, on=MARCH, today=MARCH, by=None)
    assert days_of(held, Phase.COMMITTEE_APPROVAL) == (MARCH, None)


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (dt.date(2027, 3, 16), "Dagen ligger i fremtiden."),
        (dt.date(2027, 1, 3), "Dagen ligger før 4. januar 2027, hvor den foregående fase begyndte."),
    ],
)
def test_days_that_cannot_be_right_are_refused(on, sentence):
    held = begin_phase(tender(), kind=Phase.PREPARATION, on=dt.date(2027, 1, 4), today=MARCH, by=None)
    for call, kind in ((begin_phase, Phase.MARKET_DIALOGUE), (finish_phase, Phase.PREPARATION)):
        assert refusal_of(call, held, kind=kind, on=on, today=MARCH, by=None)[0].startswith(sentence)


def test_a_phase_begins_once():
    held = begin_phase(tender(), kind=Phase.PREPARATION, on=dt.date(2027, 1, 4), today=MARCH, by=None)
    assert (
        "blev allerede begyndt"
        in refusal_of(begin_phase, held, kind=Phase.PREPARATION, on=MARCH, today=MARCH, by=None)[0]
    )


def test_only_an_open_phase_is_finished():
    assert "er ikke i gang" in refusal_of(finish_phase, tender(), kind=Phase.BIDS, on=MARCH, today=MARCH, by=None)[0]


def test_publication_asks_for_lots_and_for_weights_that_come_to_100():
    held = tender()
    assert refusal_of(bring_to, held, Phase.PUBLICATION) == [
        "Udbuddet har ingen områder. Tilføj først det, leverandørerne kan vinde.",
        "Udbuddet har ingen tildelingskriterier. Skriv dem, med vægte, der giver 100 %.",
    ]
    with_lot(held)
    with_criteria(held, 60, "39.5")
    assert refusal_of(bring_to, held, Phase.PUBLICATION) == ["Kriteriernes vægte giver 99,5 %, ikke 100 %. Ret dem."]


def test_publication_ends_what_prepared_it_and_the_state_follows():
    held = published()
    assert held.state == TenderState.PUBLISHED
    assert days_of(held, Phase.COMMITTEE_APPROVAL) == (dt.date(2027, 3, 1), dt.date(2027, 4, 1))
    assert days_of(held, Phase.PUBLICATION) == (dt.date(2027, 4, 1), None)


def test_a_beginning_is_taken_back_with_the_ends_that_followed_from_it():
    held = evaluated()
    assert days_of(held, Phase.BIDS) == (dt.date(2027, 4, 2), dt.date(2027, 5, 10))
    held = undo_phase(held, kind=Phase.EVALUATION, by=None)
    assert held.state == TenderState.PUBLISHED
    assert days_of(held, Phase.EVALUATION) == (None, None)
    assert days_of(held, Phase.BIDS) == (dt.date(2027, 4, 2), None)


def test_an_end_is_taken_back_before_its_beginning():
    held = begin_phase(tender(), kind=Phase.PREPARATION, on=dt.date(2027, 1, 4), today=MARCH, by=None)
    held = finish_phase(held, kind=Phase.PREPARATION, on=MARCH, today=MARCH, by=None)
    held = undo_phase(held, kind=Phase.PREPARATION, by=None)
    assert days_of(held, Phase.PREPARATION) == (dt.date(2027, 1, 4), None)
    held = undo_phase(held, kind=Phase.PREPARATION, by=None)
    assert days_of(held, Phase.PREPARATION) == (None, None)


def test_what_later_phases_build_on_is_not_taken_back():
    assert refusal_of(undo_phase, published(), kind=Phase.PREPARATION, by=None) == [
        "“Forberedelse” kan ikke fortrydes, fordi en senere fase er begyndt."
    ]


def test_a_standstill_asks_for_winners():
    assert refusal_of(bring_to, evaluated(), Phase.STANDSTILL) == [
        "Der er ikke valgt nogen vinder endnu. Vælg først de vindende tilbud.",
        "Tilbuddet fra Asp på a Område a er hverken valgt, fravalgt eller udelukket. Tag stilling til det.",
        "Tilbuddet fra Birk på a Område a er hverken valgt, fravalgt eller udelukket. Tag stilling til det.",
    ]


def test_the_award_waits_for_the_standstill():
    held = standing_still()
    assert standstill_end(held.phases_in_order(), days=10) == dt.date(2027, 6, 24)
    for call, kind, day in (
        (begin_phase, Phase.AWARD, dt.date(2027, 6, 24)),
        (finish_phase, Phase.STANDSTILL, dt.date(2027, 6, 23)),
    ):
        assert "24. juni 2027" in refusal_of(call, held, kind=kind, on=day, today=TODAY, by=None)[0]
    assert bring_to(held, Phase.AWARD).state == TenderState.AWARDED


def test_without_a_standstill_the_award_follows_the_evaluation():
    held = tender(regime=Regime.DIRECT_AWARD)
    held = save_plan(held, rows={Phase.STANDSTILL: PlanRow(None, None, is_skipped=True)}, by=None)
    held = bring_to(decided("direkte", regime=Regime.BELOW_THRESHOLD), Phase.EVALUATION)
    held = save_plan(held, rows={Phase.STANDSTILL: PlanRow(None, None, is_skipped=True)}, by=None)
    held = bring_to(held, Phase.AWARD)
    assert held.state == TenderState.AWARDED
    assert undo_phase(held, kind=Phase.AWARD, by=None).state == TenderState.EVALUATION


def test_contracts_are_not_begun_by_a_click():
    held = bring_to(standing_still(), Phase.AWARD)
    assert "ved tildelingen" in refusal_of(begin_phase, held, kind=Phase.CONTRACT, on=TODAY, today=TODAY, by=None)[0]


def test_after_contracts_only_the_last_phase_goes_on():
    held = standing_still()
    award_tender(held, on=dt.date(2027, 6, 28), today=TODAY, by=None)
    held = finish_phase(held, kind=Phase.CONTRACT, on=dt.date(2027, 8, 2), today=TODAY, by=None)
    assert (held.state, days_of(held, Phase.CONTRACT)) == (
        TenderState.CONTRACTED,
        (dt.date(2027, 6, 28), dt.date(2027, 8, 2)),
    )
    held = undo_phase(held, kind=Phase.CONTRACT, by=None)
    assert "kan ikke fortrydes" in refusal_of(undo_phase, held, kind=Phase.CONTRACT, by=None)[0]
    assert "Udbuddet er lukket" in refusal_of(save_plan, held, rows={}, by=None)[0]


def test_a_new_plan_leaves_what_has_begun_as_it_was_planned():
    held = bring_to(tender(), Phase.PREPARATION)
    planned = held.phases.get(kind=Phase.PREPARATION).planned_end_on
    held = propose_plan(held, forwards_from=dt.date(2027, 6, 1), by=None)
    assert held.phases.get(kind=Phase.PREPARATION).planned_end_on == planned
    assert held.phases.get(kind=Phase.MARKET_DIALOGUE).planned_start_on == dt.date(2027, 8, 31)
