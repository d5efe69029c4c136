import datetime as dt
from decimal import Decimal

import pytest

from results.comparison import Question, ReasonKind, Reference, Verdict, compare
from results.disclosure import PUBLIC
from results.enums import Unit
from results.models import OutsideFigure
from results.periods import quarter, year
from results.services import withdraw_delivery
from tests.factories import (
    DeliveryFactory,
    MeasureFactory,
    MeasureVersionFactory,
    OutsideFigureFactory,
    ResultCommentFactory,
    SeriesBreakFactory,
    SpendFactory,
    SupplierFactory,
    UserFactory,
)
from tests.results.comparison.conftest import NOW


def reasons(found):
    return [reason.kind for reason in found.reasons]


def names(found):
    return [line.label for line in found.lines]


@pytest.fixture
def three(market):
    market.figure("Birkemose", market.sick, 30, 100)
    market.figure("Havgård", market.sick, 60, 120)
    market.figure("Åmose", market.sick, 31, 100)
    return market


def test_the_comparison_of_a_lot(three):
    found = compare(three.question())
    assert names(found) == ["Birkemose", "Havgård", "Åmose"]
    havgaard = found.line_of(three.suppliers["Havgård"])
    assert (havgaard.judged.base, havgaard.judged.outcomes, havgaard.judged.share) == (120, 60, 0.5)
    assert havgaard.judged.expected == 120 * 61 / 200
    assert (havgaard.judged.verdict, havgaard.judged.is_above) == (Verdict.CLEAR, True)
    assert (found.version, found.unit, found.is_validated) == (three.version, Unit.COURSES, True)
    assert found.data_as_of == three.delivery.extracted_on
    assert found.looks == 6


@pytest.mark.parametrize("scope", ["framework", "everything", "other_lot"])
def test_only_figures_of_exactly_the_scope_are_compared(three, scope):
    asked = {"framework": {"framework": three.framework}, "everything": {}, "other_lot": {"lot": three.lot}}[scope]
    if scope == "other_lot":
        three.figure("Nabo", three.sick, 5, 50, lot=None)
        assert "Nabo" not in names(compare(three.question()))
    else:
        assert compare(Question(three.measure, NOW, **asked)).lines == ()


def test_another_period_is_not_mixed_in(three):
    assert compare(three.question(period=quarter(2023, 1))).lines == ()


def test_figures_of_a_withdrawn_delivery_are_gone(three):
    withdraw_delivery(three.delivery, reason="Januar mangler", by=UserFactory())
    found = compare(three.question())
    assert (found.lines, found.version, found.data_as_of) == ((), None, None)


def test_another_definition_is_left_out_by_name(three):
    other = MeasureVersionFactory(measure=three.measure, code="0", population=three.version.population)
    old = DeliveryFactory(extracted_on=dt.date(2020, 1, 1))
    three.figure("Lyngtoft", three.sick, 9, 90, measure_version=other, delivery=old)
    found = compare(three.question())
    assert reasons(found) == [ReasonKind.DEFINITION]
    assert "Lyngtoft" in found.reasons[0].text
    assert "Lyngtoft" not in names(found)


def test_another_population_is_said_to_be_one(three):
    other = MeasureVersionFactory(measure=three.measure, code="0", population="alle i forløb i perioden")
    old = DeliveryFactory(extracted_on=dt.date(2020, 1, 1))
    three.figure("Lyngtoft", three.sick, 9, 90, measure_version=other, delivery=old)
    assert reasons(compare(three.question())) == [ReasonKind.POPULATION]


def test_persons_and_courses_are_never_mixed(three):
    three.figure(
        "Lyngtoft", three.sick, 9, 90, unit="persons", delivery=DeliveryFactory(extracted_on=dt.date(2020, 1, 1))
    )
    found = compare(three.question())
    assert reasons(found) == [ReasonKind.POPULATION]
    assert names(compare(three.question(unit=Unit.PERSONS))) == ["Lyngtoft"]


def test_unvalidated_figures_are_seen_only_when_asked_for_and_never_mixed(three):
    rough = DeliveryFactory(is_validated=False, extracted_on=dt.date(2020, 1, 1))
    three.figure("Lyngtoft", three.sick, 9, 90, delivery=rough)
    assert "Lyngtoft" not in names(compare(three.question()))
    found = compare(three.question(include_unvalidated=True))
    assert reasons(found) == [ReasonKind.UNVALIDATED]
    assert found.is_validated
    assert "Lyngtoft" not in names(found)


def test_an_unvalidated_comparison_says_so(market):
    market.figure("A", market.sick, 30, 100, delivery=DeliveryFactory(is_validated=False))
    found = compare(market.question(include_unvalidated=True))
    assert (found.is_validated, reasons(found)) == (False, [ReasonKind.UNVALIDATED])


def test_a_definition_that_counts_unripe_courses_says_so(market):
    market.version.counts_unripe_as_no_outcome = True
    market.version.save()
    market.figure("A", market.sick, 30, 100)
    assert reasons(compare(market.question())) == [ReasonKind.PENDING]


def test_a_break_by_law_within_the_period_is_said(three):
    SeriesBreakFactory(takes_effect_on=dt.date(2023, 7, 1), name="Nyt system", explanation="Grupper lægges sammen.")
    found = compare(three.question())
    assert reasons(found) == [ReasonKind.SERIES_BREAK]
    assert found.reasons[0].text == "Nyt system fra 1. juli 2023: Grupper lægges sammen."
    assert found.lines[0].judged.verdict != Verdict.NOT_COMPARABLE


def test_a_break_of_other_groups_or_measures_is_no_matter_here(three):
    SeriesBreakFactory(takes_effect_on=dt.date(2023, 7, 1)).benefit_groups.add(three.resource)
    SeriesBreakFactory(takes_effect_on=dt.date(2023, 7, 1)).measures.add(MeasureFactory())
    SeriesBreakFactory(takes_effect_on=dt.date(2023, 1, 1))
    SeriesBreakFactory(takes_effect_on=dt.date(2024, 1, 1))
    assert reasons(compare(three.question())) == []


def test_against_the_previous_period(three):
    three.figure("Havgård", three.sick, 30, 120, period=year(2022))
    found = compare(three.question(reference=Reference.PREVIOUS))
    havgaard, birkemose = found.line_of(three.suppliers["Havgård"]), found.line_of(three.suppliers["Birkemose"])
    assert (havgaard.judged.expected, havgaard.judged.verdict) == (30.0, Verdict.CLEAR)
    assert [reason.kind for reason in birkemose.reasons] == [ReasonKind.NO_REFERENCE]


def test_a_break_between_the_periods_stops_the_comparison_but_shows_the_figures(three):
    SeriesBreakFactory(takes_effect_on=dt.date(2023, 1, 1))
    three.figure("Havgård", three.sick, 30, 120, period=year(2022))
    found = compare(three.question(reference=Reference.PREVIOUS))
    judged = found.line_of(three.suppliers["Havgård"]).judged
    assert (judged.share, judged.expected, judged.verdict) == (0.5, None, Verdict.NOT_COMPARABLE)
    assert reasons(found) == [ReasonKind.SERIES_BREAK]


def test_a_previous_period_of_another_definition_is_not_compared(three):
    other = MeasureVersionFactory(measure=three.measure, code="0")
    three.figure("Havgård", three.sick, 30, 120, period=year(2022), measure_version=other)
    found = compare(three.question(reference=Reference.PREVIOUS))
    assert reasons(found) == [ReasonKind.DEFINITION]
    assert found.line_of(three.suppliers["Havgård"]).judged.expected is None


def test_a_target_must_be_a_share(market):
    with pytest.raises(ValueError, match="from 0 to 1"):
        market.question(reference=Reference.TARGET, target=30)
    with pytest.raises(ValueError, match="from 0 to 1"):
        market.question(reference=Reference.TARGET)


def test_referrals_are_those_of_the_period_against_the_expected(three):
    contract = three.contract("Havgård", expected_referrals_per_year=120)
    for month, count in ((11, 99), (12, 99)):
        SpendFactory(contract=contract, month=dt.date(2022, month, 1), referrals=count)
    SpendFactory(contract=contract, month=dt.date(2023, 1, 1), referrals=8)
    SpendFactory(contract=contract, month=dt.date(2023, 2, 1), referrals=7)
    found = compare(three.question())
    sent = found.line_of(three.suppliers["Havgård"]).referrals
    assert (sent.actual, sent.expected, sent.share) == (15, Decimal(20), Decimal("0.75"))
    assert found.line_of(three.suppliers["Birkemose"]).referrals is None


def test_the_supplier_s_own_comment_stands_beside_its_figure(three):
    written = {"measure": three.measure, "framework": three.framework, "lot": three.lot}
    written |= {"period_start": NOW.start, "period_end": NOW.end}
    ResultCommentFactory(supplier=three.suppliers["Havgård"], text="Vi har fået flere henvist.", **written)
    ResultCommentFactory(supplier=three.suppliers["Birkemose"], **{**written, "lot": None})
    found = compare(three.question())
    assert [line.comment and line.comment.text for line in found.lines] == [None, "Vi har fået flere henvist.", None]


def test_figures_from_outside_stand_beside_and_are_never_a_reference(three):
    before = compare(three.question())
    OutsideFigureFactory(
        measure=three.measure, period_start=NOW.start, period_end=NOW.end, share_percent=Decimal("41.5")
    )
    found = compare(three.question())
    assert [line.share for line in found.context] == [0.415]
    assert (found.lines, found.groups) == (before.lines, before.groups)
    assert OutsideFigure.objects.count() == 1


def test_the_municipality_sees_small_cells_with_marks(three):
    three.figure("Omkørslen", three.sick, 2, 40)
    found = compare(three.question())
    small = found.line_of(three.suppliers["Omkørslen"])
    assert (small.judged.outcomes, small.veil.outcomes, small.veil.stays) == (2, False, True)
    assert not found.line_of(three.suppliers["Birkemose"]).veil.stays
    assert found.line_of(three.suppliers["Birkemose"]).veil.judgement_stays


def test_the_public_sees_neither_small_cells_nor_what_would_tell_them(three):
    three.figure("Omkørslen", three.sick, 2, 40)
    found = compare(three.question(audience=PUBLIC))
    small, other = found.line_of(three.suppliers["Omkørslen"]), found.line_of(three.suppliers["Birkemose"])
    assert (small.judged.base, small.judged.outcomes, small.judged.share) == (40, None, None)
    assert (other.judged.base, other.judged.outcomes, other.judged.share) == (100, 30, 0.3)
    assert (other.judged.expected, other.judged.ratio, other.judged.p) == (None, None, None)
    assert [(group.base, group.reference) for group in found.groups] == [(None, None)]


def test_a_merged_supplier_keeps_its_old_name_and_is_found_under_the_new(three):
    survivor = SupplierFactory(name="Nyt Navn")
    old = three.suppliers["Havgård"]
    old.merged_into, old.merged_at = survivor, dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    old.save()
    found = compare(three.question())
    assert found.line_of(survivor).label == "Havgård (nu Nyt Navn)"


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_follow_the_rows(market, number, django_assert_num_queries):
    for place in range(number):
        for group in (market.sick, market.resource):
            market.figure(f"L{place}", group, 20 + place, 100)
        SpendFactory(contract=market.contract(f"L{place}"), month=dt.date(2023, 1, 1), referrals=8)
    with django_assert_num_queries(14):
        assert len(compare(market.question()).lines) == number
