"""The tenders of the example stand where their data say, and are made once."""

from __future__ import annotations

import pytest

from contracts.checks.tenders import check_awards, check_criteria, check_scores, check_tender_states
from contracts.enums import BidState, TenderState
from contracts.models import Bid, Tender
from example import people, register, tenders

pytestmark = pytest.mark.django_db


def test_one_led_to_a_framework_and_one_runs_and_both_are_made_once() -> None:
    people.load(by=None)
    register.load(by=None)
    tenders.load(by=None)
    states = dict(Tender.objects.values_list("code", "state"))
    assert states == {
        "udbud-udsatte-sygemeldte-2020": TenderState.CONTRACTED,
        "udbud-specialiserede-2027": TenderState.DRAFT,
    }
    assert Tender.objects.get(state=TenderState.CONTRACTED).framework.code == "udsatte-sygemeldte"
    assert Tender.objects.get(state=TenderState.DRAFT).predecessor_framework.code == "specialiserede"
    won = Bid.objects.filter(state=BidState.WON)
    assert (won.count(), won.filter(contract__isnull=True).count()) == (8, 0)
    checks = (check_tender_states, check_criteria, check_scores, check_awards)
    assert [problem for check in checks for problem in check()] == []

    before = Tender.history.count()
    tenders.load(by=None)
    assert Tender.history.count() == before
