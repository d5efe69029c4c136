import datetime as dt

import pytest

from results.enums import Breakdown, TotalKind, Unit
from results.models import Observation
from results.periods import year
from results.queries import (
    FigureRequest,
    available_periods,
    outcome_interval,
    results_table,
    satisfaction_table,
    share,
    single_figure,
    single_figures,
    with_siblings,
)
from results.services import withdraw_delivery
from tests.factories import (
    BenefitGroupFactory,
    DeliveryFactory,
    LotFactory,
    MeasureFactory,
    MeasureVersionFactory,
    ObservationFactory,
    ServiceFactory,
    SupplierFactory,
)
from tests.results.conftest import BASES, GROUPS, OUTCOMES, TOTAL_BASE


def table_of(sheet, *, by=Breakdown.BENEFIT_GROUP, **options):
    options = {"framework": sheet.framework, "period": year(2022), **options}
    return results_table(sheet.measures, by=by, **options)


def counts(row):
    return tuple(observation and observation.outcomes for observation in row.observations)


def test_results_table_by_benefit_group_is_the_fact_sheet(fact_sheet):
    table = table_of(fact_sheet)
    assert [row.code for row in table.rows] == list(GROUPS)
    assert [row.base for row in table.rows] == list(BASES)
    assert [counts(row) for row in table.rows] == list(
        zip(*(column for column, _total in OUTCOMES.values()), strict=True)
    )
    assert counts(table.total) == (300, 15, 1291)
    assert table.total.base == TOTAL_BASE
    assert [(part.base, part.outcomes) for part in table.sum_of_groups] == [(6090, 300), (6090, 15), (6090, 1291)]
    assert table.total_kind == TotalKind.UNIQUE_PERSONS
    assert table.unit == Unit.PERSONS
    assert table.data_as_of == dt.date(2023, 8, 7)
    assert table.deliveries == (fact_sheet.delivery,)
    assert table.measure_versions == tuple(fact_sheet.versions.values())
    assert not table.has_unvalidated


def test_results_table_without_figures_is_empty_not_zero(vocabulary):
    table = table_of(vocabulary)
    assert (table.rows, table.total, table.total_kind, table.data_as_of, table.unit) == ((), None, None, None, None)
    assert [(part.base, part.outcomes) for part in table.sum_of_groups] == [(None, None)] * 3


def test_results_table_leaves_a_missing_figure_missing(fact_sheet):
    group = BenefitGroupFactory(code="ny", order=9)
    fact_sheet.observe("plan_6m", benefit_group=group, denominator=10, outcomes=5)
    row = table_of(fact_sheet).rows[-1]
    assert (row.code, counts(row)) == ("ny", (None, None, 5))


@pytest.mark.parametrize(
    ("note", "denominator", "kind"),
    [
        ("", 30, TotalKind.SUM_OF_GROUPS),
        ("", 25, TotalKind.UNDECLARED),
        ("kommunikeret af kilden", 25, TotalKind.UNDECLARED),
        ("Unikke borgere", 25, TotalKind.UNIQUE_PERSONS),
    ],
)
def test_total_kind(vocabulary, note, denominator, kind):
    vocabulary.delivery = DeliveryFactory()
    for group, base in zip(vocabulary.groups, (10, 20), strict=False):
        vocabulary.observe("job_2m", benefit_group=group, denominator=base, outcomes=5)
    vocabulary.observe("job_2m", denominator=denominator, outcomes=10, note=note)
    assert table_of(vocabulary).total_kinds[0] == kind


def test_total_kind_declared_by_the_version(fact_sheet):
    Observation.objects.filter(benefit_group=None)
    version = fact_sheet.versions["job_2m"]
    version.totals_are_unique_persons = True
    version.save()
    fresh = DeliveryFactory(extracted_on=dt.date(2024, 1, 1))
    fact_sheet.observe("job_2m", delivery=fresh, denominator=TOTAL_BASE, outcomes=300)
    assert table_of(fact_sheet).total_kinds[0] == TotalKind.UNIQUE_PERSONS


def test_results_table_by_supplier_sorts_by_name(fact_sheet):
    for name, base, count in (("Øst", 40, 10), ("Alfa", 60, 20)):
        fact_sheet.observe("job_2m", supplier=SupplierFactory(name=name), denominator=base, outcomes=count)
    table = table_of(fact_sheet, by=Breakdown.SUPPLIER)
    assert [(row.label, counts(row)) for row in table.rows] == [("Alfa", (20, None, None)), ("Øst", (10, None, None))]
    assert counts(table.total) == (300, 15, 1291)
    assert table.sum_of_groups[0].base == 100


def test_results_table_shows_a_composite_in_place_of_its_parts(vocabulary):
    vocabulary.delivery = DeliveryFactory()
    whole, *parts = vocabulary.groups[:3]
    whole.parts.set(parts)
    for group, base in zip((whole, *parts), (30, 10, 20), strict=True):
        vocabulary.observe("job_2m", benefit_group=group, denominator=base, outcomes=5)
    assert [row.code for row in table_of(vocabulary).rows] == [whole.code]


def test_results_table_uses_the_newest_delivery(fact_sheet):
    newer = DeliveryFactory(extracted_on=dt.date(2023, 9, 1))
    group = fact_sheet.groups[0]
    fact_sheet.observe("job_2m", delivery=newer, benefit_group=group, denominator=1286, outcomes=70)
    assert counts(table_of(fact_sheet).rows[0]) == (70, 5, 202)


def test_results_table_never_mixes_two_definitions_in_a_column(fact_sheet):
    measure, group = fact_sheet.measures[0], fact_sheet.groups[0]
    other = MeasureVersionFactory(measure=measure, code="2")
    newer = DeliveryFactory(extracted_on=dt.date(2023, 9, 1))
    ObservationFactory(
        delivery=newer, measure_version=other, framework=fact_sheet.framework, benefit_group=group, outcomes=33
    )
    assert [counts(row)[0] for row in table_of(fact_sheet).rows] == [33, None, None, None]


def test_unvalidated_figures_only_when_asked(fact_sheet):
    draft = DeliveryFactory(extracted_on=dt.date(2023, 9, 1), is_validated=False)
    fact_sheet.observe("job_2m", delivery=draft, benefit_group=fact_sheet.groups[0], outcomes=70)
    assert counts(table_of(fact_sheet).rows[0])[0] == 62
    asked = table_of(fact_sheet, include_unvalidated=True)
    assert (counts(asked.rows[0])[0], asked.has_unvalidated) == (70, True)


def test_a_lot_brings_its_framework(fact_sheet):
    fact_sheet.observe("job_2m", lot=fact_sheet.lot, denominator=50, outcomes=20)
    assert single_figure(fact_sheet.measures[0], period=year(2022), lot=fact_sheet.lot).outcomes == 20


def test_results_table_ignores_other_periods_frameworks_and_services(fact_sheet):
    outside = {"denominator": 50, "outcomes": 49}
    fact_sheet.observe("job_2m", period_end=dt.date(2022, 6, 30), **outside)
    fact_sheet.observe("job_2m", framework=None, **outside)
    fact_sheet.observe("job_2m", service=ServiceFactory(), **outside)
    assert counts(table_of(fact_sheet).total)[0] == 300


@pytest.mark.parametrize("extra_rows", [1, 3])
def test_results_table_query_count(fact_sheet, django_assert_num_queries, extra_rows):
    for _n in range(extra_rows):
        fact_sheet.observe("job_2m", benefit_group=BenefitGroupFactory())
    with django_assert_num_queries(3):
        table = table_of(fact_sheet)
        assert [o.delivery.source for o in table.observations if o.measure_version.measure.name]


def test_single_figure_is_the_newest_of_exactly_these_dimensions(fact_sheet):
    figure = single_figure(
        fact_sheet.measures[0], period=year(2022), framework=fact_sheet.framework, benefit_group=fact_sheet.groups[1]
    )
    assert (figure.outcomes, figure.denominator) == (8, 1236)
    assert single_figure(fact_sheet.measures[0], period=year(2022)) is None
    assert single_figure(fact_sheet.measures[0], period=year(2021), framework=fact_sheet.framework) is None


def test_single_figure_of_a_withdrawn_delivery_is_gone(fact_sheet, officer):
    withdraw_delivery(fact_sheet.delivery, reason="Forkert udtræk", by=officer)
    assert single_figure(fact_sheet.measures[0], period=year(2022), framework=fact_sheet.framework) is None


def test_share_and_interval():
    observation = ObservationFactory.build(denominator=1286, outcomes=62)
    assert share(observation) == pytest.approx(0.0482115)
    lower, upper = outcome_interval(observation)
    assert lower < share(observation) < upper
    for unknown in (None, ObservationFactory.build(outcomes=None), ObservationFactory.build(denominator=0, outcomes=0)):
        assert (share(unknown), outcome_interval(unknown)) == (None, None)


def test_available_periods_newest_first(fact_sheet):
    fact_sheet.observe("job_2m", period_start=dt.date(2023, 1, 1), period_end=dt.date(2023, 3, 31))
    assert [period.code for period in available_periods(fact_sheet.measures)] == ["2023-Q1", "2022"]
    assert available_periods([MeasureFactory()]) == []


@pytest.fixture
def satisfaction(vocabulary):
    """Means for two services of lot 1 and all of lot 2; only the first has a number of answers."""
    measures = [
        MeasureFactory(code="satisfaction_all", kind="mean"),
        MeasureFactory(code="satisfaction_overall", kind="mean"),
    ]
    versions = [MeasureVersionFactory(measure=measure) for measure in measures]
    second = LotFactory(code="2", framework=vocabulary.framework)
    delivery = DeliveryFactory()
    cells = [
        (vocabulary.lot, ServiceFactory(name="Mentor"), 25, ("4.3", "4.7")),
        (vocabulary.lot, ServiceFactory(name="Virksomhed"), None, ("4.1", "4.4")),
        (second, None, None, ("3.9", None)),
    ]
    for lot, service, answers, means in cells:
        for version, mean in zip(versions, means, strict=True):
            if mean:
                ObservationFactory(
                    delivery=delivery,
                    measure_version=version,
                    framework=vocabulary.framework,
                    lot=lot,
                    service=service,
                    denominator=answers,
                    outcomes=None,
                    mean=mean,
                    unit="responses",
                )
    return vocabulary, measures


def test_satisfaction_table(satisfaction):
    sheet, measures = satisfaction
    table = satisfaction_table(measures, period=year(2022), frameworks=[sheet.framework])
    assert [
        (
            row.lot.code,
            row.service and row.service.name,
            row.responses,
            [o and float(o.mean) for o in row.observations],
        )
        for row in table.rows
    ] == [
        ("1", "Mentor", 25, [4.3, 4.7]),
        ("1", "Virksomhed", None, [4.1, 4.4]),
        ("2", None, None, [3.9, None]),
    ]
    assert len(table.observations) == 5
    assert table.data_as_of == dt.date(2023, 8, 7)


def test_satisfaction_table_of_one_lot(satisfaction, django_assert_num_queries):
    sheet, measures = satisfaction
    with django_assert_num_queries(2):
        table = satisfaction_table(measures, period=year(2022), lots=[sheet.lot])
        assert [row.lot.framework_id for row in table.rows] == [sheet.framework.pk] * 2


def test_siblings_are_all_of_the_same_framework_in_periods_that_overlap(fact_sheet, django_assert_num_queries):
    figure = single_figure(fact_sheet.measures[1], period=year(2022), framework=fact_sheet.framework)
    supplier = fact_sheet.observe("education_2m", supplier=SupplierFactory(), denominator=10, outcomes=5)
    quarter = fact_sheet.observe("education_2m", period_end=dt.date(2022, 3, 31))
    fact_sheet.observe("education_2m", period_start=dt.date(2023, 1, 1), period_end=dt.date(2023, 12, 31))
    fact_sheet.observe("education_2m", framework=LotFactory().framework)
    with django_assert_num_queries(3):
        found = with_siblings([figure])
    assert found[0] is figure
    assert {supplier, quarter} <= set(found)
    assert len(found) == 3 * 5 + 2
    with django_assert_num_queries(0):
        assert with_siblings([]) == []


def test_a_figure_for_all_frameworks_joins_them(fact_sheet):
    figure = single_figure(fact_sheet.measures[1], period=year(2022), framework=fact_sheet.framework)
    other = fact_sheet.observe("education_2m", framework=LotFactory().framework)
    assert other not in with_siblings([figure])
    everywhere = fact_sheet.observe("education_2m", framework=None, lot=None)
    assert {other, everywhere} <= set(with_siblings([figure]))


def test_a_sibling_counts_once_with_its_newest_figure(fact_sheet):
    group = fact_sheet.groups[0]
    newer = fact_sheet.observe(
        "education_2m",
        benefit_group=group,
        denominator=1286,
        outcomes=6,
        delivery=DeliveryFactory(extracted_on="2024-01-01"),
    )
    figure = single_figure(fact_sheet.measures[1], period=year(2022), framework=fact_sheet.framework)
    same = figure.measure_version_id
    found = [
        each for each in with_siblings([figure]) if (each.benefit_group_id, each.measure_version_id) == (group.pk, same)
    ]
    assert found == [newer]


def test_single_figures_are_those_asked_for_one_by_one(fact_sheet, django_assert_num_queries):
    fact_sheet.observe("job_2m", lot=fact_sheet.lot, denominator=40, outcomes=20)
    fact_sheet.observe("job_2m", benefit_group=fact_sheet.groups[0], delivery=DeliveryFactory(), outcomes=7)
    asked = [
        {"period": period, **scope, "benefit_group": group}
        for period in (year(2022), year(2021))
        for scope in ({}, {"framework": fact_sheet.framework}, {"lot": fact_sheet.lot})
        for group in (None, *fact_sheet.groups)
    ]
    pairs = [(measure, options) for measure in fact_sheet.measures for options in asked]
    expected = [single_figure(measure, **options) for measure, options in pairs]
    with django_assert_num_queries(2):
        assert single_figures([FigureRequest(measure, **options) for measure, options in pairs]) == expected
    assert len(set(expected) - {None}) == 16


def test_no_single_figures_take_no_queries(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert single_figures([]) == []
