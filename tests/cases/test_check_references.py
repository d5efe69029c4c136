from __future__ import annotations

import datetime as dt
import uuid

import pytest

from cases.assembly.paper import assemble
from cases.checks.paper import check
from cases.checks.references import mentions
from cases.models import CommitteeCase
from tests.cases.papers import case_with, text_block, typed_block
from tests.factories import CommitteeCaseFactory, DecisionFactory, DecisionPointFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2023, 8, 20)
SOUND = "Gruppe\tAntal\nA\t10\nTotal\t10"
BLOCKS, WARNS = [("unknown-reference", True)], [("unknown-reference", False)]
TYPED = [("typed-reference", False)]


def found(case: CommitteeCase) -> list[tuple[str, bool]]:
    newest = case.newest_text()
    return [(finding.code, finding.is_blocking) for finding in check(assemble(newest), newest, today=TODAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Se tabel 9.", BLOCKS),
        ("Tabel 2 viser det.", BLOCKS),
        ("Se <b>tabel</b> 9.", BLOCKS),
        ("Se figur 4.", BLOCKS),
        ("Se bilag 3.", WARNS),
        ("Se tabel 1.", TYPED),
        ("I tabel 1 og 2 bemærkes det.", [*BLOCKS, *TYPED]),
        ("Se bilag 1 til kontrakten.", []),
        ("Se tabel 9 i rapporten.", WARNS),
        ("Se tabel 1 i rapporten.", []),
        ("Se tabel 9 i bilag.", BLOCKS),
        ("Se tabel {se}.", []),
        ("Et bilag 12,5 cm bredt og en tabel 3.000 linjer lang.", []),
    ],
)
def test_numbers_typed_in_running_text(text: str, expected: list[tuple[str, bool]]) -> None:
    mark = {"type": "reference", "value": {"name": "se", "target": "tabel"}}
    assert found(case_with(text_block(f"<p>{text}</p>", mark), typed_block(SOUND))) == expected


def test_a_number_typed_in_a_footnote_a_note_or_the_lead_is_seen() -> None:
    footnote = {"type": "footnote", "value": {"name": "note", "text": "<p>Se tabel 7.</p>"}}
    note = {"type": "note", "value": {"title": "Metode", "text": "<ul><li>Se tabel 8.</li></ul>"}}
    case = case_with(
        text_block("<p>Godt.{note}</p>", footnote), note, typed_block(SOUND, note="Se figur 9."), lead="Se figur 6."
    )
    assert found(case) == BLOCKS * 4


def test_numbers_are_checked_when_another_reference_is_wrong_too() -> None:
    mark = {"type": "reference", "value": {"name": "se", "target": "findes-ikke"}}
    blocks = text_block("<p>Se {se} og tabel 9.</p>", mark), typed_block(SOUND), typed_block(SOUND)
    assert found(case_with(*blocks)).count(*BLOCKS) == 2


def test_an_annex_that_is_a_paper_of_its_own_is_known() -> None:
    case = case_with(text_block("<p>Se bilag 4.</p>"))
    assert found(case) == WARNS
    CommitteeCaseFactory(annex_of=case, annex_number=4)
    assert found(case) == []


def test_what_a_decision_says_is_not_the_officers_to_mend() -> None:
    decision = DecisionFactory()
    point = DecisionPointFactory(decision=decision, text="Resultater som i tabel 9")
    block = {"type": "requested_points", "id": str(uuid.uuid4()), "value": {"introduction": ""}}
    assert found(case_with(block, requested_by=decision, answers=(point.pk,))) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("tabel 1-3", [1, 2, 3]),
        ("tabellerne 1 og 3", [1, 3]),
        ("figurerne 2 til 4", [2, 3, 4]),
        ("bilagene 1 eller 2", [1, 2]),
        ("tabel 1 og 12,5 %", [1]),
        ("tabel 1 og 12 %", [1]),
        ("tabel 2022", []),
        ("notabel 4", []),
    ],
)
def test_mentions(text: str, numbers: list[int]) -> None:
    assert [mention.number for mention in mentions(text)] == numbers
