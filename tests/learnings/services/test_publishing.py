"""A main point is published on evidence, and is marked when the evidence changes; a tender says what it did with advice."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from learnings.enums import TenderInputState
from learnings.models import CountWords, Round
from learnings.queries import count_table, main_points, recommendations
from learnings.services import (
    DraftAnswer,
    hand_to_tender,
    judge_tender_input,
    publish_main_point,
    review_evidence,
    save_count_words,
    save_main_point,
    save_recommendation,
    withdraw_main_point,
)
from tests.factories import (
    ContractFactory,
    LotFactory,
    MainPointFactory,
    QuestionFactory,
    RecommendationFactory,
    RoundFactory,
    TargetGroupFactory,
    TenderFactory,
    ThemeFactory,
)
from tests.learnings.world import FIXED, accepted, code, owe, supplier_on

pytestmark = pytest.mark.django_db


def asked() -> Round:
    this_round = RoundFactory()
    QuestionFactory(round=this_round, key="q1")
    return this_round


def test_a_point_without_evidence_is_not_published(officer: User) -> None:
    point = save_main_point(MainPointFactory(round=asked()), excerpts=[], by=officer)

    with pytest.raises(ValidationError):
        publish_main_point(point, by=officer)
    point.refresh_from_db()
    assert not point.is_published


def test_what_a_published_point_rests_on_is_not_taken_away(officer: User) -> None:
    this_round = asked()
    excerpt = code(accepted(this_round, supplier_on(), q1=FIXED), this_round.questions.get(), "fast")
    point = save_main_point(MainPointFactory(round=this_round), excerpts=[excerpt], by=officer)
    publish_main_point(point, by=officer)

    with pytest.raises(ValidationError):
        save_main_point(point, excerpts=[], by=officer)
    assert list(point.excerpts.all()) == [excerpt]
    assert (point.is_published, point.published_by) == (True, officer)
    withdraw_main_point(point, by=officer)
    save_main_point(point, excerpts=[], by=officer)
    assert [row.is_published for row in main_points(this_round)] == [False]


def test_evidence_that_changes_marks_the_point_until_it_is_looked_through(officer: User) -> None:
    this_round = asked()
    first, second = supplier_on(name="Bølge"), supplier_on(name="Aften")
    excerpts = [
        code(accepted(this_round, each, q1=FIXED), this_round.questions.get(), "fast") for each in (first, second)
    ]
    point = save_main_point(MainPointFactory(round=this_round), excerpts=excerpts, by=officer)
    assert main_points(this_round)[0].changes == ()

    accepted(this_round, first, q1="Noget helt andet.")
    accepted(this_round, supplier_on(name="Ny"), q1="Vi er nye.")

    (row,) = main_points(this_round)
    assert (row.n, row.m) == (1, 3)
    assert row.changes == (
        "Tælles ikke længere med: Bølge.",
        "Er nu blandt dem, der har svaret: Ny.",
        "1 uddrag står ikke længere i den nyeste version.",
    )
    with pytest.raises(ValidationError):
        publish_main_point(point, by=officer)
    review_evidence(point, by=officer)
    assert main_points(this_round)[0].changes == ()
    assert point.reviews.last().reviewed_by == officer
    publish_main_point(point, by=officer)


def test_a_supplier_on_two_lots_counts_once_in_all_and_once_in_each() -> None:
    this_round, group = asked(), TargetGroupFactory()
    lots = [LotFactory(), LotFactory()]
    lots[0].target_groups.set([group])
    both, one = supplier_on(lots=0), supplier_on(lots=0)
    for supplier, lot in ((both, lots[0]), (both, lots[1]), (one, lots[1])):
        owe(ContractFactory(supplier=supplier, lot=lot))
    theme = ThemeFactory(code_book=this_round.code_book)
    version = accepted(this_round, both, q1=f"{FIXED} {FIXED}")
    accepted(this_round, one, q1=FIXED)
    code(version, this_round.questions.get(), "En fast kontaktperson gør en forskel. En", theme=theme)
    code(version, this_round.questions.get(), "forskel. En fast", theme=theme)

    by_lot = count_table(this_round, question=this_round.questions.get(), by="lot")
    by_group = count_table(this_round, by="target_group")

    assert {cell.key: (cell.n, cell.m) for cell in by_lot.rows[0].cells} == {
        "": (1, 2),
        f"lot-{lots[0].pk}": (1, 1),
        f"lot-{lots[1].pk}": (1, 2),
    }
    assert {cell.key: (cell.n, cell.m) for cell in by_group.rows[0].cells} == {
        "": (1, 2),
        f"target_group-{group.pk}": (1, 1),
    }


def test_who_has_no_experience_is_apart_from_who_did_not_answer() -> None:
    this_round = asked()
    accepted(this_round, supplier_on(name="Svarer"), q1=FIXED)
    accepted(this_round, supplier_on(name="Uden"), q1=DraftAnswer(not_applicable_reason="Vi har ingen erfaring."))
    supplier_on(name="Tavs")

    (column,) = count_table(this_round, question=this_round.questions.get()).columns

    assert [row.name for row in column.answered] == ["Svarer"]
    assert [row.name for row in column.not_applicable] == ["Uden"]
    assert [row.name for row in column.did_not_answer] == ["Tavs"]


def test_a_point_about_a_lot_is_counted_among_its_suppliers(officer: User) -> None:
    this_round = asked()
    inside, outside = supplier_on(), supplier_on()
    excerpts = [
        code(accepted(this_round, each, q1=FIXED), this_round.questions.get(), "fast") for each in (inside, outside)
    ]
    lot = inside.contracts.get().lot

    save_main_point(MainPointFactory(round=this_round, lot=lot), excerpts=excerpts, by=officer)

    (row,) = main_points(this_round)
    assert (row.n, row.m, row.scope) == (1, 1, str(lot))


def test_the_words_follow_the_rounds_own_thresholds(officer: User) -> None:
    this_round = asked()
    versions = [accepted(this_round, supplier_on(), q1=FIXED) for _number in range(5)]
    excerpts = [code(version, this_round.questions.get(), "fast") for version in versions[:3]]
    save_main_point(MainPointFactory(round=this_round), excerpts=excerpts, by=officer)
    assert main_points(this_round)[0].support.word == "de fleste"

    save_count_words(CountWords(round=this_round, several_from_percent=30, most_above_percent=75), by=officer)
    assert main_points(this_round)[0].support.word == "flere"
    with pytest.raises(ValidationError):
        save_count_words(CountWords(round=asked(), several_from_percent=80, most_above_percent=60), by=officer)


def test_a_recommendation_is_used_in_a_tender_or_not_with_a_reason(officer: User) -> None:
    recommendation, tender = RecommendationFactory(), TenderFactory()

    item = hand_to_tender(recommendation, tender=tender, by=officer)
    assert hand_to_tender(recommendation, tender=tender, by=officer) == item
    with pytest.raises(ValidationError):
        judge_tender_input(item, state=TenderInputState.NOT_USED, note=" ", by=officer)
    judge_tender_input(item, state=TenderInputState.NOT_USED, note="Ligger uden for udbuddet.", by=officer)

    (row,) = recommendations(recommendation.round)
    assert [(each.tender_id, each.state, each.note) for each in row.tenders] == [
        (tender.pk, TenderInputState.NOT_USED, "Ligger uden for udbuddet.")
    ]
    assert item.history.count() == 2


def test_a_recommendation_to_others_names_them(officer: User) -> None:
    row = RecommendationFactory()
    row.addressee = "committee"
    with pytest.raises(ValidationError) as refused:
        save_recommendation(row, by=officer)
    assert [error.code for error in refused.value.error_dict["__all__"]] == ["addressee_name"]
    row.addressee_name = "Beskæftigelsesudvalget"
    save_recommendation(row, by=officer)
    assert recommendations(row.round)[0].addressee == "Beskæftigelsesudvalget"
