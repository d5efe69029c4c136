"""Export → import changes nothing, whatever is registered."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from contracts.enums import AmendmentState, OptionState, Party, PriceRegulation, RetenderStrategy, SharingLevel
from contracts.models import Contract, FrameworkAgreement, Lot
from contracts.services import save_contract, save_framework
from contracts.services.workbook import import_contracts, plan_import
from contracts.workbook.exporting import register_workbook, template_workbook
from suppliers.models import Supplier
from tests.factories import (
    AmendmentFactory,
    ContractFactory,
    ContractOptionFactory,
    ContractPriceFactory,
    DecisionFactory,
    FrameworkAgreementFactory,
    FrameworkOptionFactory,
    LotFactory,
    LotPriceFactory,
    ServiceFactory,
    SupplierFactory,
    TargetGroupFactory,
    UserFactory,
)

# What a spreadsheet program could misunderstand, and what a workbook drops or writes in its own way.
TEXTS = st.one_of(
    st.sampled_from(
        ["=1+1", "-A1", "+45 70 20 30 40", "@SUM(A1)", "- kun jobcenter 2", "'citat", "_x000D_", "1/2", "007", "12,5",
         "Første linje\r\nanden linje", "  mellemrum  ", "a\N{NO-BREAK SPACE}b", "#REF!x", "<b>&", "EKSEMPLER", "Nej"]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40),
)  # fmt: skip
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))
AMOUNTS = st.one_of(st.none(), st.decimals(0, 10**11 - 1, places=2), st.integers(0, 10**11 - 1).map(Decimal))
COUNTS = st.one_of(st.none(), st.integers(0, 120))


def no_cpr(text: str) -> bool:
    from records.sheets.personal import has_cpr

    return not has_cpr(text)


NOTES = TEXTS.filter(no_cpr)


@st.composite
def periods(draw: st.DrawFn) -> dict:
    start = draw(DAYS)
    end = draw(st.one_of(st.none(), st.integers(0, 4000).map(lambda days: start + dt.timedelta(days=days))))
    return {"starts_on": start, "ends_on": end}


@st.composite
def contract_terms(draw: st.DrawFn) -> dict:
    terms = draw(periods())
    start = terms["starts_on"]
    notice = draw(st.one_of(st.none(), st.integers(0, 500)))
    if notice is not None:
        given_on = start + dt.timedelta(days=notice)
        terms |= {
            "notice_given_on": given_on,
            "notice_given_by": draw(st.sampled_from(Party.values)),
            "terminated_to": given_on + dt.timedelta(days=draw(st.integers(0, 400))),
        }
    return terms | {
        "value_dkk": draw(AMOUNTS),
        "notice_months": draw(COUNTS),
        "notice_to_month_end": draw(st.booleans()),
        "last_referral_on": draw(st.one_of(st.none(), st.just(start))),
        "run_off_months": draw(COUNTS),
        "expected_referrals_per_year": draw(COUNTS),
        "sharing_level": draw(st.sampled_from(SharingLevel.values)),
        "f2_case_number": "2023 - 7083",
        "note": draw(NOTES),
    }


@st.composite
def framework_terms(draw: st.DrawFn) -> dict:
    return draw(periods()) | {
        "name": "R" + draw(NOTES),
        "ceiling_dkk": draw(AMOUNTS),
        "estimated_value_dkk": draw(AMOUNTS),
        "retender_threshold_percent": draw(st.integers(1, 50)),
        "stop_threshold_percent": draw(st.integers(50, 100)),
        "price_regulation": draw(st.sampled_from(PriceRegulation.values)),
        "retender_strategy": draw(st.sampled_from(RetenderStrategy.values)),
        "retender_plan": draw(NOTES),
        "note": draw(NOTES),
    }


class TestRoundTrip(TestCase):
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(
        frameworks=st.lists(framework_terms(), min_size=1, max_size=2),
        contracts=st.lists(contract_terms(), max_size=3),
        names=st.lists(NOTES, min_size=1, max_size=2),
        amount=st.decimals(-(10**9), 10**9, places=2),
    )
    def test_everything_comes_back_as_it_was(self, frameworks, contracts, names, amount) -> None:
        officer = UserFactory(is_superuser=True)
        made = [FrameworkAgreementFactory(**terms, responsible=officer) for terms in frameworks]
        made[0].people.set([officer, UserFactory()])
        lots = [LotFactory(framework=framework, ceiling_dkk=10_000_000, note=names[0]) for framework in made]
        lots[0].target_groups.set([TargetGroupFactory(), TargetGroupFactory()])
        lots[0].services.set([ServiceFactory()])
        earlier = None
        for number, terms in enumerate(contracts):
            supplier = SupplierFactory(name="L" + names[0], note=names[-1])
            contract = ContractFactory(**terms, supplier=supplier, lot=lots[number % len(lots)], predecessor=earlier)
            earlier = save_contract(contract, by=None)
            AmendmentFactory(
                contract=contract, number=1, value_dkk=amount, rationale="B" + names[0], effective_on=terms["starts_on"]
            )
            ContractPriceFactory(contract=contract, unit="E" + names[0], price_dkk=abs(amount), valid_from=None)
            LotPriceFactory(lot=contract.lot, unit=f"E{number}", price_dkk=abs(amount), valid_from=terms["starts_on"])
            if terms["ends_on"]:
                ContractOptionFactory(contract=contract, number=1, decision=DecisionFactory())
        changed = plan_import(ContentFile(register_workbook(officer), name="register.xlsx")).plan
        touched = [entry for entries in changed.entries.values() for entry in entries if entry.is_touched]
        assert [(entry.table.key, entry.label, entry.changes) for entry in touched] == []
        assert changed.counts["frameworks"]["unchanged"] == len(frameworks)
        assert changed.counts["lots"]["unchanged"] == len(lots)


@pytest.mark.django_db
def test_what_is_exported_makes_the_same_register_elsewhere(officer: User) -> None:
    framework = FrameworkAgreementFactory(code="ramme", ends_on=dt.date(2024, 6, 30), retender_threshold_percent=60)
    FrameworkOptionFactory(framework=framework, number=1, state=OptionState.EXERCISED, decided_on=dt.date(2023, 1, 1))
    save_framework(FrameworkAgreement.objects.get(code="ramme"), by=officer)
    lot = LotFactory(code="omraade", framework=framework)
    group = TargetGroupFactory(code="unge")
    lot.target_groups.set([group])
    contract = ContractFactory(number="K-1", lot=lot, ends_on=dt.date(2024, 6, 30), note="=ikke en formel")
    ContractOptionFactory(contract=contract, number=1, state=OptionState.EXERCISED, decided_on=dt.date(2023, 5, 1))
    save_contract(Contract.objects.get(number="K-1"), by=officer)
    AmendmentFactory(contract=contract, number=1, state=AmendmentState.WITHDRAWN, value_dkk=-5)
    exported = register_workbook(officer)
    before = picture()
    contract.amendments.all().delete()
    for model in (Contract, Lot, FrameworkAgreement, Supplier):
        model.objects.all().delete()
    import_contracts(ContentFile(exported, name="register.xlsx"), by=officer)
    assert picture() == before


def picture() -> dict:
    """Return what is registered, without keys and times."""
    contract = Contract.objects.get()
    return {
        "framework": FrameworkAgreement.objects.values("code", "effective_ends_on", "retender_threshold_percent").get(),
        "framework_options": list(contract.lot.framework.options.values_list("number", "state", "decided_on")),
        "lot": Lot.objects.values("code", "name", "target_groups__code").get(),
        "supplier": Supplier.objects.values("cvr", "name").get(),
        "contract": Contract.objects.values("number", "effective_ends_on", "note", "lot__code", "sharing_level").get(),
        "options": list(contract.options.values_list("number", "state", "decided_on", "length_months")),
        "amendments": list(
            contract.amendments.values_list("number", "state", "value_dkk", "title", "legal_basis__code")
        ),
    }


@pytest.mark.django_db
def test_the_template_imports_nothing(officer: User) -> None:
    result = import_contracts(ContentFile(template_workbook(), name="skabelon.xlsx"), by=officer)
    assert (result.record, result.plan.counts) == (None, {})
