"""The month of a ceiling follows the spend, the ceiling itself, and contracts and lots that are moved."""

import datetime as dt

import pytest
from django.urls import reverse

from contracts.checks import CHECKS
from contracts.models import FrameworkAgreement, Lot
from contracts.services import save_contract, save_framework, save_lot
from contracts.services.ceilings import refresh_ceilings
from notifications.enums import NoticeState
from notifications.models import Notice
from tests.factories import ContractFactory, FrameworkAgreementFactory, LotFactory, SpendFactory

JANUARY, FEBRUARY = dt.date(2026, 1, 1), dt.date(2026, 2, 1)


@pytest.fixture
def contract(db):
    lot = LotFactory(framework=FrameworkAgreementFactory(ceiling_dkk=300), ceiling_dkk=100)
    contract = ContractFactory(lot=lot)
    SpendFactory(contract=contract, month=JANUARY, amount_dkk=200)
    SpendFactory(contract=contract, month=FEBRUARY, amount_dkk=200)
    refresh_ceilings(lot.framework, by=None)
    return contract


def reached():
    return {
        **{lot.code: lot.ceiling_reached_in for lot in Lot.objects.all()},
        **{framework.code: framework.ceiling_reached_in for framework in FrameworkAgreement.objects.all()},
    }


def problems():
    return [(problem.record, problem.message) for check in CHECKS for problem in check()]


def test_refresh_writes_history_only_when_something_changed(contract, officer):
    lot, framework = contract.lot, contract.lot.framework
    assert reached() == {lot.code: JANUARY, framework.code: FEBRUARY}
    count = framework.history.count()
    refresh_ceilings(framework, by=officer)
    assert framework.history.count() == count


def test_a_ceiling_that_changes_moves_its_month(contract, officer):
    framework = contract.lot.framework
    framework.ceiling_dkk = 200
    save_framework(framework, by=officer)
    lot = Lot.objects.get()
    lot.ceiling_dkk = None
    save_lot(lot, by=officer)
    assert reached() == {lot.code: None, framework.code: JANUARY}
    assert problems() == []


def test_a_contract_that_is_moved_takes_its_spend_along(contract, officer):
    other = LotFactory(framework=FrameworkAgreementFactory(ceiling_dkk=150), ceiling_dkk=400)
    old = contract.lot
    contract.lot = other
    save_contract(contract, by=officer)
    assert reached() == {old.code: None, old.framework.code: None, other.code: FEBRUARY, other.framework.code: JANUARY}
    assert problems() == []


def test_a_lot_that_is_moved_takes_its_spend_along(contract, officer):
    other = FrameworkAgreementFactory(ceiling_dkk=150)
    lot, old = contract.lot, contract.lot.framework
    lot.framework = other
    save_lot(lot, by=officer)
    assert reached() == {lot.code: JANUARY, old.code: None, other.code: JANUARY}
    assert problems() == []


def test_check_data_finds_a_ceilings_month_that_is_another(contract):
    FrameworkAgreement.objects.update(ceiling_reached_in=None)
    (found,) = problems()
    assert found[0] == FrameworkAgreement.objects.get()
    assert "februar 2026" in found[1]


def test_check_data_finds_rows_that_count_wrongly(contract):
    row = contract.spend.get(month=FEBRUARY)
    newer = SpendFactory(contract=contract, month=FEBRUARY, is_current=False)
    withdrawn = SpendFactory(
        contract=contract, month=dt.date(2026, 3, 1), amount_dkk=0, delivery__withdrawal_reason="x"
    )
    withdrawn.delivery.withdrawn_at = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
    withdrawn.delivery.save()
    assert [record for record, _message in problems()] == [row, withdrawn, newer]


# --- people are told


def test_those_who_work_with_the_framework_are_told_once_and_until_it_is_free_again(
    contract, officer, django_user_model
):
    framework = contract.lot.framework
    framework.responsible = officer
    framework.save()
    Notice.objects.all().delete()
    FrameworkAgreement.objects.update(ceiling_reached_in=None)
    refresh_ceilings(framework, by=None)
    refresh_ceilings(framework, by=None)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.state) == (officer, "contracts.ceiling", NoticeState.OPEN)
    assert notice.url == reverse("contracts:burn_down", args=[framework.pk])
    framework.ceiling_dkk = 10_000
    save_framework(framework, by=officer)
    notice.refresh_from_db()
    assert notice.state == NoticeState.RESOLVED
