from __future__ import annotations

import datetime as dt

import pytest

from contracts.enums import Phase
from contracts.queries.tenders import progress_of
from contracts.services.tenders import cancel_tender, finish_phase, undo_phase
from tests.contracts.tenders import TODAY, bring_to, evaluated, published, standing_still, tender

pytestmark = pytest.mark.django_db


def sentence(held, today: dt.date = TODAY) -> str:
    return progress_of(held, today=today).sentence


def test_the_sentence_says_where_a_tender_stands():
    held = tender()
    assert sentence(held) == "Udbuddet er ikke begyndt. Efter planen begynder det 11. december 2026."
    held = bring_to(held, Phase.PREPARATION)
    assert sentence(held, dt.date(2027, 1, 4)) == (
        "Udbuddet har stået i “Forberedelse” i 1 dag, og efter planen slutter fasen 11. marts 2027."
    )
    assert sentence(held, dt.date(2027, 3, 13)) == (
        "Udbuddet har stået i “Forberedelse” i 69 dage, 2 dage længere end planlagt."
    )
    held = finish_phase(held, kind=Phase.PREPARATION, on=dt.date(2027, 2, 1), today=TODAY, by=None)
    assert sentence(held) == "“Forberedelse” blev afsluttet 1. februar 2027, og “Markedsdialog” er ikke begyndt."
    assert sentence(cancel_tender(held, reason="Slut", by=None)) == "Udbuddet er annulleret."
    unplanned = tender("uden", contracts_start_on=None, contracts_end_on=None)
    assert sentence(unplanned) == "Udbuddet er ikke begyndt, og intet er planlagt endnu."


def test_one_phase_can_begin_next_and_the_last_ones_can_be_taken_back():
    rows = {row.phase.kind: row for row in progress_of(published(), today=TODAY).rows}
    assert [kind for kind, row in rows.items() if row.can_begin] == [Phase.EVALUATION]
    assert [kind for kind, row in rows.items() if row.can_finish] == [Phase.PUBLICATION, Phase.QUESTIONS, Phase.BIDS]
    assert [kind for kind, row in rows.items() if row.can_undo] == [Phase.BIDS]
    progress = progress_of(undo_phase(evaluated("andet"), kind=Phase.EVALUATION, by=None), today=TODAY)
    assert (progress.next_row.phase.kind, progress.open_row.phase.kind) == (Phase.EVALUATION, Phase.BIDS)


def test_contracts_are_not_begun_from_the_list_of_phases():
    held = bring_to(standing_still(), Phase.AWARD)
    progress = progress_of(held, today=TODAY)
    assert (progress.next_row, progress.standstill_ends_on) == (None, dt.date(2027, 6, 24))


def test_the_picture_has_a_bar_for_each_day_that_is_known():
    timeline = progress_of(published(), today=TODAY).timeline
    assert [(row.label, row.planned is not None, row.actual is not None) for row in timeline.rows[-6:-3]] == [
        ("Spørgsmål og svar", True, True),
        ("Tilbud", True, True),
        ("Evaluering", True, False),
    ]
    bars = [bar for row in timeline.rows for bar in (row.planned, row.actual) if bar]
    assert all(timeline.labels <= bar.x and bar.x + bar.width <= timeline.width for bar in bars)
    assert timeline.labels < timeline.today_x < timeline.width
    assert progress_of(tender("uden", contracts_start_on=None, contracts_end_on=None), today=TODAY).timeline is None
