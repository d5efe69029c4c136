from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from contracts.enums import Phase, TenderState
from contracts.models import Bid, BidPrice, Contract, ContractPrice, FrameworkAgreement, Lot, Tender
from contracts.queries.awards import award_plan
from contracts.services.tenders import (
    award_tender,
    choose_winners,
    link_award,
    save_bid,
    save_tender,
    save_tender_lot,
)
from tests.contracts.tenders import TODAY, bring_to, evaluated, published, score, standing_still, with_bid, with_lot
from tests.factories import (
    ContractFactory,
    DecisionFactory,
    FrameworkAgreementFactory,
    LotFactory,
    ServiceFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 6, 28)


def award(held, **named):
    return award_tender(held, on=DAY, today=TODAY, by=None, **named)


def refusal_of(held, **named):
    with pytest.raises(ValidationError) as refusal:
        award(held, **named)
    return refusal.value.messages


def made() -> list[int]:
    return [model.objects.count() for model in (FrameworkAgreement, Lot, Contract)]


def test_winning_bids_become_contracts(officer):
    predecessor, decision = FrameworkAgreementFactory(), DecisionFactory()
    held = evaluated(
        predecessor_framework=predecessor,
        ceiling_dkk=12_000_000,
        responsible=officer,
        f2_case_number="2026 - 4410",
    )
    save_tender(held, related={"decisions": [decision], "meetings": []}, by=None)
    lot, group, service = held.lots.get(), TargetGroupFactory(), ServiceFactory()
    save_tender_lot(lot, related={"target_groups": [group], "services": [service]}, by=None)
    birk = Bid.objects.get(supplier__name="Birk")
    birk.prices.set([BidPrice(service=service, unit="pr. uge", price_dkk=1200)])
    save_bid(birk, by=None)
    choose_winners(held, winners=[birk.pk], by=None)
    bring_to(held, Phase.STANDSTILL)

    award_tender(held, on=DAY, today=TODAY, by=officer)

    held.refresh_from_db()
    assert held.state == TenderState.CONTRACTED
    framework = held.framework
    assert (framework.code, framework.starts_on, framework.ends_on, framework.effective_ends_on) == (
        "beskaeftigelse-2027",
        dt.date(2027, 10, 1),
        dt.date(2029, 9, 30),
        dt.date(2029, 9, 30),
    )
    assert (framework.ceiling_dkk, framework.responsible, framework.predecessor, framework.decision) == (
        12_000_000,
        officer,
        predecessor,
        decision,
    )
    assert list(framework.options.values_list("number", "length_months", "state")) == [(1, 12, "open"), (2, 12, "open")]
    contract = Contract.objects.get()
    assert (contract.number, contract.supplier.name, contract.value_dkk, contract.notice_months) == (
        "beskaeftigelse-2027-a-1",
        "Birk",
        Decimal(950_000),
        6,
    )
    assert (contract.lot.code, contract.lot.framework, contract.starts_on, contract.ends_on) == (
        "a",
        framework,
        dt.date(2027, 10, 1),
        dt.date(2029, 9, 30),
    )
    assert (list(contract.lot.target_groups.all()), list(contract.lot.services.all())) == ([group], [service])
    assert contract.options.count() == 2
    assert list(contract.prices.values_list("service", "unit", "price_dkk")) == [(service.pk, "pr. uge", 1200)]
    assert contract.history.get().history_user == officer
    assert Bid.objects.get(supplier__name="Birk").contract == contract
    assert (held.phases.get(kind=Phase.AWARD).ended_on, held.phases.get(kind=Phase.CONTRACT).started_on) == (DAY, DAY)


def test_doing_it_twice_makes_nothing_twice():
    held = standing_still()
    award(held)
    before = made()
    again = award(held)
    assert made() == before == [1, 1, 1]
    assert again.is_made


def test_numbers_and_values_are_as_people_write_them():
    held = standing_still()
    birk = Bid.objects.get(supplier__name="Birk")
    award(held, numbers={birk.pk: " K 2027/14 "}, values={birk.pk: None})
    contract = Contract.objects.get()
    assert (contract.number, contract.value_dkk) == ("K 2027/14", None)


def test_lots_have_their_own_terms_where_they_say_so():
    held = standing_still()
    lot = held.lots.get()
    lot.starts_on, lot.ends_on, lot.option_count, lot.notice_months = dt.date(2028, 1, 1), dt.date(2028, 12, 31), 0, 3
    save_tender_lot(lot, by=None)
    award(held)
    contract = Contract.objects.get()
    assert (contract.starts_on, contract.ends_on, contract.options.count(), contract.notice_months) == (
        dt.date(2028, 1, 1),
        dt.date(2028, 12, 31),
        0,
        3,
    )
    assert (held.lots.get().lot.framework.starts_on, held.lots.get().lot.framework.options.count()) == (
        dt.date(2028, 1, 1),
        2,
    )


def test_an_open_end_is_legal():
    held = standing_still(contracts_end_on=None, option_count=None, option_months=None)
    award(held)
    assert (Contract.objects.get().ends_on, FrameworkAgreement.objects.get().ends_on) == (None, None)


def test_a_framework_that_is_there_gets_the_lots():
    framework = FrameworkAgreementFactory(code="gammel")
    held = standing_still()
    held.framework = framework
    save_tender(held, by=None)
    award(held)
    assert Lot.objects.get().framework == framework
    assert made() == [1, 1, 1]


def test_a_lot_without_a_winner_is_not_made():
    held = published()
    with_lot(held, "b")
    birk = with_bid(held.lots.get(code="a"), "Birk")
    held = bring_to(held, Phase.EVALUATION)
    score(birk, 5, 5, 5)
    choose_winners(held, winners=[birk.pk], by=None)
    bring_to(held, Phase.STANDSTILL)
    plan = award(held)
    assert [lot.code for lot in plan.lots] == ["a"]
    assert [lot.code for lot in plan.without_winner] == ["b"]
    assert made() == [1, 1, 1]


def test_the_standstill_is_waited_for():
    held = standing_still()
    with pytest.raises(ValidationError, match="Standstill slutter 24. juni 2027"):
        award_tender(held, on=dt.date(2027, 6, 24), today=TODAY, by=None)
    assert Tender.objects.get().state == TenderState.STANDSTILL


def test_without_winners_there_is_nothing_to_make():
    assert refusal_of(evaluated())[0].startswith("“Tildeling” kan ikke begynde, fordi “Standstill” ikke er begyndt.")


def test_what_is_missing_is_said_and_nothing_is_made():
    held = standing_still(contracts_start_on=None, contracts_end_on=None)
    FrameworkAgreementFactory(code=held.code)
    first, *rest = refusal_of(held)
    assert first.startswith("En anden rammeaftale har allerede koden “beskaeftigelse-2027”.")
    assert rest == [
        "a Område a: skriv, hvornår kontrakterne begynder, på området eller på udbuddet.",
        "a Område a: uden en slutdato er der intet at forlænge. Skriv slutdatoen, eller fjern optionerne.",
    ]
    assert made() == [1, 0, 0]
    assert Tender.objects.get().state == TenderState.STANDSTILL


def test_a_number_that_is_taken_is_refused():
    held = standing_still()
    other = ContractFactory(number="K-1").lot.framework
    assert refusal_of(held, numbers={Bid.objects.get(supplier__name="Birk").pk: "K-1"}) == [
        "Birk: en anden kontrakt har allerede nummeret K-1. Vælg et andet."
    ]
    assert list(FrameworkAgreement.objects.all()) == [other]


def test_two_contracts_do_not_share_a_number():
    held = evaluated()
    lot = held.lots.get()
    lot.suppliers_wanted = 2
    save_tender_lot(lot, by=None)
    bids = list(lot.bids.values_list("pk", flat=True))
    choose_winners(held, winners=bids, by=None)
    bring_to(held, Phase.STANDSTILL)
    assert "brugt to gange" in refusal_of(held, numbers=dict.fromkeys(bids, "K-1"))[0]
    assert "for langt" in refusal_of(held, numbers={bids[0]: "K" * 41})[0]
    award(held)
    assert sorted(Contract.objects.values_list("number", flat=True)) == [
        "beskaeftigelse-2027-a-1",
        "beskaeftigelse-2027-a-2",
    ]


def test_a_code_that_another_framework_uses_is_told_apart():
    LotFactory(code="a")
    held = standing_still()
    assert [lot.code for lot in award_plan(held).lots] == ["beskaeftigelse-2027-a"]
    award(held)
    assert held.lots.get().lot.code == "beskaeftigelse-2027-a"


def test_what_the_contract_itself_refuses_is_named_and_nothing_is_made():
    held = standing_still()
    birk = Bid.objects.get(supplier__name="Birk")
    birk.prices.set([BidPrice(service=ServiceFactory(), unit="", price_dkk=1)])
    birk.save()  # past the service, which would have refused it
    assert refusal_of(held)[0].startswith("Birk: ")
    assert made() == [0, 0, 0]
    assert not ContractPrice.objects.exists()


def test_the_plan_is_read_in_as_many_queries_however_much_is_made(django_assert_num_queries):
    held = standing_still()
    with django_assert_num_queries(6):
        award_plan(held)
    held = evaluated("anden")
    for code in ("b", "c"):
        lot = with_lot(held, code)
        score(with_bid(lot, code.upper()), 5, 5, 5)
    choose_winners(
        held,
        winners=Bid.objects.filter(tender_lot__tender=held).exclude(supplier__name="Asp").values_list("pk", flat=True),
        by=None,
    )
    with django_assert_num_queries(6):
        assert len(award_plan(held).contracts) == 3


def test_a_tender_that_is_entered_afterwards_points_at_what_it_led_to():
    held = standing_still()
    birk = Bid.objects.get(supplier__name="Birk")
    contract = ContractFactory(supplier=birk.supplier)
    link_award(
        held,
        framework=contract.lot.framework,
        lots={birk.tender_lot_id: contract.lot},
        contracts={birk.pk: contract},
        on=DAY,
        today=TODAY,
        by=None,
    )
    held.refresh_from_db()
    birk.refresh_from_db()
    assert (held.state, held.framework, birk.contract, made()) == (
        TenderState.CONTRACTED,
        contract.lot.framework,
        contract,
        [1, 1, 1],
    )


def test_a_contract_of_somebody_else_is_not_what_a_bid_led_to():
    held = standing_still()
    birk = Bid.objects.get(supplier__name="Birk")
    contract = ContractFactory()
    days = {"on": DAY, "today": TODAY, "by": None}
    where = {"framework": contract.lot.framework, "lots": {birk.tender_lot_id: contract.lot}}
    with pytest.raises(ValidationError, match="en anden leverandør"):
        link_award(held, **where, contracts={birk.pk: contract}, **days)
    with pytest.raises(ValidationError, match="har ingen kontrakt"):
        link_award(held, **where, contracts={}, **days)
    assert Tender.objects.get().state == TenderState.STANDSTILL
