"""Where a contract stands, in words and in the database."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from contracts.enums import Validity
from contracts.models import Contract
from contracts.validity import standing
from suppliers.enums import SupplierStatus
from tests.factories import ContractFactory, FrameworkAgreementFactory, LotFactory, SupplierFactory

TODAY = dt.date(2026, 6, 15)
# Days around today, so that every edge (the day before, the day itself, the day after) is met often.
NEAR = st.sampled_from([TODAY + dt.timedelta(days=days) for days in (-400, -30, -1, 0, 1, 30, 400)])
MAYBE = st.none() | NEAR
SUPPLIER = SupplierFactory.build()


def test_open_end_stays_active() -> None:
    contract = Contract(starts_on=dt.date(2020, 1, 1), **SIGNED, lot=LotFactory.build(), supplier=SUPPLIER)
    assert standing(contract, today=TODAY).state is Validity.VALID
    assert standing(contract, today=TODAY).sentence == "gyldig, uden slutdato"


SIGNED = {"signed_by_municipality_on": dt.date(2019, 12, 1), "signed_by_supplier_on": dt.date(2019, 12, 2)}


@pytest.mark.parametrize(
    ("terms", "state", "sentence"),
    [
        ({"starts_on": dt.date(2026, 7, 1)}, Validity.NOT_BEGUN, "ikke begyndt, starter 1. juli 2026"),
        ({"effective_ends_on": dt.date(2026, 5, 31)}, Validity.EXPIRED, "udløbet 31. maj 2026"),
        (
            {"effective_ends_on": dt.date(2026, 5, 31), "terminated_to": dt.date(2026, 5, 31)},
            Validity.TERMINATED,
            "opsagt til 31. maj 2026",
        ),
        (
            {"effective_ends_on": dt.date(2026, 5, 31), "run_off_ends_on": dt.date(2026, 11, 30)},
            Validity.RUN_OFF,
            "udløbet 31. maj 2026; begyndte forløb slutter senest 30. november 2026",
        ),
        ({"signed_by_supplier_on": None}, Validity.UNSIGNED, "ikke underskrevet af leverandøren"),
        (
            {"last_referral_on": dt.date(2026, 6, 1)},
            Validity.NO_REFERRALS,
            "gyldig, ingen nye visitationer: sidste visitationsdag var 1. juni 2026",
        ),
        ({"effective_ends_on": dt.date(2026, 6, 15)}, Validity.VALID, "gyldig til 15. juni 2026"),
        (
            {"effective_ends_on": dt.date(2026, 8, 31), "terminated_to": dt.date(2026, 8, 31)},
            Validity.VALID,
            "opsagt til 31. august 2026",
        ),
    ],
)
def test_reasons_in_words(terms: dict[str, dt.date], state: Validity, sentence: str) -> None:
    contract = Contract(
        **{"starts_on": dt.date(2020, 1, 1), **SIGNED, **terms}, lot=LotFactory.build(), supplier=SUPPLIER
    )
    found = standing(contract, today=TODAY)
    assert (found.state, found.sentence) == (state, sentence)


def test_ceiling_used_up_stops_referrals_only() -> None:
    lot = LotFactory.build(framework=FrameworkAgreementFactory.build(ceiling_reached_in=dt.date(2026, 4, 1)))
    contract = Contract(starts_on=dt.date(2020, 1, 1), **SIGNED, lot=lot, supplier=SUPPLIER)
    found = standing(contract, today=TODAY)
    assert (found.takes_referrals, found.sentence) == (
        False,
        "gyldig, ingen nye visitationer: rammens loft er brugt",
    )


@pytest.mark.parametrize(
    ("status", "since", "sentence"),
    [
        ("paused", TODAY, "gyldig, ingen nye visitationer: leverandørens status er “Ingen nye visitationer”"),
        ("ended", TODAY, "gyldig, ingen nye visitationer: leverandørens status er “Samarbejdet er ophørt”"),
        ("paused", TODAY + dt.timedelta(days=1), "gyldig, uden slutdato"),
        ("watched", TODAY, "gyldig, uden slutdato"),
    ],
)
def test_a_suppliers_status_stops_referrals(status: str, since: dt.date, sentence: str) -> None:
    supplier = SupplierFactory.build(status=status, status_reason="Aftalt.", status_since=since)
    contract = Contract(starts_on=dt.date(2020, 1, 1), **SIGNED, lot=LotFactory.build(), supplier=supplier)
    assert standing(contract, today=TODAY).sentence == sentence


class TestTwoForms(TestCase):
    """The rule in Python and the rule in the database are one rule."""

    @given(
        starts_on=NEAR,
        effective_ends_on=MAYBE,
        run_off_ends_on=MAYBE,
        terminated_to=MAYBE,
        last_referral_on=MAYBE,
        signed=st.tuples(MAYBE, MAYBE),
        framework=st.tuples(MAYBE, MAYBE),
        lot_ceiling=MAYBE,
        status=st.sampled_from(SupplierStatus),
        since=NEAR,
    )
    def test_agree(
        self,
        starts_on: dt.date,
        effective_ends_on: dt.date | None,
        run_off_ends_on: dt.date | None,
        terminated_to: dt.date | None,
        last_referral_on: dt.date | None,
        signed: tuple[dt.date | None, dt.date | None],
        framework: tuple[dt.date | None, dt.date | None],
        lot_ceiling: dt.date | None,
        status: SupplierStatus,
        since: dt.date,
    ) -> None:
        effective, ceiling = framework
        lot = LotFactory(
            framework=FrameworkAgreementFactory(effective_ends_on=effective, ceiling_reached_in=ceiling),
            ceiling_reached_in=lot_ceiling,
        )
        is_terminated = terminated_to is not None
        contract = ContractFactory(
            lot=lot,
            supplier=SupplierFactory(status=status, status_reason="Aftalt.", status_since=since),
            starts_on=starts_on,
            effective_ends_on=effective_ends_on,
            run_off_ends_on=run_off_ends_on,
            terminated_to=terminated_to,
            notice_given_on=dt.date(2020, 1, 1) if is_terminated else None,
            notice_given_by="supplier" if is_terminated else "",
            last_referral_on=last_referral_on if last_referral_on and last_referral_on >= starts_on else None,
            signed_by_municipality_on=signed[0],
            signed_by_supplier_on=signed[1],
        )
        row = (
            Contract.objects.select_related("lot__framework", "supplier").with_validity(today=TODAY).get(pk=contract.pk)
        )
        assert row.validity == standing(row, today=TODAY).state


@pytest.mark.django_db
def test_lists_keep_what_is_in_force() -> None:
    open_end, expired = ContractFactory(), ContractFactory(ends_on=dt.date(2026, 5, 31))
    assert list(Contract.objects.in_force(today=TODAY)) == [open_end]
    assert list(Contract.objects.standing_in([Validity.EXPIRED], today=TODAY)) == [expired]
