"""Three audiences of the same figures: what each sees, and what staff are told of why."""

import pytest

from contracts.enums import SharingLevel
from results.disclosure import (
    MUNICIPALITY,
    PUBLIC,
    Part,
    PublishedFigure,
    Reason,
    State,
    disclose,
    supplier_audience,
)
from results.models import Observation
from results.queries import disclosed
from tests.factories import ContractFactory, DeliveryFactory, MeasureFactory, ObservationFactory, SupplierFactory
from tests.results.conftest import version_of


def everything():
    return list(Observation.objects.with_names())


def figure(figures, code, group):
    return next(o for o in figures if o.measure_version.measure.code == code and str(o.benefit_group or "*") == group)


def test_the_public_sees_nothing_of_a_small_cell_and_its_companion(fact_sheet):
    figures = everything()
    shown = disclose(figures, audience=PUBLIC)
    small, companion = (figure(figures, "education_2m", group) for group in ("Ressourceforloeb", "Aktivitetsparate"))
    assert (shown.of(small).state, shown.of(small).reason) == (State.HIDDEN, Reason.SMALL)
    assert (shown.of(companion).state, shown.of(companion).reason) == (State.HIDDEN, Reason.PROTECTS)
    assert [shown.value(each) for each in (small, companion)] == [None, None]
    assert shown.value(small, Part.BASE) == 1236
    assert not shown.shows_all([companion, figure(figures, "education_2m", "Sygemeldte")])
    assert shown.value(figure(figures, "education_2m", "*")) == 15


def test_the_municipality_sees_every_number_and_what_may_not_leave(fact_sheet):
    figures = everything()
    shown = disclose(figures, audience=MUNICIPALITY)
    assert [shown.value(each) for each in figures] == [each.outcomes for each in figures]
    marked = {each.outcomes for each in figures if shown.is_marked(each)}
    assert marked == {1, 5}
    assert shown.marks_any(figures)
    assert shown.shows_all(figures)


def test_staff_are_told_why(fact_sheet):
    figures = everything()
    shown = disclose(figures, audience=MUNICIPALITY)
    small, companion, zero = (
        figure(figures, "education_2m", group) for group in ("Ressourceforloeb", "Aktivitetsparate", "Ledighedsydelse")
    )
    assert shown.why(small) == "Tallet er fra 1 til 4: så få, at de kan genkendes."
    assert shown.why(companion).startswith("Tallet er ikke selv lille.")
    assert shown.why(zero) == ""


def test_a_figure_that_was_not_decided_is_an_error(fact_sheet):
    first, second = everything()[:2]
    with pytest.raises(KeyError):
        disclose([first], audience=PUBLIC).of(second)


def test_what_is_beside_the_base_is_judged_by_its_size(vocabulary):
    vocabulary.delivery = DeliveryFactory()
    row = vocabulary.observe("job_2m", denominator=100, outcomes=40, pending=3, censored=0, not_found=12)
    few = vocabulary.observe("plan_6m", denominator=3, outcomes=0, pending=0, censored=20, not_found=None)
    shown = disclose([row, few], audience=PUBLIC)
    parts = (Part.BASE, Part.OUTCOMES, Part.PENDING, Part.CENSORED, Part.NOT_FOUND)
    assert [shown.value(row, part) for part in parts] == [100, 40, None, 0, 12]
    assert shown.value(few, Part.BASE) is None
    assert shown.of(few).reason is Reason.SMALL_BASE


def test_a_mean_needs_answers(vocabulary):
    version = version_of(MeasureFactory(kind="mean"))
    few, many = (
        ObservationFactory(measure_version=version, denominator=count, outcomes=None, mean="4.1", unit="responses")
        for count in (4, 25)
    )
    shown = disclose([few, many], audience=PUBLIC)
    assert (shown.value(few), shown.value(many)) == (None, 4.1)


@pytest.fixture
def uncounted(vocabulary):
    """A supplier's mean, of which nobody says how many answered."""
    supplier = SupplierFactory()
    return ObservationFactory(
        measure_version=version_of(MeasureFactory(kind="mean")),
        supplier=supplier,
        denominator=None,
        outcomes=None,
        mean="4.1",
        unit="responses",
    )


def test_a_mean_of_nobody_knows_how_many_answers_stays_inside(uncounted):
    """It cannot be shown to rest on enough: staff see it marked, the supplier its own, others and the public not at all."""
    audiences = (PUBLIC, MUNICIPALITY, supplier_audience(uncounted.supplier))
    public, staff, own = (disclose([uncounted], audience=audience) for audience in audiences)
    states = [(each.of(uncounted).state, each.value(uncounted)) for each in (public, staff, own)]
    assert states == [(State.HIDDEN, None), (State.MARKED, 4.1), (State.SHOWN, 4.1)]
    assert public.of(uncounted).reason is Reason.UNKNOWN_BASE
    assert staff.why(uncounted).startswith("Kilden oplyser ikke, hvor mange svar")
    assert public.of(uncounted, Part.BASE).state is State.SHOWN  # there is none: "–" to everybody


def test_another_supplier_does_not_see_a_mean_of_nobody_knows_how_many_answers(uncounted):
    other = ContractFactory(sharing_level=SharingLevel.NAMED)
    uncounted.framework, uncounted.lot = other.lot.framework, other.lot
    shown = disclose([uncounted], audience=supplier_audience(other.supplier))
    assert shown.of(uncounted).state is State.HIDDEN


# --- suppliers


@pytest.fixture
def lot(vocabulary):
    """Four suppliers in one lot, with the lot's total of courses."""
    vocabulary.delivery = DeliveryFactory()
    vocabulary.suppliers = [SupplierFactory(name=name) for name in ("Alfa", "Beta", "Gamma", "Delta")]
    counts = ((60, 3), (70, 20), (80, 2), (90, 30))
    place = {"lot": vocabulary.lot, "unit": "courses"}
    vocabulary.figures = [
        vocabulary.observe("job_2m", supplier=supplier, denominator=base, outcomes=count, **place)
        for supplier, (base, count) in zip(vocabulary.suppliers, counts, strict=True)
    ]
    vocabulary.total = vocabulary.observe("job_2m", denominator=300, outcomes=55, **place)
    return vocabulary


def seen_by_first(lot, level, *, others=4):
    ContractFactory(supplier=lot.suppliers[0], lot=lot.lot, sharing_level=level)
    figures = [*lot.figures[:others], lot.total]
    return disclose(figures, audience=supplier_audience(lot.suppliers[0]))


def states(lot, shown):
    return [shown.of(each).state for each in (*lot.figures, lot.total)]


def test_a_supplier_sees_its_own_small_numbers_and_nothing_of_others(lot):
    shown = seen_by_first(lot, SharingLevel.NONE)
    assert states(lot, shown) == [State.SHOWN] + 4 * [State.WITHHELD]
    assert shown.value(lot.figures[0]) == 3
    assert shown.of(lot.total).reason is Reason.NOT_SHARED


def test_pooled_shows_the_total_alone(lot):
    shown = seen_by_first(lot, SharingLevel.POOLED)
    assert states(lot, shown) == [State.SHOWN, State.WITHHELD, State.WITHHELD, State.WITHHELD, State.SHOWN]


def test_with_two_others_the_total_would_tell_each_of_them_about_the_other(lot):
    shown = seen_by_first(lot, SharingLevel.POOLED, others=3)
    assert shown.of(lot.total).reason is Reason.TOO_FEW_OTHERS


def test_unnamed_shows_each_of_the_others_but_what_is_small(lot):
    shown = seen_by_first(lot, SharingLevel.UNNAMED)
    assert shown.of(lot.figures[2]).reason is Reason.SMALL
    assert [shown.names(each) for each in lot.figures] == [True, False, False, False]
    # its own 3 protects nothing against a reader who knows it, so that another number must go with the 2
    hidden = [each.outcomes for each in lot.figures if not shown.shows(each)]
    assert hidden == [20, 2]


def test_named_shows_names_whatever_the_number_of_others(lot):
    shown = seen_by_first(lot, SharingLevel.NAMED, others=2)
    assert shown.names(lot.figures[1])
    assert shown.shows(lot.figures[1])


# --- what is public already


def test_what_is_public_already_protects_nothing(fact_sheet):
    figures = everything()
    companion = figure(figures, "education_2m", "Aktivitetsparate")
    shown = disclose(figures, audience=PUBLIC, published=[PublishedFigure(companion)])
    hidden = [each.outcomes for each in figures if not shown.shows(each)]
    assert shown.shows(companion)
    assert sorted(hidden) == [1, 9]


def test_pages_ask_with_everything_beside(fact_sheet):
    figures = everything()
    companion = figure(figures, "education_2m", "Aktivitetsparate")
    assert not disclosed([companion]).shows(companion)
