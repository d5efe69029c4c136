"""The meters of contracts and frameworks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from contracts.enums import AmendmentState
from contracts.models import Contract, LegalBasis
from contracts.queries.shares import CEILING, contract_meter, framework_meter, frameworks_over_share, is_over_share
from tests.factories import AmendmentFactory, ContractFactory, FrameworkAgreementFactory, LegalBasisFactory, LotFactory

IN_FORCE = {"state": AmendmentState.IN_FORCE, "signed_on": "2026-01-01"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def minor(db: None) -> LegalBasis:
    return LegalBasis.objects.get(code="bagatel")


def test_only_what_is_signed_counts(minor: LegalBasis) -> None:
    contract = ContractFactory(value_dkk=1_000_000)
    for number, state in enumerate(AmendmentState, start=1):
        AmendmentFactory(
            contract=contract, number=number, legal_basis=minor, value_dkk=50_000, state=state, signed_on="2026-01-01"
        )
    (share,) = contract_meter(contract).shares
    assert (share.used_dkk, [change.name for change in share.changes]) == (
        Decimal(100_000),
        ["ændring nr. 2", "ændring nr. 3"],
    )


def test_a_contract_without_a_value_says_what_to_fill_in() -> None:
    meter = contract_meter(ContractFactory(value_dkk=None))
    assert (
        meter.missing
        == "Kontrakten har ingen værdi, så andelen kan ikke måles. Skriv kontraktens værdi, da den blev indgået."
    )
    assert [share.percent for share in meter.shares] == [None]
    assert contract_meter(ContractFactory(value_dkk=1)).missing == ""


def test_a_frameworks_meter_has_its_contracts_amendments_in_it(minor: LegalBasis) -> None:
    framework = FrameworkAgreementFactory(estimated_value_dkk=1_000_000, ceiling_dkk=2_000_000)
    contract = ContractFactory(number="K-7", lot=LotFactory(framework=framework))
    AmendmentFactory(contract=None, framework=framework, number=1, legal_basis=minor, value_dkk=30_000, **IN_FORCE)
    AmendmentFactory(contract=contract, number=1, legal_basis=minor, value_dkk=-40_000, **IN_FORCE)
    AmendmentFactory(number=1, legal_basis=minor, value_dkk=1, **IN_FORCE)
    (share,) = framework_meter(framework).shares
    assert {change.name for change in share.changes} == {"ændring nr. 1", "kontrakt K-7, ændring nr. 1"}
    assert (share.percent, frameworks_over_share()) == (Decimal(7), set())
    AmendmentFactory(contract=contract, number=2, legal_basis=minor, value_dkk=30_001, **IN_FORCE)
    assert frameworks_over_share() == {framework.pk}


def test_a_ceiling_that_amendments_raised_is_measured_by_what_it_was(minor: LegalBasis) -> None:
    framework = FrameworkAgreementFactory(ceiling_dkk=Decimal("1100000.00"))
    AmendmentFactory(
        contract=None,
        framework=framework,
        number=1,
        legal_basis=minor,
        value_dkk=100_000,
        base_terms={CEILING: "1000000.00"},
        terms={CEILING: "1100000.00"},
        **IN_FORCE,
    )
    (share,) = framework_meter(framework).shares
    assert (share.value_dkk, share.percent, share.is_over) == (Decimal(1_000_000), Decimal(10), False)


def test_a_ceiling_that_an_amendment_brought_is_no_measure(minor: LegalBasis) -> None:
    framework = FrameworkAgreementFactory(ceiling_dkk=1_000_000)
    AmendmentFactory(contract=None, framework=framework, number=1, terms={CEILING: "1000000.00"}, **IN_FORCE)
    assert framework_meter(framework).missing.startswith("Rammeaftalen har hverken")


class TestTwoForms(TestCase):
    """The rule in Python and the rule in the database are one rule."""

    @given(
        value=st.none() | st.decimals(0, 1_000_000, places=2),
        amounts=st.lists(
            st.tuples(st.integers(0, 2), st.decimals(-100_000, 100_000, places=2), st.booleans()), max_size=5
        ),
        limits=st.tuples(st.none() | st.decimals(0, 100, places=2), st.decimals(0, 100, places=2)),
    )
    def test_agree(
        self,
        value: Decimal | None,
        amounts: list[tuple[int, Decimal, bool]],
        limits: tuple[Decimal | None, Decimal],
    ) -> None:
        bases = [
            LegalBasisFactory(limit_percent=limits[0], is_cumulative=True),
            LegalBasisFactory(limit_percent=limits[1], is_cumulative=True),
            LegalBasisFactory(limit_percent=limits[1], is_cumulative=False),
        ]
        contract = ContractFactory(value_dkk=value)
        for number, (basis, amount, is_draft) in enumerate(amounts, start=1):
            state = {"state": AmendmentState.DRAFT} if is_draft else IN_FORCE
            AmendmentFactory(contract=contract, number=number, legal_basis=bases[basis], value_dkk=amount, **state)
        contract = Contract.objects.get(pk=contract.pk)
        flagged = Contract.objects.filter(is_over_share(), pk=contract.pk).exists()
        assert flagged == bool(contract_meter(contract).over)
