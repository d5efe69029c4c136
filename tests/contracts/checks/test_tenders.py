from __future__ import annotations

import datetime as dt

import pytest

from contracts.checks.tenders import check_awards, check_criteria, check_scores, check_tender_states
from contracts.enums import Phase, TenderState
from contracts.models import AwardCriterion, Bid, BidScore, Tender, TenderPhase
from contracts.services.tenders import award_tender
from records.checks import Problem
from tests.contracts.tenders import TODAY, evaluated, published, standing_still
from tests.factories import AwardCriterionFactory, ContractFactory, LotFactory

pytestmark = pytest.mark.django_db
CHECKS = (check_tender_states, check_criteria, check_scores, check_awards)


def test_what_the_services_made_has_no_problem() -> None:
    award_tender(standing_still(), on=dt.date(2027, 6, 28), today=TODAY, by=None)
    published("anden")
    assert [problem for check in CHECKS for problem in check()] == []


def test_a_state_that_does_not_follow_from_the_phases_is_found() -> None:
    held = published()
    TenderPhase.objects.filter(kind=Phase.PUBLICATION).delete()
    TenderPhase.objects.filter(kind__in=[Phase.QUESTIONS, Phase.BIDS]).delete()
    assert list(check_tender_states()) == [
        Problem(held, "Dets tilstand er “Offentliggjort”, men faserne er nået til “Under forberedelse”.")
    ]


def test_weights_of_a_published_tender_that_do_not_come_to_100_are_found() -> None:
    held = published()
    AwardCriterion.objects.filter(name="Price").update(weight_percent=30)
    assert list(check_criteria()) == [Problem(held, "Kriteriernes vægte giver 90 %, ikke 100 %. Ret dem.")]


def test_a_criterion_below_that_of_another_tender_is_found() -> None:
    strange = AwardCriterionFactory(parent=AwardCriterionFactory())
    assert [problem.record for problem in check_criteria()] == [strange]


def test_points_off_the_scale_or_on_a_strange_criterion_are_found() -> None:
    held = evaluated()
    assert list(check_scores()) == []
    Tender.objects.update(score_max=8)
    nine = BidScore.objects.get(points=9)
    quality = BidScore.objects.create(
        bid=Bid.objects.get(supplier__name="Asp"), criterion=held.criteria.get(name="Quality"), points=1
    )
    assert [problem.record for problem in check_scores()] == [nine, quality]


def test_contracts_and_lots_that_do_not_belong_to_the_tender_are_found() -> None:
    held = standing_still()
    award_tender(held, on=dt.date(2027, 6, 28), today=TODAY, by=None)
    lot, bid = held.lots.get(), Bid.objects.get(state="won")
    bid.contract, lot.lot = ContractFactory(), LotFactory()
    bid.save()
    lot.save()
    assert [problem.record for problem in check_awards()] == [lot, bid]
    assert Tender.objects.get().state == TenderState.CONTRACTED
