from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from contracts.models import ObligationOccurrence
from learnings.enums import Counted, InitiativeState, ReplyKind
from learnings.models import MainPoint, Question, Round
from learnings.queries import (
    InitiativeSummary,
    ReplySummary,
    SupplierRef,
    count_table,
    main_points,
    owing_suppliers,
    questions_for,
    quotes,
    recommendations,
    round_summary,
    suppliers_behind,
)
from learnings.services import DraftAnswer, accept, send_back, start_report, take_back_review
from suppliers.models import Supplier
from tests.factories import (
    ContractFactory,
    InitiativeFactory,
    MainPointFactory,
    ObligationFactory,
    ObligationOccurrenceFactory,
    QuestionFactory,
    RecommendationFactory,
    ReplyFactory,
    RoundFactory,
    SupplierFactory,
    TargetGroupFactory,
    ThemeFactory,
)
from tests.learnings.world import DUE, FIXED, accepted, code, hand_in, owe, supplier_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def this_round() -> Round:
    return RoundFactory()


@pytest.fixture
def contact(this_round: Round) -> Question:
    return QuestionFactory(round=this_round, key="kontakt", wording="Hvad gør en forskel?")


def ref(supplier: Supplier) -> SupplierRef:
    return SupplierRef(name=supplier.name, id=supplier.pk)


def test_a_supplier_on_two_lots_owes_and_counts_once(this_round: Round, contact: Question) -> None:
    group = TargetGroupFactory()
    twice, once = supplier_on(group, name="Anker", lots=2), supplier_on(group, name="Birk")
    point = MainPointFactory(round=this_round, question=contact)
    for supplier in (twice, once):
        point.excerpts.add(code(accepted(this_round, supplier, kontakt=FIXED), contact, "fast kontaktperson"))

    (summary,) = main_points(this_round)

    assert (summary.n, summary.m, summary.suppliers) == (2, 2, ("Anker", "Birk"))
    assert owing_suppliers(this_round) == [twice, once]


def test_several_excerpts_of_one_supplier_are_one_supplier(this_round: Round, contact: Question) -> None:
    version = accepted(this_round, supplier_on(name="Anker"), kontakt=FIXED)
    accepted(this_round, supplier_on(name="Birk"), kontakt="Tid.")
    point = MainPointFactory(round=this_round, question=contact)
    theme = ThemeFactory(code_book=this_round.code_book)
    excerpts = [code(version, contact, passage, theme=theme) for passage in ("fast", "kontaktperson", "forskel")]
    point.excerpts.set(excerpts)

    (summary,) = main_points(this_round)

    assert (summary.n, summary.m) == (1, 2)
    assert set(summary.excerpt_ids) == {excerpt.pk for excerpt in excerpts}
    assert summary.support.word == "en enkelt"
    assert suppliers_behind(point) == [version.report.supplier]


def test_those_without_an_answer_are_kept_apart(this_round: Round) -> None:
    young = TargetGroupFactory()
    QuestionFactory(round=this_round, key="alle", is_required=False)
    question = QuestionFactory(round=this_round, key="unge", target_group=young, is_required=False)
    answers, without, silent, missing, other = (
        supplier_on(young, name="Anker"),
        supplier_on(young, name="Birk"),
        supplier_on(young, name="Cedergren"),
        supplier_on(young, name="Dam"),
        supplier_on(name="Elm"),
    )
    version = accepted(this_round, answers, unge="Ring op.")
    accepted(this_round, without, unge=DraftAnswer(not_applicable_reason="Vi har ingen unge endnu."))
    accepted(this_round, silent, alle="Tid.")
    accepted(this_round, other, alle="Ro.")
    MainPointFactory(round=this_round, question=question).excerpts.add(code(version, question, "Ring op."))

    (summary,) = main_points(this_round)

    assert summary.support.suppliers == summary.support.answered == (ref(answers),)
    assert summary.support.not_applicable == (ref(without),)
    assert summary.support.did_not_answer == (ref(silent), ref(missing))


def test_a_point_on_several_questions_counts_among_the_reports(this_round: Round, contact: Question) -> None:
    version = accepted(this_round, supplier_on(name="Anker"), kontakt=FIXED)
    accepted(this_round, supplier_on(name="Birk"), kontakt="Tid.")
    missing = supplier_on(name="Cedergren")
    MainPointFactory(round=this_round).excerpts.add(code(version, contact, "fast"))

    (summary,) = main_points(this_round)

    assert (summary.n, summary.m, summary.question_id, summary.question_key) == (1, 2, None, None)
    assert summary.support.did_not_answer == (ref(missing),)


def test_what_a_newer_version_no_longer_says_does_not_count(this_round: Round, contact: Question) -> None:
    supplier = supplier_on(name="Anker")
    first = accepted(this_round, supplier, kontakt=FIXED)
    stays, goes = code(first, contact, "fast"), code(first, contact, "kontaktperson")
    point = MainPointFactory(round=this_round, question=contact)
    point.excerpts.set([stays, goes])
    accepted(this_round, supplier, kontakt="Et fast hold gør en forskel.")

    (summary,) = main_points(this_round)

    assert (summary.n, summary.m) == (1, 1)
    assert summary.excerpt_ids == (stays.pk,)
    assert summary.support.outdated_excerpt_ids == (goes.pk,)
    assert [quote.is_outdated for quote in quotes([stays, goes])] == [False, True]


def test_a_supplier_that_takes_its_answer_back_is_no_longer_behind_it(this_round: Round, contact: Question) -> None:
    supplier = supplier_on(name="Anker")
    point = MainPointFactory(round=this_round, question=contact)
    point.excerpts.add(code(accepted(this_round, supplier, kontakt=FIXED), contact, "fast"))
    accepted(this_round, supplier, kontakt=DraftAnswer(not_applicable_reason="Vi har ingen erfaring."))

    (summary,) = main_points(this_round)

    assert (summary.n, summary.m, summary.support.not_applicable) == (0, 0, (ref(supplier),))
    assert suppliers_behind(point) == []


def test_main_points_of_one_question_in_their_order(this_round: Round, contact: Question) -> None:
    other = QuestionFactory(round=this_round)
    MainPointFactory(round=this_round, question=other, heading="Andet", order=1)
    MainPointFactory(round=this_round, question=contact, heading="Sidst", order=3)
    MainPointFactory(round=this_round, question=contact, heading="Først", order=2)
    MainPointFactory(heading="En anden runde")

    assert [point.heading for point in main_points(this_round, question=contact)] == ["Først", "Sidst"]
    assert [point.heading for point in main_points(this_round)] == ["Andet", "Først", "Sidst"]


def test_recommendations_come_with_reply_and_initiatives(this_round: Round, contact: Question) -> None:
    version = accepted(this_round, supplier_on(name="Anker"), kontakt=FIXED)
    accepted(this_round, supplier_on(name="Birk"), kontakt="Tid.")
    replied = RecommendationFactory(round=this_round, order=1)
    RecommendationFactory(round=this_round, order=2)
    replied.excerpts.add(code(version, contact, "fast"))
    ReplyFactory(recommendation=replied)
    initiative = InitiativeFactory(recommendation=replied, heading="Faste møder")

    first, second = recommendations(this_round)

    assert (first.n, first.m, first.suppliers) == (1, 2, ("Anker",))
    assert first.reply == ReplySummary(
        kind=ReplyKind.FOLLOW,
        reason="Forvaltningen er enig.",
        decided_by="Forvaltningen",
        decided_on=dt.date(2024, 5, 21),
    )
    assert first.initiatives == (
        InitiativeSummary(
            id=initiative.pk,
            heading="Faste møder",
            text="Det prøves af.",
            responsible="",
            starts_on=None,
            state=InitiativeState.PLANNED,
        ),
    )
    assert (second.n, second.m, second.reply, second.initiatives) == (0, 2, None, ())


def test_quotes_know_where_they_come_from(this_round: Round, contact: Question) -> None:
    version = accepted(this_round, supplier_on(name="Anker"), kontakt=FIXED)
    theme = ThemeFactory(code_book=this_round.code_book, name="Kontakt")
    late, early = code(version, contact, "forskel", theme=theme), code(version, contact, "En fast", theme=theme)
    contact.wording = "Hvad gør den største forskel?"
    contact.save()

    quoted = quotes([late.pk, early.pk, 10**9])

    assert [quote.text for quote in quoted] == ["forskel", "En fast"]
    assert quoted[0].supplier.name == "Anker"
    assert quoted[0].question_wording == "Hvad gør en forskel?"
    assert (quoted[0].theme, quoted[0].version_number, quoted[0].submitted_at) == ("Kontakt", 1, version.submitted_at)


def test_round_summary_lists_who_is_missing(this_round: Round, contact: Question) -> None:
    done, missing = supplier_on(name="Anker", lots=2), supplier_on(name="Birk")
    accepted(this_round, done, kontakt=FIXED)
    start_report(this_round, missing, by=None)

    summary = round_summary(this_round)

    assert summary.owed == (ref(done), ref(missing))
    assert (summary.submitted, summary.missing) == ((ref(done),), (ref(missing),))


def test_a_report_counts_after_its_contract_was_taken_out_of_the_round(this_round: Round, contact: Question) -> None:
    supplier = supplier_on(name="Anker")
    accepted(this_round, supplier, kontakt=FIXED)
    ObligationOccurrence.objects.update(state="waived", settled_on=DUE, note="Aftalen er ophørt")

    assert round_summary(this_round).owed == round_summary(this_round).submitted == (ref(supplier),)


@pytest.mark.parametrize(
    ("due_on", "kind", "party", "state", "owes"),
    [
        (DUE, "experience_report", "supplier", "open", True),
        (DUE, "experience_report", "supplier", "fulfilled", True),
        (DUE, "experience_report", "supplier", "waived", False),
        (dt.date(2024, 12, 31), "experience_report", "supplier", "open", True),
        (dt.date(2025, 1, 1), "experience_report", "supplier", "open", False),
        (DUE, "experience_report", "municipality", "open", False),
        (DUE, "statement", "supplier", "open", False),
    ],
)
def test_contracts_owe_a_report_when_an_obligation_asks_for_it_in_the_rounds_year(
    this_round: Round, due_on: dt.date, kind: str, party: str, state: str, owes: bool
) -> None:
    obligation = ObligationFactory(kind=kind, party=party)
    settled = {} if state == "open" else {"settled_on": due_on, "note": "Aftalt"}
    ObligationOccurrenceFactory(obligation=obligation, due_on=due_on, state=state, **settled)

    assert (obligation.contract.supplier in owing_suppliers(this_round)) is owes


def test_a_running_contract_without_the_obligation_owes_nothing(this_round: Round) -> None:
    ContractFactory()

    assert owing_suppliers(this_round) == []


def test_questions_for_a_supplier_are_the_general_ones_and_its_own(this_round: Round, contact: Question) -> None:
    young, adults, gangs = TargetGroupFactory(), TargetGroupFactory(), TargetGroupFactory()
    mine = [QuestionFactory(round=this_round, target_group=group) for group in (young, adults)]
    QuestionFactory(round=this_round, target_group=gangs)
    supplier = supplier_on(young)
    other = ContractFactory(supplier=supplier)
    other.lot.target_groups.set([adults])
    owe(other)

    assert questions_for(start_report(this_round, supplier, by=None)) == [contact, *mine]


def test_a_lot_without_target_groups_gets_the_general_questions(this_round: Round, contact: Question) -> None:
    QuestionFactory(round=this_round, target_group=TargetGroupFactory())

    assert questions_for(start_report(this_round, supplier_on(), by=None)) == [contact]


def coded_round(suppliers: int) -> Round:
    this_round = RoundFactory()
    group = TargetGroupFactory()
    question = QuestionFactory(round=this_round, key="kontakt", target_group=group)
    theme = ThemeFactory(code_book=this_round.code_book)
    versions = [accepted(this_round, supplier_on(group), kontakt=FIXED) for _number in range(suppliers)]
    excerpts = [code(version, question, "fast", theme=theme) for version in versions]
    for _number in range(suppliers):
        MainPointFactory(round=this_round, question=question).excerpts.set(excerpts)
        recommendation = RecommendationFactory(round=this_round)
        recommendation.excerpts.set(excerpts)
        ReplyFactory(recommendation=recommendation)
        InitiativeFactory(recommendation=recommendation)
    return this_round


@pytest.mark.parametrize(
    ("query", "number"),
    [
        (main_points, 9),
        (recommendations, 7),
        (round_summary, 2),
        (lambda this_round: suppliers_behind(MainPoint.objects.filter(round=this_round)[0]), 2),
    ],
)
@pytest.mark.parametrize("suppliers", [1, 3])
def test_the_number_of_queries_is_constant(
    query: object, number: int, suppliers: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    this_round = coded_round(suppliers)

    with django_assert_num_queries(number):
        query(this_round)  # type: ignore[operator]


def test_nobody_owes_in_a_round_without_contracts(this_round: Round) -> None:
    SupplierFactory()

    assert round_summary(this_round).owed == ()
    assert main_points(this_round) == recommendations(this_round) == quotes([]) == []


def test_only_accepted_reports_count_and_the_rest_is_told_apart(this_round: Round, contact: Question) -> None:
    first = accepted(this_round, supplier_on(name="Anker"), kontakt=FIXED)
    waiting = hand_in(this_round, supplier_on(name="Birk"), kontakt=FIXED)
    sent = hand_in(this_round, supplier_on(name="Cedergren"), kontakt=FIXED)
    send_back(sent.report, comments={}, message="Skriv mere.", by=None)
    point = MainPointFactory(round=this_round, question=contact)
    excerpts = [code(version, contact, "fast") for version in (first, waiting, sent)]
    point.excerpts.set(excerpts)

    (summary,) = main_points(this_round)

    assert (summary.n, summary.m, summary.suppliers) == (1, 1, ("Anker",))
    assert [row.name for row in summary.support.not_accepted] == ["Birk", "Cedergren"]
    assert set(summary.support.waiting_excerpt_ids) == {row.pk for row in excerpts[1:]}
    assert summary.support.did_not_answer == summary.support.outdated_excerpt_ids == ()
    assert summary.provisional is not None
    assert (summary.provisional.n, summary.provisional.m) == (3, 3)
    assert suppliers_behind(point) == [first.report.supplier]
    accept(waiting.report, by=None)
    assert [(row.n, row.m) for row in main_points(this_round)] == [(2, 2)]


def test_taking_back_an_acceptance_takes_the_report_out_of_the_count(this_round: Round, contact: Question) -> None:
    version = accepted(this_round, supplier_on(name="Anker"), kontakt=FIXED)
    RecommendationFactory(round=this_round).excerpts.add(code(version, contact, "fast"))
    take_back_review(version.report, by=None)

    (row,) = recommendations(this_round)

    assert (row.n, row.m, row.provisional and row.provisional.n) == (0, 0, 1)


@pytest.mark.parametrize(
    ("counted", "cell", "is_provisional", "waiting"),
    [(Counted.HANDED_IN, (2, 2), True, 0), (Counted.ACCEPTED, (1, 1), False, 1)],
)
def test_the_desk_may_count_what_is_handed_in(
    this_round: Round, contact: Question, counted: Counted, cell: tuple[int, int], is_provisional: bool, waiting: int
) -> None:
    theme = ThemeFactory(code_book=this_round.code_book)
    for make, name in ((accepted, "Anker"), (hand_in, "Birk")):
        code(make(this_round, supplier_on(name=name), kontakt=FIXED), contact, "fast", theme=theme)

    table = count_table(this_round, question=contact, counted=counted)

    assert [(each.n, each.m) for row in table.rows for each in row.cells] == [cell]
    assert (table.is_provisional, [row.name for row in table.unaccepted]) == (is_provisional, ["Birk"])
    assert len(table.columns[0].not_accepted) == waiting
