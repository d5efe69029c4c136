"""Which dates follow from an agreement's terms; each trap has its test."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import terms
from contracts.deadlines import words
from contracts.deadlines.facts import AgreementFacts, DocumentFacts, OccurrenceFacts, ThresholdFacts
from contracts.deadlines.kinds import STAYING, DeadlineKind
from contracts.deadlines.rules import Due, agreement_dues, document_due, occurrence_due, threshold_dues
from contracts.enums import OptionState, Party
from tests.contracts.deadlines.facts import END, TODAY, contract, framework, option

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2045, 12, 31))
MONTHS = st.integers(1, 36)


def dues(facts: AgreementFacts, today: dt.date = TODAY) -> dict[DeadlineKind, Due]:
    return {due.kind: due for due in agreement_dues(facts, today=today)}


def day_of(facts: AgreementFacts, kind: DeadlineKind, today: dt.date = TODAY) -> dt.date | None:
    due = dues(facts, today).get(kind)
    return due.due_on if due else None


def in_words(facts: AgreementFacts, due: Due) -> str:
    return words.rule(due.kind, facts, due.detail)


# --- notice


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"notice_months": 3}, "2026-03-31"),
        ({"notice_months": 3, "effective_end": dt.date(2027, 6, 30)}, "2027-03-31"),
        ({"notice_months": 3, "effective_end": dt.date(2026, 6, 15)}, "2026-03-15"),
        ({"notice_months": 3, "effective_end": dt.date(2026, 6, 15), "notice_to_month_end": True}, "2026-02-28"),
        ({"notice_months": 3, "notice_to_month_end": True}, "2026-03-31"),
        ({"notice_months": 6}, None),
        ({"notice_months": None}, None),
        ({"notice_months": 0}, None),
        ({"notice_months": 3, "effective_end": None}, None),
        ({"notice_months": 3, "terminated_to": END}, None),
        ({"notice_months": 3, "non_terminable_until": dt.date(2027, 1, 1)}, None),
        ({"notice_months": 3, "non_terminable_until": END}, "2026-03-31"),
        ({"notice_months": 60}, None),
    ],
)
def test_notice_is_counted_from_the_effective_end(fields: dict[str, Any], day: str | None) -> None:
    """6 months' notice before 30 June was on 31 December: a right that has passed is no deadline."""
    expected = dt.date.fromisoformat(day) if day else None
    assert day_of(contract(**fields), DeadlineKind.NOTICE) == expected


@given(end=DAYS, months=MONTHS, to_month_end=st.booleans())
def test_notice_given_on_its_last_day_ends_the_contract_in_time(end: dt.date, months: int, to_month_end: bool) -> None:
    day = terms.notice_deadline(end, months, to_month_end=to_month_end)
    assert day is not None
    assert terms.notice_ends_on(day, months, to_month_end=to_month_end) <= end
    week_later = day + dt.timedelta(days=7)
    assert terms.notice_ends_on(week_later, months, to_month_end=to_month_end) > end


# --- options


@dataclass(frozen=True)
class Right:
    number: int
    length_months: int
    decide_months_before: int
    decide_by_on: dt.date | None
    state: str


RIGHTS = st.lists(
    st.builds(
        Right,
        number=st.just(0),
        length_months=st.integers(1, 24),
        decide_months_before=st.integers(1, 12),
        decide_by_on=st.none() | DAYS,
        state=st.sampled_from(OptionState.values),
    ),
    max_size=4,
).map(lambda rows: [Right(number, *list(vars(row).values())[1:]) for number, row in enumerate(rows, start=1)])


@given(base=DAYS, rights=RIGHTS)
def test_the_option_that_is_due_is_the_first_open_one_of_the_terms(base: dt.date, rights: list[Right]) -> None:
    """The pass reads stored ends; `terms.option_days` counts every option anew. Both say the same."""
    left = [right for right in rights if right.state != OptionState.EXERCISED]
    first = left[0] if left else None
    row = first and option(
        number=first.number,
        length_months=first.length_months,
        decide_months_before=first.decide_months_before,
        decide_by_on=first.decide_by_on,
        is_open=first.state == OptionState.OPEN,
    )
    facts = contract(effective_end=terms.end_after_options(base, rights), option=row)
    counted = {each.number: each.decide_by_on for each in terms.option_days(base, rights)}
    expected = counted.get(first.number) if first else None
    assert day_of(facts, DeadlineKind.OPTION, today=dt.date(2000, 1, 1)) == expected


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({}, "2025-12-31"),
        ({"effective_end": dt.date(2027, 6, 30)}, "2026-12-31"),
        ({"option": option(decide_by_on=dt.date(2026, 3, 1))}, "2026-03-01"),
        ({"option": option(is_open=False)}, None),
        ({"option": None}, None),
        ({"effective_end": None}, None),
        ({"terminated_to": END}, None),
        ({"effective_end": dt.date(2026, 1, 14)}, None),
    ],
)
def test_an_option_waits_until_it_is_decided_or_lost(fields: dict[str, Any], day: str | None) -> None:
    """The option that should have been decided on 31 December is overdue while the agreement still runs."""
    expected = dt.date.fromisoformat(day) if day else None
    for facts in (contract, framework):
        assert day_of(facts(**{"option": option(), **fields}), DeadlineKind.OPTION) == expected


def test_an_option_has_its_number_and_its_own_row() -> None:
    for facts, source in ((contract, ("contractoption", 7)), (framework, ("frameworkoption", 7))):
        agreement = facts(option=option())
        due = dues(agreement)[DeadlineKind.OPTION]
        assert words.what(due.kind, due.detail) == "Option 1"
        assert due.detail is not None
        assert due.detail.source_in(agreement) == source


# --- ends


def test_an_open_end_is_no_deadline() -> None:
    assert dues(contract(effective_end=None, notice_months=6)) == {}


@pytest.mark.parametrize(("end", "is_there"), [(TODAY, True), (TODAY - dt.timedelta(days=1), False)])
def test_an_end_that_has_passed_is_no_deadline(end: dt.date, is_there: bool) -> None:
    assert (DeadlineKind.EXPIRY in dues(contract(effective_end=end))) is is_there


def test_referrals_and_run_off_end_on_their_days() -> None:
    facts = contract(last_referral_on=dt.date(2026, 4, 1), run_off_ends_on=dt.date(2026, 12, 31), run_off_months=6)
    assert {kind: due.due_on for kind, due in dues(facts).items()} == {
        DeadlineKind.EXPIRY: END,
        DeadlineKind.LAST_REFERRAL: dt.date(2026, 4, 1),
        DeadlineKind.RUN_OFF: dt.date(2026, 12, 31),
    }
    later = dues(facts, today=dt.date(2026, 9, 1))
    assert set(later) == {DeadlineKind.RUN_OFF}


# --- frameworks


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({}, "2025-06-30"),
        ({"effective_end": dt.date(2028, 6, 30)}, "2027-06-30"),
        ({"retender_starts_on": dt.date(2025, 3, 1)}, "2025-03-01"),
        ({"effective_end": None}, None),
        ({"effective_end": None, "retender_starts_on": dt.date(2026, 3, 1)}, "2026-03-01"),
        ({"has_successor": True}, None),
        ({"retender_strategy": "in_house"}, None),
        ({"retender_strategy": "end"}, None),
        ({"retender_strategy": "extend"}, "2025-06-30"),
        ({"effective_end": dt.date(2026, 1, 1)}, None),
    ],
)
def test_a_new_tender_begins_a_year_before_the_end(fields: dict[str, Any], day: str | None) -> None:
    expected = dt.date.fromisoformat(day) if day else None
    assert day_of(framework(**fields), DeadlineKind.RETENDER) == expected
    assert day_of(contract(**fields), DeadlineKind.RETENDER) is None


@pytest.mark.parametrize(("regulation", "is_there"), [("net_price_index", True), ("none", False)])
def test_prices_are_regulated_where_they_are(regulation: str, is_there: bool) -> None:
    facts = framework(price_regulated_on=dt.date(2026, 1, 1), price_regulation=regulation)
    assert (DeadlineKind.PRICE_REGULATION in dues(facts)) is is_there


# --- what hangs on agreements


def test_an_obligation_and_a_document_are_due_under_their_own_names() -> None:
    row = OccurrenceFacts(4, "Årlig rapport", dt.date(2026, 2, 1), Party.SUPPLIER, 12, owner_id=8)
    paper = DocumentFacts(6, "Forsikring 2026", "Forsikringsbevis", dt.date(2026, 5, 1))
    assert occurrence_due(row) == (DeadlineKind.OBLIGATION, dt.date(2026, 2, 1), row)
    assert document_due(paper) == (DeadlineKind.DOCUMENT, dt.date(2026, 5, 1), paper)
    assert [words.what(due.kind, due.detail) for due in (occurrence_due(row), document_due(paper))] == [
        "Årlig rapport",
        "Forsikring 2026",
    ]
    assert [detail.source_in(contract()) for detail in (row, paper)] == [("obligationoccurrence", 4), ("document", 6)]


MAY = dt.date(2026, 5, 1)


@pytest.mark.parametrize(
    ("row", "fields", "expected"),
    [
        (ThresholdFacts(70, MAY, True, False), {}, (DeadlineKind.CEILING_RETENDER, MAY)),
        (ThresholdFacts(95, MAY, True, True), {}, (DeadlineKind.CEILING_STOP, MAY)),
        (ThresholdFacts(70, dt.date(2026, 1, 1), True, False), {}, (DeadlineKind.CEILING_RETENDER, TODAY)),
        (
            ThresholdFacts(70, dt.date(2025, 9, 1), False, False),
            {},
            (DeadlineKind.CEILING_RETENDER, dt.date(2025, 9, 1)),
        ),
        (ThresholdFacts(70, MAY, True, False), {"has_successor": True}, None),
        (ThresholdFacts(95, MAY, True, True), {"has_successor": True}, (DeadlineKind.CEILING_STOP, MAY)),
        (ThresholdFacts(70, dt.date(2026, 7, 1), True, False), {}, None),
        (ThresholdFacts(95, MAY, True, True), {"effective_end": dt.date(2026, 1, 1)}, None),
    ],
)
def test_a_share_of_a_ceiling_is_due_in_its_month(
    row: ThresholdFacts, fields: dict[str, Any], expected: tuple[DeadlineKind, dt.date] | None
) -> None:
    found = [(due.kind, due.due_on) for due in threshold_dues(framework(**fields), [row], today=TODAY)]
    assert found == ([expected] if expected else [])


def test_a_lots_ceiling_is_named() -> None:
    row = ThresholdFacts(70, MAY, is_forecast=False, is_stop=True, lot_id=2, lot_name="A Unge")
    (due,) = threshold_dues(framework(), [row], today=TODAY)
    assert (row.source_in(framework()), words.what(due.kind, row)) == (("lot", 2), "Loft: stop visitationer, A Unge")
    assert in_words(framework(), due) == "70 % af loftet blev nået i måneden fra 1. maj 2026"


# --- all rules


def test_rules_say_themselves_in_words() -> None:
    facts = contract(notice_months=3, notice_to_month_end=True, option=option(), run_off_ends_on=END, run_off_months=1)
    assert {kind.value: in_words(facts, due) for kind, due in dues(facts).items()} == {
        "notice": "3 måneders varsel til udgangen af en måned, før udløbet 30. juni 2026",
        "option": "Option 1 (12 md.) besluttes 6 måneder før udløbet 30. juni 2026",
        "expiry": "Aftalens sidste dag efter de optioner og ændringer, der er besluttet",
        "run_off": "Igangværende forløb slutter 1 måned efter udløbet 30. juni 2026",
    }


@given(
    end=st.none() | DAYS,
    terminated=st.none() | DAYS,
    months=st.none() | st.integers(0, 36),
    to_month_end=st.booleans(),
    today=DAYS,
    is_contract=st.booleans(),
)
def test_what_is_due_is_ahead_or_waits(
    end: dt.date | None,
    terminated: dt.date | None,
    months: int | None,
    to_month_end: bool,
    today: dt.date,
    is_contract: bool,
) -> None:
    facts = contract(
        is_contract=is_contract,
        effective_end=terms.earliest(end, terminated),
        terminated_to=terminated,
        notice_months=months,
        notice_to_month_end=to_month_end,
        option=option(),
        last_referral_on=end,
        price_regulated_on=end,
        price_regulation="other",
    )
    for due in agreement_dues(facts, today=today):
        assert due.due_on >= today or due.kind in STAYING
        assert facts.effective_end is None or due.due_on <= facts.effective_end or due.kind in STAYING
        assert in_words(facts, due)
