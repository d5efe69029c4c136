"""The figures of one document decided together, on the fact sheet's own numbers and on a made-up split by supplier."""

import datetime as dt

import pytest

from results.disclosure import Mark, Policy, PublishedFigure, attack, current_policy, decide_for_observations
from results.models import Observation
from tests.factories import (
    BenefitGroupFactory,
    DeliveryFactory,
    MeasureFactory,
    MeasureVersionFactory,
    ObservationFactory,
    SupplierFactory,
)
from tests.results.conftest import OUTCOMES, version_of


def hidden_outcomes(decision, observations):
    return {
        (
            o.measure_version.measure.code,
            o.supplier.name if o.supplier else "*",
            o.benefit_group.code if o.benefit_group else "*",
        )
        for o in observations
        if decision.hides_outcomes(o)
    }


def everything():
    return list(Observation.objects.with_names())


def test_the_fact_sheet_hides_two_cells_of_education(fact_sheet):
    figures = everything()
    decision = decide_for_observations(figures)
    assert hidden_outcomes(decision, figures) == {
        ("education_2m", "*", "ressourceforloeb"),
        ("education_2m", "*", "aktivitetsparate"),
    }
    assert not any(decision.hides_base(figure) for figure in figures)
    assert decision.hidden_count == 2


def test_a_figure_has_the_same_mark_everywhere(fact_sheet):
    """A single figure in running text is decided with the table that it would give away."""
    figures = everything()
    small = next(o for o in figures if o.outcomes == 1)
    alone = decide_for_observations([small])
    together = decide_for_observations([*figures, small])
    again = Observation.objects.get(pk=small.pk)
    assert alone.mark(again) is together.mark(again) is Mark.PRIMARY
    neighbour = next(o for o in figures if o.outcomes == 5)
    assert decide_for_observations([small, neighbour]).mark(neighbour) is Mark.SHOWN
    assert together.mark(neighbour) is Mark.COMPLEMENTARY


def test_a_figure_that_was_not_decided_is_an_error(fact_sheet):
    first, second = everything()[:2]
    with pytest.raises(KeyError):
        decide_for_observations([first]).mark(second)


def test_sums_of_our_own_are_hidden_with_a_part(fact_sheet):
    figures = everything()
    decision = decide_for_observations(figures)
    education = [o for o in figures if o.measure_version.measure.code == "education_2m" and o.benefit_group]
    jobs = [o for o in figures if o.measure_version.measure.code == "job_2m" and o.benefit_group]
    assert decision.hides_sum(education)
    assert not decision.hides_sum(jobs)
    assert not decision.hides_base_sum(education)


SPLIT = [((437, 2), (321, 0), (1018, 3), (72, 0)), ((849, 3), (915, 1), (2375, 6), (103, 0))]


@pytest.fixture
def split(fact_sheet):
    """Two suppliers whose figures add up to each benefit group, with a total each that is the sum of its groups."""
    for name, cells in zip(("Alfa", "Beta"), SPLIT, strict=True):
        supplier = SupplierFactory(name=name)
        for group, (base, count) in zip(fact_sheet.groups, cells, strict=True):
            fields = {"supplier": supplier, "benefit_group": group, "denominator": base, "outcomes": count}
            fact_sheet.observe("education_2m", **fields)
        base, count = map(sum, zip(*cells, strict=True))
        fact_sheet.observe("education_2m", supplier=supplier, denominator=base, outcomes=count)
    return fact_sheet


def test_tables_by_group_and_by_supplier_are_decided_together(split):
    figures = everything()
    decision = decide_for_observations(figures)
    hidden = hidden_outcomes(decision, figures)
    small = {(o.measure_version.measure.code, o.supplier.name, o.benefit_group.code) for o in figures if is_small(o)}
    assert small <= hidden
    assert {code for code, _supplier, _group in hidden} == {"education_2m"}
    # what the two suppliers show by group must not give away the group that is hidden in the table of all
    by_group = {group for _code, supplier, group in hidden if supplier != "*"}
    assert {group for _code, supplier, group in hidden if supplier == "*"} <= by_group | {"*"}


def is_small(observation):
    return bool(observation.supplier and observation.benefit_group and 1 <= observation.outcomes < 5)


def test_the_order_of_figures_means_nothing(split):
    figures = everything()
    forwards, backwards = decide_for_observations(figures), decide_for_observations(figures[::-1])
    assert [forwards.mark(o) for o in figures] == [backwards.mark(o) for o in figures]


def test_a_small_base_is_hidden_in_every_measure_alike(vocabulary):
    """The same base is printed once for all measures, so it and its companion must be the same cells in each."""
    vocabulary.delivery = DeliveryFactory()
    for code, counts in (("job_2m", (1, 9, 30)), ("plan_6m", (0, 20, 25))):
        for group, base, count in zip(vocabulary.groups, (3, 40, 60), counts, strict=False):
            vocabulary.observe(code, benefit_group=group, denominator=base, outcomes=count)
        vocabulary.observe(code, denominator=103, outcomes=sum(counts))
    figures = everything()
    decision = decide_for_observations(figures)
    hidden = {(o.measure_version.measure.code, o.benefit_group.code) for o in figures if decision.hides_base(o)}
    groups = [group.code for group in vocabulary.groups[:2]]
    assert hidden == {(code, group) for code in ("job_2m", "plan_6m") for group in groups}
    assert all(decision.hides_outcomes(o) for o in figures if decision.hides_base(o))


def test_composite_groups_are_sums_of_their_parts(vocabulary):
    """Sick-listed is hidden by its total no more than by what it consists of."""
    vocabulary.delivery = DeliveryFactory()
    whole, *parts = vocabulary.groups[:3]
    whole.parts.set(parts)
    for group, base, count in zip((whole, *parts), (150, 70, 80), (22, 3, 19), strict=True):
        vocabulary.observe("job_2m", benefit_group=group, denominator=base, outcomes=count)
    other = BenefitGroupFactory()
    vocabulary.observe("job_2m", benefit_group=other, denominator=100, outcomes=40)
    vocabulary.observe("job_2m", denominator=250, outcomes=62)
    figures = everything()
    decision = decide_for_observations(figures)
    assert {o.outcomes for o in figures if decision.hides_outcomes(o)} == {3, 19}


def test_a_mean_goes_with_the_number_of_its_answers(vocabulary):
    version = version_of(MeasureFactory(kind="mean"))
    few, many, unknown = (
        ObservationFactory(measure_version=version, denominator=answers, outcomes=None, mean="4.1", unit="responses")
        for answers in (4, 25, None)
    )
    decision = decide_for_observations([few, many, unknown])
    assert [decision.hides_outcomes(o) for o in (few, many, unknown)] == [True, False, True]
    assert [decision.hides_base(o) for o in (few, many, unknown)] == [True, False, False]  # there is no number to hide
    assert decision.hidden_names(unknown) == ["mean"]


@pytest.mark.parametrize(("fewest", "is_hidden"), [(None, True), (4, True), (5, False)])
def test_a_source_may_vouch_for_answers_enough(vocabulary, fewest, is_hidden):
    version = MeasureVersionFactory(measure__kind="mean", fewest_answers=fewest)
    mean = ObservationFactory(measure_version=version, denominator=None, outcomes=None, mean="4.1", unit="responses")
    assert decide_for_observations([mean]).hides_outcomes(mean) is is_hidden
    assert decide_for_observations([mean], policy=Policy(10)).hides_outcomes(mean)


def test_other_periods_and_definitions_are_not_added_up(fact_sheet):
    """The 1 of education stands alone in its period: nothing there gives it away."""
    group = fact_sheet.groups[0]
    lonely = fact_sheet.observe("education_2m", benefit_group=group, period_end=dt.date(2022, 3, 31), outcomes=2)
    figures = everything()
    decision = decide_for_observations(figures)
    assert decision.mark(lonely) is Mark.PRIMARY
    assert decision.hidden_count == 3


def test_unique_persons_who_hardly_overlap_give_the_cell_away(vocabulary):
    """Bases 100 + 100 + 100 with 299 unique persons: outcomes 20, 3 and 40 with 62 in all leave 2 or 3."""
    vocabulary.delivery = DeliveryFactory()
    for group, count in zip(vocabulary.groups, (20, 3, 40), strict=False):
        vocabulary.observe("job_2m", benefit_group=group, denominator=100, outcomes=count)
    vocabulary.observe("job_2m", denominator=299, outcomes=62)
    figures = everything()
    decision = decide_for_observations(figures)
    assert {o.outcomes for o in figures if decision.hides_outcomes(o)} == {3, 20}


@pytest.mark.parametrize(("base", "outcomes", "is_few"), [(25, 17, True), (30, 15, False)])
def test_few_among_those_in_no_row_are_not_told(vocabulary, base, outcomes, is_few):
    """Of 25 with 17, a supplier's 13 with 8 leave 12 with 9, so 3 without; of 30 with 15 they leave 17 with 7."""
    vocabulary.delivery = DeliveryFactory()
    vocabulary.observe("job_2m", supplier=SupplierFactory(), denominator=13, outcomes=8)
    vocabulary.observe("job_2m", denominator=base, outcomes=outcomes)
    figures = everything()
    decision = decide_for_observations(figures)
    assert any(decision.hides_outcomes(each) for each in figures) is is_few
    assert bool(attack(PublishedFigure(each, frozenset()) for each in figures)) is is_few


@pytest.mark.parametrize(("base", "outcomes", "is_few"), [(25, 17, True), (30, 15, False)])
def test_few_in_a_time_that_no_figure_covers_alone_are_not_told(vocabulary, base, outcomes, is_few):
    vocabulary.delivery = DeliveryFactory()
    first = {"period_start": dt.date(2022, 1, 1)}
    vocabulary.observe("job_2m", **first, period_end=dt.date(2022, 2, 28), denominator=13, outcomes=8)
    vocabulary.observe("job_2m", **first, period_end=dt.date(2022, 3, 31), denominator=base, outcomes=outcomes)
    figures = everything()
    decision = decide_for_observations(figures)
    assert any(decision.hides_outcomes(each) for each in figures) is is_few


def test_the_policy_in_force_is_a_setting(settings):
    assert current_policy() == Policy(5)
    settings.DISCLOSURE_MIN_CELL = 10
    assert current_policy() == Policy(10)


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count(fact_sheet, django_assert_num_queries, rows):
    figures = everything()[: rows * 4]
    with django_assert_num_queries(1):
        decide_for_observations(figures)


def test_nothing_to_decide():
    assert decide_for_observations([]).marks == {}


def test_fact_sheet_figures_are_those_of_the_reference():
    assert OUTCOMES["education_2m"] == ((5, 1, 9, 0), 15)
