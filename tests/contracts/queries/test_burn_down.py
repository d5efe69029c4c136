import datetime as dt
from decimal import Decimal

import pytest

from contracts.burn_down import MonthSpend
from contracts.enums import ThresholdKind
from contracts.forecast import Outcome
from contracts.models import FrameworkAgreement
from contracts.queries.burn_down import burn_down, burn_downs
from tests.factories import ContractFactory, FrameworkAgreementFactory, LotFactory, SpendFactory

TODAY = dt.date(2026, 6, 15)


def month(number):
    return dt.date(2026, number, 1)


@pytest.fixture
def framework(db):
    """A framework of 1,000 with two lots; nothing was reported for March, and June is not over."""
    framework = FrameworkAgreementFactory(ceiling_dkk=1000, retender_threshold_percent=20, stop_threshold_percent=90)
    first = LotFactory(framework=framework, code="1", ceiling_dkk=300)
    second = LotFactory(framework=framework, code="2")
    LotFactory(framework=framework, code="3")
    one, other, third = ContractFactory(lot=first), ContractFactory(lot=first), ContractFactory(lot=second)
    for number in (1, 2, 4, 5, 6, 7):
        SpendFactory(contract=one, month=month(number), amount_dkk=50, referrals=1)
    SpendFactory(contract=other, month=month(2), amount_dkk=Decimal("0.50"), referrals=None)
    SpendFactory(contract=other, month=month(1), amount_dkk=999, is_current=False)
    SpendFactory(contract=third, month=month(4), amount_dkk=100, referrals=None)
    return framework


def test_a_framework_and_its_lots(framework):
    found = burn_down(framework, today=TODAY)
    assert found.whole.months == (
        MonthSpend(month(1), Decimal(50), 1),
        MonthSpend(month(2), Decimal("50.50"), 1),
        MonthSpend(month(4), Decimal(150), 1),
        MonthSpend(month(5), Decimal(50), 1),
        MonthSpend(month(6), Decimal(50), 1),
    )
    assert (found.whole.spent_dkk, found.whole.share, found.whole.left_dkk) == (
        Decimal("350.50"),
        Decimal("0.3505"),
        Decimal("649.50"),
    )
    assert (found.whole.referrals, found.whole.missing, found.whole.last_month) == (5, (month(3),), month(6))
    first, second, third = found.lots
    assert (first.spent_dkk, first.referrals, first.share) == (Decimal("250.50"), 5, Decimal("250.50") / 300)
    assert second.months == tuple(MonthSpend(month(n), Decimal(100 if n == 4 else 0), None) for n in (4, 5, 6))
    assert (second.spent_dkk, second.share, second.thresholds, second.referrals) == (100, None, (), None)
    assert (third.spent_dkk, third.months, third.last_month) == (None, (), None)
    assert [each.agreement.code for each in found.all] == [framework.code, "1", "2", "3"]


def test_thresholds_are_observed_or_forecast(framework):
    whole = burn_down(framework, today=TODAY).whole
    assert [(each.kind, each.limit_dkk, each.forecast.outcome, each.forecast.month) for each in whole.thresholds] == [
        (ThresholdKind.RETENDER, 200, Outcome.REACHED, month(4)),
        (ThresholdKind.STOP_REFERRALS, 900, Outcome.EXPECTED, dt.date(2027, 1, 1)),
        (ThresholdKind.CEILING, 1000, Outcome.EXPECTED, dt.date(2027, 3, 1)),
    ]
    assert whole.threshold(ThresholdKind.CEILING).percent == 100
    assert whole.pace.spent_dkk == Decimal("300.50")  # without June


def test_lines_add_up(framework):
    lines = burn_down(framework, today=TODAY).whole.lines
    assert [(line.month, line.spent_dkk, line.is_complete) for line in lines][-2:] == [
        (month(5), Decimal("300.50"), True),
        (month(6), Decimal("350.50"), False),
    ]


def test_passed_and_without_figures(framework):
    framework.ceiling_dkk = 100
    framework.save()
    SpendFactory(contract__lot__framework=FrameworkAgreementFactory())
    empty = FrameworkAgreementFactory(ceiling_dkk=100)
    passed, nothing = burn_down(framework, today=TODAY).whole, burn_down(empty, today=TODAY).whole
    assert (passed.is_over, passed.left_dkk) == (True, Decimal("-250.50"))
    assert (nothing.is_over, nothing.spent_dkk, nothing.share, nothing.left_dkk) == (False, None, None, 100)
    assert {each.forecast.outcome for each in nothing.thresholds} == {Outcome.TOO_LITTLE}


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(db, django_assert_num_queries, count):
    for _place in range(count):
        SpendFactory.create_batch(count, contract__lot__framework=FrameworkAgreementFactory(ceiling_dkk=1))
    with django_assert_num_queries(3):
        found = burn_downs(FrameworkAgreement.objects.all(), today=TODAY)
        assert [len(each.lots) for each in found] == [count] * count
