import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from results.models import Delivery, MeasureVersion, Observation
from results.models.observation import AppendOnlyError
from results.services import withdraw_delivery
from tests.factories import (
    BenefitGroupFactory,
    DeliveryFactory,
    LotFactory,
    MeasureVersionFactory,
    ObservationFactory,
    SupplierFactory,
)


def live_ids(**options):
    return set(Delivery.objects.live(**options).values_list("pk", flat=True))


def test_days_in_names_are_written_out(db):
    delivery = DeliveryFactory(source="DREAM", extracted_on=dt.date(2026, 11, 22), file_name="tal.csv")
    assert str(delivery) == "DREAM, 22. november 2026 (tal.csv)"
    figure = ObservationFactory(period_start=dt.date(2022, 5, 1), period_end=dt.date(2022, 7, 31))
    assert str(figure) == f"{figure.measure_version}, 1. maj 2022 – 31. juli 2022"


# --- which deliveries are live


def test_a_validated_delivery_is_live(db):
    delivery = DeliveryFactory()
    assert live_ids() == {delivery.pk}


def test_an_unvalidated_one_only_when_asked(db):
    draft = DeliveryFactory(is_validated=False)
    assert live_ids() == set()
    assert live_ids(include_unvalidated=True) == {draft.pk}


def test_a_replaced_one_is_not_live_and_a_replacement_replaces_what_was_replaced(db):
    first = DeliveryFactory()
    second = DeliveryFactory(supersedes=first)
    third = DeliveryFactory(supersedes=second)
    assert live_ids() == {third.pk}


def test_withdrawing_the_replacement_brings_the_old_one_back(officer):
    first = DeliveryFactory()
    second = DeliveryFactory(supersedes=first)
    withdraw_delivery(second, reason="Forkert", by=officer)
    assert live_ids() == {first.pk}


def test_withdrawing_the_middle_of_a_chain_changes_nothing(officer):
    first = DeliveryFactory()
    second = DeliveryFactory(supersedes=first)
    third = DeliveryFactory(supersedes=second)
    withdraw_delivery(second, reason="Forkert", by=officer)
    assert live_ids() == {third.pk}


def test_an_unvalidated_replacement_replaces_only_for_those_who_ask(db):
    first = DeliveryFactory()
    draft = DeliveryFactory(supersedes=first, is_validated=False)
    assert live_ids() == {first.pk}
    assert live_ids(include_unvalidated=True) == {draft.pk}


# --- what the database holds to


def refuses(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_same_file_is_live_once(officer):
    first = DeliveryFactory(sha256="a" * 64)
    refuses(lambda: DeliveryFactory(sha256="a" * 64))
    withdraw_delivery(first, reason="Forkert", by=officer)
    DeliveryFactory(sha256="a" * 64)


@pytest.mark.parametrize("fields", [{"withdrawal_reason": "x"}, {"withdrawn_at": "2024-01-01T12:00Z"}])
def test_a_withdrawal_says_when_by_whom_and_why(db, fields):
    refuses(lambda: DeliveryFactory(**fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"denominator": 5, "outcomes": 6},
        {"denominator": None, "outcomes": 6},
        {"denominator": None, "outcomes": None},
        {"period_end": "2021-12-31"},
    ],
)
def test_an_observation_holds_together(db, fields):
    refuses(lambda: ObservationFactory(**fields))


def test_a_lot_without_its_framework(db):
    lot = LotFactory()
    refuses(lambda: ObservationFactory(lot=lot))
    ObservationFactory(lot=lot, framework=lot.framework)


def test_a_figure_stands_once_in_a_delivery_also_where_dimensions_are_all(db):
    first = ObservationFactory()
    same = {"delivery": first.delivery, "measure_version": first.measure_version}
    refuses(lambda: ObservationFactory(**same))
    ObservationFactory(**same, benefit_group=BenefitGroupFactory())
    ObservationFactory(**same, supplier=SupplierFactory())
    ObservationFactory(measure_version=first.measure_version)


def test_observations_are_append_only(db):
    observation = ObservationFactory()
    observation.outcomes = 1
    for change in (
        observation.save,
        observation.delete,
        lambda: Observation.objects.update(outcomes=1),
        lambda: Observation.objects.all().delete(),
    ):
        with pytest.raises(AppendOnlyError):
            change()
    assert Observation.objects.get().outcomes == 40


@pytest.mark.parametrize("make", [MeasureVersionFactory, BenefitGroupFactory])
def test_validity_ends_after_it_begins(db, make):
    refuses(lambda: make(valid_from="2022-01-01", valid_to="2021-01-01"))


def test_a_version_code_is_unique_in_its_measure(db):
    version = MeasureVersionFactory()
    twin = MeasureVersion(measure=version.measure, code=version.code, valid_from="2020-01-01")
    with pytest.raises(ValidationError):
        twin.full_clean()


# --- who sees what


def test_figures_are_for_the_municipality(reader, supplier_user):
    ObservationFactory()
    for model in (Observation, Delivery, MeasureVersion):
        assert model.objects.visible_to(reader).count() == 1
        assert model.objects.visible_to(supplier_user).count() == 0
