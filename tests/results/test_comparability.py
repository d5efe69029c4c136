import pytest

from results.comparability import why_not_comparable
from tests.factories import DeliveryFactory, MeasureVersionFactory, ObservationFactory, SupplierFactory


@pytest.fixture
def figure(db):
    return ObservationFactory()


def test_same_definition_and_status_may_be_compared(figure):
    other = ObservationFactory(measure_version=figure.measure_version, supplier=SupplierFactory())
    assert why_not_comparable(figure, other) is None


def test_another_measure(figure):
    other = ObservationFactory()
    reason = why_not_comparable(figure, other)
    assert figure.measure_version.measure.name in reason
    assert other.measure_version.measure.name in reason


def test_another_definition(figure):
    other = ObservationFactory(
        measure_version=MeasureVersionFactory(measure=figure.measure_version.measure, code="2024")
    )
    assert "2024" in why_not_comparable(figure, other)


def test_another_unit(figure):
    other = ObservationFactory(measure_version=figure.measure_version, unit="courses")
    assert other.get_unit_display() in why_not_comparable(figure, other)


def test_another_validation_status(figure):
    other = ObservationFactory(measure_version=figure.measure_version, delivery=DeliveryFactory(is_validated=False))
    assert why_not_comparable(figure, other) == why_not_comparable(other, figure)
    assert why_not_comparable(figure, other).endswith(".")
