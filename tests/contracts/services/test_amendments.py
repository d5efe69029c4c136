"""Amendments from draft to force."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from contracts.enums import AmendmentState, OptionState
from contracts.models import Amendment, Contract, FrameworkAgreement, LegalBasis
from contracts.queries.agreed_terms import terms_of
from contracts.queries.amendments import changes_of, drift_of
from contracts.services import (
    UnconfirmedError,
    decide_option,
    put_into_force,
    resume_amendment,
    save_contract,
    save_draft,
    take_in_current_terms,
    withdraw_amendment,
)
from records.services import EditConflictError
from records.versions import current_version, entries_of
from tests.factories import (
    ContractFactory,
    ContractOptionFactory,
    ContractPriceFactory,
    FrameworkAgreementFactory,
    LotFactory,
    ServiceFactory,
    SpendFactory,
)

END, LATER = dt.date(2026, 6, 30), dt.date(2026, 12, 31)
TODAY = dt.date(2026, 4, 1)


@pytest.fixture
def contract(db: None) -> Contract:
    return ContractFactory(number="K-7", starts_on=dt.date(2024, 7, 1), ends_on=END, value_dkk=1_000_000)


@pytest.fixture
def minor(db: None) -> LegalBasis:
    return LegalBasis.objects.get(code="bagatel")


def draft_of(agreement: Any, basis: LegalBasis, *, changes: dict[str, Any] | None = None, **fields: Any) -> Amendment:
    """Return a draft that is not saved: the agreement's terms, some of them changed."""
    base = terms_of(agreement)
    owner = {"contract" if isinstance(agreement, Contract) else "framework": agreement}
    given = {"title": "Forlængelse", "rationale": "Genudbuddet er forsinket.", "effective_on": dt.date(2026, 4, 1)}
    terms = {key: value for key, value in (base | (changes or {})).items() if value is not None}
    return Amendment(**owner, **given | fields, legal_basis=basis, base_terms=base, terms=terms)


def forced(amendment: Amendment, by: User) -> Amendment:
    return put_into_force(amendment, signed_on=dt.date(2026, 3, 1), today=TODAY, by=by)


# --- drafts


def test_a_draft_gets_the_next_number_and_changes_nothing(contract: Contract, minor: LegalBasis, officer: User) -> None:
    first = save_draft(draft_of(contract, minor, changes={"contract.ends_on": LATER.isoformat()}), by=officer)
    second = save_draft(draft_of(contract, minor), reason="Ny pris", by=officer)
    assert [first.number, second.number] == [1, 2]
    contract.refresh_from_db()
    assert (contract.ends_on, contract.history.count()) == (END, 1)
    assert second.history.latest().history_change_reason == "Ny pris"
    assert [tuple(change) for change in changes_of(first)] == [
        ("Slut uden optioner", "30. juni 2026", "31. december 2026")
    ]


@pytest.mark.parametrize(
    ("changes", "fields", "place"),
    [
        ({"contract.ends_on": "2024-01-01"}, {}, "ends_on"),
        ({"contract.last_referral_on": "2024-01-01"}, {}, "last_referral_on"),
        ({}, {"effective_on": dt.date(2024, 6, 30)}, "effective_on"),
        ({}, {"effective_on": dt.date(2026, 7, 1)}, "effective_on"),
        ({"contract.ends_on": LATER.isoformat()}, {"effective_on": dt.date(2026, 7, 2)}, "effective_on"),
        ({"contract.ends_on": "2026-03-31"}, {"effective_on": dt.date(2026, 4, 1)}, "effective_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    contract: Contract, minor: LegalBasis, officer: User, changes: dict[str, Any], fields: dict[str, Any], place: str
) -> None:
    draft = draft_of(contract, minor, changes=changes, **fields)
    with pytest.raises(ValidationError) as refused:
        save_draft(draft, by=officer)
    assert [error.code or name for name, errors in refused.value.error_dict.items() for error in errors] == [place]
    assert (Amendment.objects.count(), contract.history.count()) == (0, 1)


def test_an_extension_may_take_effect_on_the_day_after_the_end(
    contract: Contract, minor: LegalBasis, officer: User
) -> None:
    day = dt.date(2026, 7, 1)
    draft = draft_of(contract, minor, changes={"contract.ends_on": LATER.isoformat()}, effective_on=day)
    assert save_draft(draft, by=officer).effective_on == day


def test_an_end_into_the_suppliers_next_contract_is_refused(
    contract: Contract, minor: LegalBasis, officer: User
) -> None:
    ContractFactory(supplier=contract.supplier, lot=contract.lot, starts_on=dt.date(2026, 7, 1))
    with pytest.raises(ValidationError, match="samme periode"):
        save_draft(draft_of(contract, minor, changes={"contract.ends_on": LATER.isoformat()}), by=officer)


def test_two_people_cannot_save_the_same_draft_over_each_other(
    contract: Contract, minor: LegalBasis, officer: User
) -> None:
    draft = save_draft(draft_of(contract, minor), by=officer)
    version = current_version(draft)
    draft.title = "Den enes"
    save_draft(draft, loaded_version=version, by=officer)
    draft.title = "Den andens"
    with pytest.raises(EditConflictError):
        save_draft(draft, loaded_version=version, by=officer)
    assert Amendment.objects.get().title == "Den enes"


def test_a_draft_is_withdrawn_and_taken_up_again(contract: Contract, minor: LegalBasis, officer: User) -> None:
    draft = save_draft(draft_of(contract, minor), by=officer)
    assert withdraw_amendment(draft, reason="Ikke enige", by=officer).state == AmendmentState.WITHDRAWN
    with pytest.raises(ValidationError, match="allerede"):
        forced(draft, officer)
    with pytest.raises(ValidationError, match="ikke længere et udkast"):
        save_draft(draft, by=officer)
    assert save_draft(draft_of(contract, minor), by=officer).number == 2
    assert resume_amendment(draft, by=officer).state == AmendmentState.DRAFT


# --- into force


def test_terms_prices_and_options_follow(contract: Contract, minor: LegalBasis, officer: User) -> None:
    contract.run_off_months = 6
    save_contract(contract, by=officer)
    old, gone = ContractPriceFactory(contract=contract), ContractPriceFactory(contract=contract)
    option = ContractOptionFactory(contract=contract, number=1)
    contract = Contract.objects.get()
    mentor = ServiceFactory(name="Mentor")
    changes = {
        "contract.ends_on": LATER.isoformat(),
        "contract.notice_months": 3,
        f"contractprice.{old.pk}": {"service": old.service_id, "unit": "pr. uge", "price_dkk": "1500.00"},
        f"contractprice.{gone.pk}": None,
        "contractprice.new-a": {"service": mentor.pk, "unit": "pr. time", "price_dkk": "425.50"},
        "contractoption.1": {"length_months": 24, "decide_months_before": 6},
        "contractoption.2": {"length_months": 12, "decide_months_before": 3},
    }
    draft = save_draft(draft_of(contract, minor, changes=changes, title="Priser og varsel"), by=officer)
    amendment = forced(draft, officer)
    contract = Contract.objects.get()
    assert (contract.ends_on, contract.effective_ends_on, contract.run_off_ends_on) == (
        LATER,
        LATER,
        dt.date(2027, 6, 30),
    )
    assert (contract.notice_months, amendment.state, amendment.signed_on) == (3, "in_force", dt.date(2026, 3, 1))
    prices = {(price.service, price.unit, price.price_dkk) for price in contract.prices.all()}
    assert prices == {(old.service, "pr. uge", Decimal("1500.00")), (mentor, "pr. time", Decimal("425.50"))}
    assert contract.prices.filter(pk=old.pk).exists()
    assert list(contract.options.values_list("number", "length_months")) == [(1, 24), (2, 12)]
    assert contract.options.get(number=1).pk == option.pk
    latest = entries_of(Contract, contract.pk)[0]
    assert (latest.reason, latest.by) == ("Ændring nr. 1: Priser og varsel", officer)
    assert "Slut uden optioner" in {change.label for change in latest.changes}


def test_terms_of_a_framework_follow(minor: LegalBasis, officer: User) -> None:
    framework = FrameworkAgreementFactory(ends_on=END, ceiling_dkk=1_000_000)
    changes = {"frameworkagreement.ends_on": LATER.isoformat(), "frameworkagreement.ceiling_dkk": "1050000.00"}
    forced(save_draft(draft_of(framework, minor, changes=changes, value_dkk=50_000), by=officer), officer)
    framework = FrameworkAgreement.objects.get()
    assert (framework.effective_ends_on, framework.ceiling_dkk) == (LATER, Decimal(1_050_000))


def test_an_amendment_that_changes_no_terms_stands_in_the_contracts_history(
    contract: Contract, minor: LegalBasis, officer: User
) -> None:
    forced(save_draft(draft_of(contract, minor, value_dkk=20_000, title="Ekstra møder"), by=officer), officer)
    assert contract.history.latest().history_change_reason == "Ændring nr. 1: Ekstra møder"


def test_what_others_changed_meanwhile_stands(contract: Contract, minor: LegalBasis, officer: User) -> None:
    draft = save_draft(draft_of(contract, minor, changes={"contract.ends_on": LATER.isoformat()}), by=officer)
    contract.notice_months = 4
    save_contract(contract, by=officer)
    assert [change.label for change in drift_of(draft).changes] == ["Opsigelsesvarsel i måneder"]
    forced(draft, officer)
    contract.refresh_from_db()
    assert (contract.notice_months, contract.ends_on) == (4, LATER)


def test_the_same_term_changed_to_something_else_is_named_and_refused(
    contract: Contract, minor: LegalBasis, officer: User
) -> None:
    draft = save_draft(draft_of(contract, minor, changes={"contract.ends_on": LATER.isoformat()}), by=officer)
    contract.ends_on = dt.date(2027, 6, 30)
    save_contract(contract, by=officer)
    with pytest.raises(ValidationError) as refused:
        forced(draft, officer)
    assert refused.value.messages == [
        (
            "“Slut uden optioner” er ændret af andre fra 30. juni 2026 til 30. juni 2027, efter at udkastet blev påbegyndt, og "
            "udkastet gør det til 31. december 2026. Opdatér udkastet, og beslut, hvad der skal gælde."
        )
    ]
    updated = take_in_current_terms(draft, by=officer)
    assert [tuple(change) for change in changes_of(updated)] == [
        ("Slut uden optioner", "30. juni 2027", "31. december 2026")
    ]
    assert forced(updated, officer).state == AmendmentState.IN_FORCE


def test_the_same_term_changed_to_the_same_is_no_conflict(contract: Contract, minor: LegalBasis, officer: User) -> None:
    draft = save_draft(draft_of(contract, minor, changes={"contract.ends_on": LATER.isoformat()}), by=officer)
    contract.ends_on = LATER
    save_contract(contract, by=officer)
    assert forced(draft, officer).state == AmendmentState.IN_FORCE


def test_an_option_that_was_decided_meanwhile_is_named(contract: Contract, minor: LegalBasis, officer: User) -> None:
    option = ContractOptionFactory(contract=contract, number=1)
    contract = Contract.objects.get()
    longer = {"contractoption.1": {"length_months": 24, "decide_months_before": 6}}
    draft = save_draft(draft_of(contract, minor, changes=longer), by=officer)
    decide_option(option, state=OptionState.EXERCISED, decided_on=dt.date(2025, 12, 1), by=officer)
    with pytest.raises(ValidationError, match="Option 1"):
        forced(draft, officer)


def test_the_day_of_signing_has_come(contract: Contract, minor: LegalBasis, officer: User) -> None:
    draft = save_draft(draft_of(contract, minor), by=officer)
    with pytest.raises(ValidationError) as refused:
        put_into_force(draft, signed_on=TODAY + dt.timedelta(days=1), today=TODAY, by=officer)
    assert list(refused.value.message_dict) == ["signed_on"]


def test_an_amendment_is_put_into_force_once(contract: Contract, minor: LegalBasis, officer: User) -> None:
    draft = save_draft(draft_of(contract, minor), by=officer)
    forced(draft, officer)
    with pytest.raises(ValidationError, match="allerede “i kraft”"):
        forced(draft, officer)


# --- warnings


def test_passing_the_share_needs_a_reason_that_is_kept(contract: Contract, minor: LegalBasis, officer: User) -> None:
    forced(save_draft(draft_of(contract, minor, value_dkk=84_000), by=officer), officer)
    draft = draft_of(contract, minor, value_dkk=-20_000)
    with pytest.raises(UnconfirmedError) as refused:
        save_draft(draft, by=officer)
    (sentence,) = (text.replace("\N{NO-BREAK SPACE}", " ") for text in refused.value.messages)
    assert sentence == (
        "Kontraktens ændringer på grundlaget “Udbudslovens § 180 Mindre ændring (bagatelgrænse)” går ud over grænsen: "
        "104.000 kr. af 1.000.000 kr. er 10,4 % – grænsen er 10 %."
    )
    draft.justification = "Kammeradvokaten har godkendt det."
    saved = save_draft(draft, by=officer)
    assert saved.history.latest().justification == "Kammeradvokaten har godkendt det."
    assert forced(saved, officer).state == AmendmentState.IN_FORCE


def test_a_reason_that_is_no_longer_needed_is_not_kept(contract: Contract, minor: LegalBasis, officer: User) -> None:
    draft = save_draft(draft_of(contract, minor, value_dkk=200_000, justification="Haster"), by=officer)
    draft.value_dkk = Decimal(50_000)
    assert save_draft(draft, by=officer).justification == ""


def test_a_share_that_others_used_meanwhile_stops_the_draft(
    contract: Contract, minor: LegalBasis, officer: User
) -> None:
    one, other = (save_draft(draft_of(contract, minor, value_dkk=60_000), by=officer) for _number in range(2))
    forced(one, officer)
    with pytest.raises(UnconfirmedError):
        forced(other, officer)
    contract.refresh_from_db()
    assert contract.amendments.get(number=2).state == AmendmentState.DRAFT


def test_a_contracts_amendment_counts_in_its_framework(minor: LegalBasis, officer: User) -> None:
    lot = LotFactory(framework=FrameworkAgreementFactory(estimated_value_dkk=1_000_000))
    contract = ContractFactory(lot=lot)
    with pytest.raises(UnconfirmedError, match="Rammeaftalens ændringer"):
        save_draft(draft_of(contract, minor, value_dkk=100_001), by=officer)


def test_a_ceiling_below_what_is_bought_is_warned_of_and_allowed(minor: LegalBasis, officer: User) -> None:
    framework = FrameworkAgreementFactory(ends_on=END, ceiling_dkk=1_000_000)
    SpendFactory(contract=ContractFactory(lot=LotFactory(framework=framework)), amount_dkk=900_000)
    draft = draft_of(framework, minor, changes={"frameworkagreement.ceiling_dkk": "800000.00"})
    with pytest.raises(UnconfirmedError, match="lavere end det, der allerede er købt for"):
        save_draft(draft, by=officer)
    draft.justification = "Aftalt med leverandørerne"
    assert save_draft(draft, by=officer).number == 1
