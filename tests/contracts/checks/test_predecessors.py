"""No agreement comes before itself: the services refuse it, and the check finds it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from contracts.checks.predecessors import check_predecessors
from contracts.models import Contract, FrameworkAgreement
from contracts.services import save_contract, save_framework
from tests.factories import ContractFactory, FrameworkAgreementFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "save"), [(ContractFactory, save_contract), (FrameworkAgreementFactory, save_framework)]
)
def test_a_ring_is_refused_at_the_field_and_a_chain_is_not(factory, save) -> None:
    first = factory()
    second = factory(predecessor=first)
    third = factory(predecessor=second)
    save(third, by=None)
    first.predecessor = third
    with pytest.raises(ValidationError) as refusal:
        save(first, by=None)
    assert list(refusal.value.message_dict) == ["predecessor"]
    first.predecessor = None
    save(first, by=None)
    assert list(check_predecessors()) == []


@pytest.mark.parametrize(
    ("factory", "model"), [(ContractFactory, Contract), (FrameworkAgreementFactory, FrameworkAgreement)]
)
def test_a_ring_that_reached_the_tables_is_found(factory, model, django_assert_num_queries) -> None:
    first = factory()
    second = factory(predecessor=first)
    factory(predecessor=second)  # leads into the ring, and is no part of it
    model.objects.filter(pk=first.pk).update(predecessor=second)
    with django_assert_num_queries(3):
        assert [problem.record for problem in check_predecessors()] == [first, second]
