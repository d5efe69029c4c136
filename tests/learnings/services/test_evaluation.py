"""Statements of a round, a supplier's ratings, and what of them is shown together."""

from __future__ import annotations

from itertools import count

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from learnings.enums import Meaning, RoundState
from learnings.models import EvaluationRelease, EvaluationStatement, FrozenError, Question, Rating, Round
from learnings.queries import Evaluation, evaluation
from learnings.ratings import Distribution
from learnings.services import (
    Basis,
    DraftRating,
    SavingConflictError,
    add_usual_statements,
    copy_round,
    move_round,
    release_evaluation,
    reopen_as_new_version,
    save_rating,
    save_statement,
    send_back,
    start_report,
    submit_report,
)
from suppliers.models import Supplier
from tests.factories import EvaluationStatementFactory, QuestionFactory, RoundFactory
from tests.learnings.world import supplier_on, write

pytestmark = pytest.mark.django_db

_NUMBERS = count()


@pytest.fixture
def this_round() -> Round:
    return RoundFactory(year=2024)


@pytest.fixture
def question(this_round: Round) -> Question:
    return QuestionFactory(round=this_round, key="kontakt")


@pytest.fixture
def statement(this_round: Round, question: Question) -> EvaluationStatement:
    return EvaluationStatementFactory(round=this_round, key="svartider", wording="Vi får svar i tide.")


def rate(
    statement: EvaluationStatement, score: int | None, comment: str = "", *, supplier: Supplier | None = None
) -> Rating:
    """Let a supplier rate one statement in its draft."""
    report = start_report(statement.round, supplier or supplier_on(name=f"Leverandør {next(_NUMBERS)}"), by=None)
    write(report, kontakt="En fast kontakt.")
    return save_rating(report, statement.pk, given=DraftRating(score, comment), basis=Basis(0), by=None)


def hand_in_all(statement: EvaluationStatement, *scores: int | None) -> list[Rating]:
    ratings = [rate(statement, score, f"Bemærkning {score}.") for score in scores]
    for rating in ratings:
        submit_report(rating.version.report, by=None)
    return ratings


def closed(statement: EvaluationStatement) -> Evaluation:
    move_round(Round.objects.get(pk=statement.round_id), to=RoundState.CLOSED, by=None)
    return evaluation(Round.objects.get(pk=statement.round_id))


def told(found: Evaluation) -> Distribution | None:
    (row,) = found.rows
    return row.told


@pytest.mark.parametrize(("scores", "shown"), [((5, 4, 2, 1), None), ((5, 4, 2, 1, 1), Distribution((2, 1, 0, 1, 1)))])
def test_four_answers_are_a_point_for_dialogue_and_five_are_figures(
    statement: EvaluationStatement, scores: tuple[int, ...], shown: Distribution | None
) -> None:
    hand_in_all(statement, *scores)

    found = closed(statement)

    assert told(found) == shown
    assert (found.rated, found.asked) == (len(scores), len(scores))
    assert [row.statement for row in found.for_dialogue] == ([] if shown else [statement])
    assert len(found.rows[0].comments) == (5 if shown else 0)


def test_nothing_is_shown_while_the_round_is_open(statement: EvaluationStatement) -> None:
    hand_in_all(statement, 5, 5, 4, 4, 3, 2)

    found = evaluation(statement.round)

    assert (told(found), found.rows[0].comments, found.for_dialogue, found.released_at) == (None, (), (), None)
    assert (found.rated, found.asked, found.can_bring_in) == (6, 6, False)
    with pytest.raises(ValidationError, match="ikke lukket"):
        release_evaluation(statement.round, by=None)


def test_drafts_and_those_who_say_nothing_do_not_count(statement: EvaluationStatement) -> None:
    hand_in_all(statement, 1, 2, 3, 4, 5)
    rate(statement, 1)
    silent = rate(statement, 4)
    save_rating(silent.version.report, statement.pk, given=DraftRating(), basis=Basis(1), by=None)
    submit_report(silent.version.report, by=None)

    found = closed(statement)

    assert told(found) == Distribution((1, 1, 1, 1, 1))
    assert (found.rated, found.asked) == (5, 7)


def test_a_sent_back_report_counts_as_it_was_handed_in(statement: EvaluationStatement) -> None:
    first, *_others = hand_in_all(statement, 1, 2, 3, 4, 5)
    send_back(first.version.report, comments={}, message="Skriv lidt mere.", by=None)
    draft = first.version.report.versions.drafts().get()
    assert [(row.score, row.comment) for row in draft.ratings.all()] == [(1, "Bemærkning 1.")]
    save_rating(first.version.report, statement.pk, given=DraftRating(5), basis=Basis(0), by=None)

    assert told(closed(statement)) == Distribution((1, 1, 1, 1, 1))


def test_a_supplier_that_hands_in_again_counts_once_with_its_newest(statement: EvaluationStatement) -> None:
    first, *_others = hand_in_all(statement, 1, 2, 3, 4, 5)
    reopen_as_new_version(first.version.report, by=None)
    save_rating(first.version.report, statement.pk, given=DraftRating(5), basis=Basis(0), by=None)
    submit_report(first.version.report, by=None)

    assert told(closed(statement)) == Distribution((0, 1, 1, 1, 2))


def test_one_that_comes_late_does_not_change_the_figures(statement: EvaluationStatement) -> None:
    late = rate(statement, 1, "Vi kom for sent.")
    hand_in_all(statement, 2, 3, 4, 5, 5)
    before = closed(statement)
    submit_report(late.version.report, by=None)

    found = evaluation(statement.round)

    assert told(found) == told(before) == Distribution((0, 1, 1, 1, 2))
    assert found.rows[0].comments == before.rows[0].comments
    this_round = Round.objects.get(pk=statement.round_id)
    assert found.can_bring_in is False
    with pytest.raises(ValidationError, match="Færre end fem"):
        release_evaluation(this_round, by=None)
    move_round(this_round, to=RoundState.OPEN, by=None)
    assert told(closed(statement)) == told(before)
    assert EvaluationRelease.objects.count() == 1


def test_one_who_takes_its_answer_out_and_in_again_is_not_told_by_the_difference(
    statement: EvaluationStatement,
) -> None:
    first, *_others = hand_in_all(statement, 1, 2, 3, 4, 5)
    closed(statement)
    this_round = Round.objects.get(pk=statement.round_id)
    move_round(this_round, to=RoundState.OPEN, by=None)
    answer_anew(first, None)
    assert told(closed(statement)) is None
    move_round(Round.objects.get(pk=statement.round_id), to=RoundState.OPEN, by=None)
    answer_anew(first, 5)

    assert told(closed(statement)) is None


def answer_anew(rating: Rating, score: int | None) -> None:
    report = rating.version.report
    draft = reopen_as_new_version(report, by=None)
    revision = draft.ratings.get().revision
    save_rating(report, rating.statement_id, given=DraftRating(score), basis=Basis(revision), by=None)
    submit_report(report, by=None)


def test_late_ones_come_in_when_there_are_five(statement: EvaluationStatement) -> None:
    late = [rate(statement, 1) for _number in range(5)]
    hand_in_all(statement, 2, 3, 4, 5, 5)
    closed(statement)
    for rating in late:
        submit_report(rating.version.report, by=None)
    this_round = Round.objects.get(pk=statement.round_id)
    assert evaluation(this_round).can_bring_in is True

    release_evaluation(this_round, by=None)

    assert told(evaluation(this_round)) == Distribution((5, 1, 1, 1, 2))


def test_last_year_stands_beside_when_it_means_the_same(statement: EvaluationStatement) -> None:
    hand_in_all(statement, 1, 2, 3, 4, 5)
    closed(statement)
    days = {"opens_on": statement.round.opens_on, "closes_on": statement.round.closes_on}
    new = copy_round(statement.round, year=2025, title="2025", **days, by=None)
    (copied,) = new.statements.all()
    assert (copied.key, copied.wording, copied.predecessor) == ("svartider", "Vi får svar i tide.", statement)
    move_round(new, to=RoundState.OPEN, by=None)
    hand_in_again(copied, 5, 5, 5, 5, 5)

    found = closed(copied)

    assert (found.rows[0].told, found.rows[0].before) == (Distribution((0, 0, 0, 0, 5)), Distribution((1, 1, 1, 1, 1)))
    assert found.year_before == 2024
    copied.meaning = Meaning.OTHER
    copied.save()
    assert evaluation(new).year_before is None


def hand_in_again(statement: EvaluationStatement, *scores: int) -> None:
    QuestionFactory(round=statement.round, key="mere", is_required=False)
    for score, supplier in zip(scores, Supplier.objects.order_by("pk"), strict=True):
        rating = rate(statement, score, supplier=supplier)
        submit_report(rating.version.report, by=None)


def test_what_is_handed_in_is_frozen(statement: EvaluationStatement) -> None:
    (rating,) = hand_in_all(statement, 4)

    with pytest.raises(FrozenError):
        rating.save()
    with pytest.raises(FrozenError):
        Rating.objects.update(score=1)
    with pytest.raises(ValidationError):
        save_rating(rating.version.report, statement.pk, given=DraftRating(1), basis=Basis(1), by=None)


def test_two_people_are_told_of_each_other(statement: EvaluationStatement) -> None:
    rating = rate(statement, 4)
    report = rating.version.report

    with pytest.raises(SavingConflictError) as caught:
        save_rating(report, statement.pk, given=DraftRating(2), basis=Basis(0), by=None)

    assert caught.value.saved.score == 4
    assert save_rating(report, statement.pk, given=DraftRating(4), basis=Basis(0), by=None).revision == 1
    assert save_rating(report, statement.pk, given=DraftRating(2), basis=Basis(1), by=None).revision == 2


def test_a_statement_of_another_round_is_refused(statement: EvaluationStatement) -> None:
    report = rate(statement, 4).version.report
    with pytest.raises(ValidationError, match="ikke længere"):
        save_rating(report, EvaluationStatementFactory().pk, given=DraftRating(1), basis=Basis(0), by=None)


def test_the_usual_statements_come_once(this_round: Round) -> None:
    assert [row.key for row in add_usual_statements(this_round, by=None)] == [
        "visitation",
        "svartider",
        "oplysninger",
        "kontakt",
    ]
    with pytest.raises(ValidationError, match="allerede udsagn"):
        add_usual_statements(this_round, by=None)


def test_a_statement_that_suppliers_can_see_is_only_corrected(statement: EvaluationStatement) -> None:
    statement.wording = "Vi får altid svar i tide."
    with pytest.raises(ValidationError, match="noget andet"):
        save_statement(statement, by=None)
    assert save_statement(statement, is_correction=True, by=None).wording == "Vi får altid svar i tide."
    rate(statement, 3)
    statement.key = "svar"
    with pytest.raises(ValidationError, match="nøglen"):
        save_statement(statement, is_correction=True, by=None)


@pytest.mark.parametrize("suppliers", [5, 7])
def test_the_number_of_queries_is_constant(
    statement: EvaluationStatement, suppliers: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hand_in_all(statement, *([4] * suppliers))
    closed(statement)
    this_round = Round.objects.get(pk=statement.round_id)

    with django_assert_num_queries(7):
        evaluation(this_round)
