"""Figures of a supplier that was merged since: kept under the old id, found under the survivor."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from results.enums import Breakdown
from results.models import Observation
from results.queries import FigureRequest, results_table, single_figure, single_figures
from suppliers.models import Supplier
from suppliers.services import merge_suppliers, preview_merge
from tests.factories import (
    DeliveryFactory,
    FrameworkAgreementFactory,
    MeasureVersionFactory,
    ObservationFactory,
    SupplierFactory,
)


@pytest.fixture
def figures(officer: User) -> dict[str, Observation]:
    """One of the merged supplier alone, and in another framework one of each."""
    survivor, merged = SupplierFactory(name="Broen"), SupplierFactory(name="Broen ApS")
    version, delivery = MeasureVersionFactory(), DeliveryFactory(is_validated=True)
    alone, shared = FrameworkAgreementFactory(), FrameworkAgreementFactory()
    found = {
        name: ObservationFactory(delivery=delivery, measure_version=version, framework=framework, supplier=supplier)
        for name, framework, supplier in (
            ("inherited", alone, merged),
            ("old", shared, merged),
            ("own", shared, survivor),
        )
    }
    merge_suppliers(merged, into=survivor, reason="Samme", by=officer)
    return found


def both_ways(figure: Observation, supplier: Supplier) -> set[Observation | None]:
    measure, period = figure.measure_version.measure, figure.period
    one = single_figure(measure, period=period, framework=figure.framework, supplier=supplier)
    (other,) = single_figures([FigureRequest(measure, period, framework=figure.framework, supplier=supplier)])
    return {one, other}


def test_figures_keep_their_supplier(figures: dict[str, Observation]) -> None:
    names = {Observation.objects.get(pk=each.pk).supplier.name for each in (figures["inherited"], figures["old"])}
    assert names == {"Broen ApS"}


def test_a_figure_is_found_under_the_survivor_and_under_the_old_name(figures: dict[str, Observation]) -> None:
    survivor = Supplier.objects.get(name="Broen")
    merged = Supplier.objects.get(name="Broen ApS")
    assert both_ways(figures["inherited"], survivor) == {figures["inherited"]}
    assert both_ways(figures["inherited"], merged) == {figures["inherited"]}


def test_each_has_its_own_before_the_others(figures: dict[str, Observation]) -> None:
    assert both_ways(figures["own"], Supplier.objects.get(name="Broen")) == {figures["own"]}
    assert both_ways(figures["own"], Supplier.objects.get(name="Broen ApS")) == {figures["old"]}


def test_a_stranger_finds_nothing(figures: dict[str, Observation]) -> None:
    assert both_ways(figures["own"], SupplierFactory()) == {None}


def test_a_table_says_who_it_was_then_and_is_now(figures: dict[str, Observation]) -> None:
    own = figures["own"]
    table = results_table(
        [own.measure_version.measure], period=own.period, framework=own.framework, by=Breakdown.SUPPLIER
    )
    assert [row.label for row in table.rows] == ["Broen", "Broen ApS (nu Broen)"]


def test_the_list_of_figures_is_filtered_by_the_survivor(
    figures: dict[str, Observation], officer_client: Client
) -> None:
    survivor = Supplier.objects.get(name="Broen")
    ObservationFactory(supplier=SupplierFactory())
    shown = officer_client.get("/admin/resultater/tal/", {"supplier": survivor.pk}).context["object_list"]
    assert set(shown) == set(figures.values())


def test_the_preview_says_what_is_kept(db: None) -> None:
    observation = ObservationFactory(supplier=SupplierFactory())
    name = observation.measure_version.measure.name
    parts = preview_merge(observation.supplier, into=SupplierFactory())
    assert [(part.kept, part.kept_count) for part in parts if part.kept] == [((f"{name} (1)",), 1)]
