"""What one supplier sees of the others: never more than its contracts share, by whatever way it is asked."""

import dataclasses
import datetime as dt

import pytest

from contracts.enums import SharingLevel
from results.comparison import Question, ReasonKind, Reference, comparison_for_supplier
from results.comparison.sharing import behind_enough, pooled, shared_with
from results.models import Observation
from results.periods import year
from suppliers.models import Supplier
from tests.factories import DeliveryFactory, LotFactory, SupplierFactory
from tests.results.comparison.conftest import NOW

OTHERS = ("Birkemose", "Klintekær", "Lyngtoft")


def reasons(view):
    return [reason.kind for reason in view.comparison.reasons]


def labels(view):
    return [line.label for line in view.comparison.lines]


def fill(market, level, others=OTHERS, group=None):
    """Havgård with a contract that shares at a level, and the others with figures in the same lot."""
    market.contract("Havgård", sharing=level)
    market.figure("Havgård", group or market.sick, 40, 100)
    for place, name in enumerate(others):
        market.contract(name)
        market.figure(name, group or market.sick, 30 + place, 100 + place)
    return market.supplier("Havgård")


def everything_in(thing):
    """Yield every value that can be reached from a frozen dataclass: what a page or an API could ever print."""
    if dataclasses.is_dataclass(thing):
        for each in dataclasses.fields(thing):
            yield from everything_in(getattr(thing, each.name))
    elif isinstance(thing, tuple | list | frozenset):
        for each in thing:
            yield from everything_in(each)
    else:
        yield thing


def reached(view):
    """Return the names of suppliers that can be reached from what a supplier gets, by text or by a record."""
    found = set()
    for value in everything_in(view.comparison):
        if isinstance(value, Supplier):
            found.add(value.name)
        elif isinstance(value, Observation) and value.supplier:
            found.add(value.supplier.name)
        elif isinstance(value, str):
            found |= {name for name in (*OTHERS, "Omkørslen", "Havgård") if name in value}
    return found


def test_nothing_is_shared_without_a_word_in_the_contract(market):
    view = comparison_for_supplier(fill(market, SharingLevel.NONE), market.question())
    assert (labels(view), view.level, view.others) == (["Havgård"], SharingLevel.NONE, 0)
    (own,) = view.own
    assert (own.judged.base, own.judged.outcomes, own.judged.share) == (100, 40, 0.4)
    assert (own.judged.expected, own.judged.ratio, own.judged.p) == (None, None, None)
    assert ReasonKind.SHARING in reasons(view)
    assert reached(view) == {"Havgård"}


def test_a_supplier_without_a_contract_in_the_scope_sees_its_own_alone(market):
    for name in OTHERS:
        market.figure(name, market.sick, 30, 100)
    market.figure("Havgård", market.sick, 40, 100)
    view = comparison_for_supplier(market.supplier("Havgård"), market.question())
    assert labels(view) == ["Havgård"]


def test_by_name(market):
    view = comparison_for_supplier(fill(market, SharingLevel.NAMED, OTHERS[:1]), market.question())
    assert (labels(view), view.others) == (["Havgård", "Birkemose"], 1)
    assert view.own[0].judged.expected == 30.0
    assert reached(view) == {"Havgård", "Birkemose"}
    assert [each.supplier.name for each in everything_in(view.comparison) if isinstance(each, Observation)] == [
        "Havgård"
    ]


def test_without_names_the_largest_comes_first_and_nothing_tells_who(market):
    view = comparison_for_supplier(fill(market, SharingLevel.UNNAMED), market.question())
    assert labels(view) == ["Havgård", "Anden leverandør 1", "Anden leverandør 2", "Anden leverandør 3"]
    assert [line.judged.base for line in view.comparison.lines] == [100, 102, 101, 100]
    assert reached(view) == {"Havgård"}


def test_pooled_the_others_are_one_line(market):
    view = comparison_for_supplier(fill(market, SharingLevel.POOLED), market.question())
    assert labels(view) == ["Havgård", "De øvrige under ét"]
    assert (view.comparison.lines[1].judged.base, view.comparison.lines[1].judged.outcomes) == (303, 93)
    assert view.own[0].judged.expected == pytest.approx(100 * 93 / 303)
    assert (view.others, reached(view)) == (3, {"Havgård"})


@pytest.mark.parametrize("level", [SharingLevel.UNNAMED, SharingLevel.POOLED])
def test_with_two_others_the_other_could_be_found_by_subtraction(market, level):
    view = comparison_for_supplier(fill(market, level, OTHERS[:2]), market.question())
    assert (labels(view), view.others) == (["Havgård"], 0)
    assert view.own[0].judged.expected is None
    assert reasons(view) == [ReasonKind.SHARING]
    assert "2" in view.comparison.reasons[0].text


@pytest.mark.parametrize("level", [SharingLevel.UNNAMED, SharingLevel.POOLED])
def test_a_group_with_two_others_is_left_out_and_no_total_tells_it(market, level):
    supplier = fill(market, level)
    market.figure("Havgård", market.resource, 10, 50)
    for name in OTHERS[:2]:
        market.figure(name, market.resource, 9, 45)
        market.figure(name, None, 40, 146)
    market.figure(OTHERS[2], None, 32, 102)
    view = comparison_for_supplier(supplier, market.question())
    own, *others = view.comparison.lines
    assert [group.label for group in own.groups] == ["Ressourceforløb", "Sygemeldte"]
    assert {group.label for line in others for group in line.groups} == {"Sygemeldte"}
    assert all(line.total is None for line in others)
    assert {line.judged.base for line in others} <= {303, 100, 101, 102, None}
    assert own.groups[0].judged.expected is None


def test_a_supplier_of_another_lot_too_is_not_seen_in_the_framework_s_figures(market):
    """Its figure of the framework holds what it did in a lot that the viewer has no part in."""
    whole = {"lot": None}
    for name in ("Havgård", *OTHERS):
        market.contract(name, sharing=SharingLevel.NAMED)
        market.figure(name, market.sick, 30, 100, **whole)
    market.contract("Lyngtoft", lot=LotFactory(code="2", framework=market.framework), sharing=SharingLevel.NAMED)
    question = Question(market.measure, NOW, framework=market.framework)
    view = comparison_for_supplier(market.supplier("Havgård"), question)
    assert labels(view) == ["Havgård", "Birkemose", "Klintekær"]
    assert labels(comparison_for_supplier(market.supplier("Lyngtoft"), question))[0] == "Lyngtoft"
    assert len(labels(comparison_for_supplier(market.supplier("Lyngtoft"), question))) == 4


def test_the_least_open_contract_decides(market):
    contracts = [
        market.contract("Havgård", sharing=SharingLevel.NAMED),
        market.contract("Havgård", sharing=SharingLevel.POOLED, lot=LotFactory(framework=market.framework)),
        market.contract("Birkemose"),
    ]
    found = shared_with(market.supplier("Havgård"), contracts)
    assert (found.level, found.suppliers) == (SharingLevel.POOLED, {market.supplier("Birkemose").pk})


def test_a_contract_that_had_ended_before_the_period_shares_nothing(market):
    supplier = fill(market, SharingLevel.NONE)
    market.lot.contracts.filter(supplier=supplier).delete()
    market.contract("Havgård", sharing=SharingLevel.NAMED, ends_on=dt.date(2022, 12, 31))
    assert labels(comparison_for_supplier(supplier, market.question())) == ["Havgård"]


def test_small_cells_of_the_others_are_hidden_and_so_is_what_would_tell_them(market):
    supplier = fill(market, SharingLevel.NAMED, OTHERS)
    market.contract("Omkørslen")
    market.figure("Omkørslen", market.sick, 2, 50)
    view = comparison_for_supplier(supplier, market.question())
    small = next(line for line in view.comparison.lines if line.label == "Omkørslen")
    assert (small.judged.base, small.judged.outcomes, small.judged.share) == (50, None, None)
    assert view.own[0].judged.outcomes == 40
    assert (view.own[0].judged.expected, view.own[0].judged.p) == (None, None)


def test_a_small_pool_is_hidden(market):
    market.contract("Havgård", sharing=SharingLevel.POOLED)
    market.figure("Havgård", market.sick, 20, 100)
    for name in OTHERS:
        market.contract(name)
        market.figure(name, market.sick, 1, 40)
    view = comparison_for_supplier(market.supplier("Havgård"), market.question())
    own, others = view.comparison.lines
    assert (others.judged.base, others.judged.outcomes, others.veil.outcomes) == (None, None, True)
    assert (own.judged.outcomes, own.judged.expected) == (20, None)
    assert [(group.base, group.reference) for group in view.comparison.groups] == [(None, None)]


def test_a_pool_that_would_tell_a_hidden_total_is_hidden(market):
    """Own figures and the pool add up to everybody's: where that is hidden, so is the pool."""
    supplier = fill(market, SharingLevel.POOLED)
    market.figure(None, market.sick, 133, 136)
    view = comparison_for_supplier(supplier, market.question())
    assert view.comparison.lines[1].judged.outcomes is None


def test_its_own_counts_are_its_own_but_few_give_no_share(market):
    market.contract("Havgård")
    market.figure("Havgård", market.sick, 1, 3)
    market.figure("Havgård", market.resource, 20, 60)
    (own,) = comparison_for_supplier(market.supplier("Havgård"), market.question()).own
    shown = [(group.judged.base, group.judged.outcomes, group.judged.share) for group in own.groups]
    assert shown == [(60, 20, 20 / 60), (3, 1, None)]


def test_unvalidated_figures_are_never_shown_to_a_supplier(market):
    market.contract("Havgård")
    market.figure("Havgård", market.sick, 20, 60, delivery=DeliveryFactory(is_validated=False))
    view = comparison_for_supplier(market.supplier("Havgård"), market.question(include_unvalidated=True))
    assert view.comparison.lines == ()


def test_places_are_not_for_suppliers(market):
    view = comparison_for_supplier(fill(market, SharingLevel.NAMED), market.question(with_places=True))
    assert [line.place for line in view.comparison.lines] == [None] * 4


def test_its_own_previous_period_needs_nobody_else(market):
    supplier = fill(market, SharingLevel.NONE)
    market.figure("Havgård", market.sick, 20, 100, period=year(2022))
    view = comparison_for_supplier(supplier, market.question(reference=Reference.PREVIOUS))
    assert view.own[0].judged.expected == 20.0


def test_figures_under_a_name_of_before_are_its_own(market):
    survivor = SupplierFactory(name="Nyt Navn")
    old = fill(market, SharingLevel.NONE)
    old.merged_into, old.merged_at = survivor, dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    old.save()
    view = comparison_for_supplier(survivor, market.question())
    assert [line.label for line in view.own] == ["Havgård (nu Nyt Navn)"]


@pytest.mark.parametrize("number", [3, 5])
def test_the_number_of_queries_does_not_follow_the_rows(market, number, django_assert_num_queries):
    supplier = fill(market, SharingLevel.POOLED, [f"L{place}" for place in range(number)])
    with django_assert_num_queries(20):
        comparison_for_supplier(supplier, market.question())


def test_pools_are_sums(market):
    rows = [market.figure(name, market.sick, x, 50) for name, x in zip(OTHERS, (10, 20, 30), strict=True)]
    (pool,) = pooled(behind_enough(rows, {}, SharingLevel.POOLED))
    assert (pool.outcomes, pool.denominator, pool.supplier.name) == (60, 150, "De øvrige under ét")
    assert behind_enough(rows[:2], {}, SharingLevel.POOLED) == []
