"""What the example's ceilings show."""

from __future__ import annotations

import datetime as dt

import pytest

from contracts.enums import ThresholdKind
from contracts.models import FrameworkAgreement, Spend, SpendDelivery
from contracts.queries.burn_down import burn_downs
from example.services import load

TODAY = dt.date(2026, 11, 26)


@pytest.mark.django_db
@pytest.mark.slow
def test_second_framework_nears_its_ceiling_before_it_ends() -> None:
    load()
    load()
    assert (SpendDelivery.objects.count(), Spend.objects.current().count()) == (1, 749)
    (figures,) = burn_downs(FrameworkAgreement.objects.filter(code="specialiserede"), today=TODAY)
    assert (figures.whole.spent_dkk, figures.whole.ceiling_dkk) == (48_056_000, 52_000_000)
    used_up = figures.whole.threshold(ThresholdKind.CEILING)
    assert used_up is not None
    assert (used_up.forecast.reached_in, used_up.forecast.expected_in) == (None, dt.date(2027, 4, 1))
