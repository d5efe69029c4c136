from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings

from contracts.tasks import extend_obligations
from tests.factories import ObligationFactory


@pytest.mark.django_db
def test_horizons_are_extended_every_day_and_twice_is_once() -> None:
    ObligationFactory(first_due_on=dt.date(2150, 1, 1), every_months=12)
    assert [extend_obligations(), extend_obligations()] == [1, 0]
    names = {row["task"]: row["schedule"] for row in settings.CELERY_BEAT_SCHEDULE.values()}
    assert names[extend_obligations.name] == 24 * 3600
