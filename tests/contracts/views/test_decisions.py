"""Deciding about an agreement: an option, a notice, signatures, and taking each back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from accounts.models import User
from contracts.enums import OptionState, Party
from contracts.models import Contract
from contracts.services import give_notice
from records.viewsets import address_of
from tests.factories import (
    ContractFactory,
    ContractOptionFactory,
    DecisionFactory,
    FrameworkAgreementFactory,
    FrameworkOptionFactory,
    LotFactory,
)
from tests.records.forms import posted

END = dt.date(2026, 6, 30)
CONTRACT_PAGES = [
    ("notice_give", ()),
    ("notice_take_back", ()),
    ("signatures_record", ()),
    ("contract_option_exercise", (1,)),
    ("contract_option_decline", (1,)),
    ("contract_option_reopen", (1,)),
]
FRAMEWORK_PAGES = [f"frameworkagreement_option_{verb}" for verb in ("exercise", "decline", "reopen")]


@pytest.fixture
def contract(db: None) -> Contract:
    lot = LotFactory(framework=FrameworkAgreementFactory(notice_months=6))
    contract = ContractFactory(lot=lot, starts_on=dt.date(2024, 7, 1), ends_on=END)
    ContractOptionFactory(contract=contract, number=1)
    return contract


def page(name: str, record: object, *args: object) -> str:
    return reverse(f"contracts:{name}", args=[record.pk, *args])


# --- who may


@pytest.mark.parametrize(("name", "args"), CONTRACT_PAGES)
def test_pages_open_for_those_who_may_change(
    contract: Contract,
    officer_client: Client,
    reader_client: Client,
    supplier_client: Client,
    name: str,
    args: tuple[int, ...],
) -> None:
    address = page(name, contract, *args)
    assert officer_client.get(address).status_code == 200
    for client in (reader_client, supplier_client):
        assert [client.get(address).status_code, client.post(address).status_code] == [403, 403]
    assert officer_client.delete(address).status_code == 405
    assert officer_client.get(page(name, Contract(pk=4711), *args)).status_code == 404


@pytest.mark.parametrize("name", FRAMEWORK_PAGES)
def test_pages_of_a_framework_open(officer_client: Client, reader_client: Client, name: str) -> None:
    option = FrameworkOptionFactory(framework__ends_on=END, number=1)
    assert officer_client.get(page(name, option.framework, 1)).status_code == 200
    assert officer_client.get(page(name, option.framework, 2)).status_code == 404
    assert reader_client.get(page(name, option.framework, 1)).status_code == 403


def test_the_contracts_page_leads_to_what_can_be_decided(
    contract: Contract, officer_client: Client, reader_client: Client
) -> None:
    address = reverse("contract:inspect", args=[contract.pk])
    links = [page("notice_give", contract), page("contract_option_exercise", contract, 1)]
    text = officer_client.get(address).content.decode()
    assert [link in text for link in links] == [True, True]
    text = reader_client.get(address).content.decode()
    assert [link in text for link in links] == [False, False]


# --- options


def test_option_is_exercised_by_a_decision(contract: Contract, officer_client: Client, officer: User) -> None:
    decision = DecisionFactory()
    data = {"decided_on": "2025-12-31", "decision": decision.pk, "reason": "Gode resultater"}
    response = officer_client.post(page("contract_option_exercise", contract, 1), data)
    assert response.url == address_of(contract)
    contract.refresh_from_db()
    option = contract.options.get()
    assert (option.state, option.decided_on, option.decision) == ("exercised", dt.date(2025, 12, 31), decision)
    assert contract.effective_ends_on == dt.date(2027, 6, 30)
    latest = contract.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (officer, "Gode resultater")


def test_late_option_is_refused_at_its_day(contract: Contract, officer_client: Client) -> None:
    response = officer_client.post(page("contract_option_exercise", contract, 1), {"decided_on": "2026-01-01"})
    assert response.context["form"].errors == {
        "decided_on": [
            (
                "Option 1 blev besluttet 1. januar 2026, men skulle være besluttet senest 31. december 2025. Ret dagen, eller "
                "skriv den frist, som aftalen nævner."
            )
        ]
    }
    contract.refresh_from_db()
    assert contract.effective_ends_on == END


@travel("2026-02-01")
def test_deadline_that_has_passed_is_told_before_anything_is_written(
    contract: Contract, officer_client: Client
) -> None:
    text = officer_client.get(page("contract_option_exercise", contract, 1)).content.decode()
    assert "Optionen skal være besluttet senest 31. december 2025." in text
    assert "Fristen er overskredet." in text


def test_option_is_declined_and_reopened(contract: Contract, officer_client: Client) -> None:
    officer_client.post(page("contract_option_decline", contract, 1), {"decided_on": "2025-12-01"})
    assert contract.options.get().state == OptionState.DECLINED
    refused = officer_client.post(page("contract_option_reopen", contract, 1), {"reason": " "})
    assert list(refused.context["form"].errors) == ["reason"]
    officer_client.post(page("contract_option_reopen", contract, 1), {"reason": "Forkert kontrakt"})
    assert contract.options.get().state == OptionState.OPEN


def test_option_that_somebody_else_decided_meanwhile_is_told(contract: Contract, officer_client: Client) -> None:
    address = page("contract_option_exercise", contract, 1)
    officer_client.post(page("contract_option_decline", contract, 1), {"decided_on": "2025-12-01"})
    response = officer_client.post(address, {"decided_on": "2025-12-01"})
    assert response.context["form"].non_field_errors() == [
        "Option 1 er allerede besluttet: ikke udnyttet. Åbn siden igen for at se det."
    ]


def test_option_of_a_framework_moves_its_end(officer_client: Client) -> None:
    framework = FrameworkOptionFactory(framework__ends_on=END, number=1).framework
    officer_client.post(page("frameworkagreement_option_exercise", framework, 1), {"decided_on": "2025-12-01"})
    framework.refresh_from_db()
    assert framework.effective_ends_on == dt.date(2027, 6, 30)


# --- notice


def test_notice_shows_the_last_day_before_it_is_given(contract: Contract, officer_client: Client) -> None:
    address = page("notice_give", contract)
    data = posted(officer_client, address, given_on="2025-02-10", given_by=Party.SUPPLIER, reason="Lukker")
    preview = officer_client.post(address, data)
    contract.refresh_from_db()
    assert (preview.status_code, contract.notice_given_on) == (200, None)
    assert "er kontraktens sidste dag 31. august 2025" in preview.content.decode()
    assert contract.history.count() == 1
    given = officer_client.post(address, data | {"shown": preview.context["shown"]})
    assert given.url == address_of(contract)
    contract.refresh_from_db()
    assert (contract.terminated_to, contract.notice_given_by) == (dt.date(2025, 8, 31), "supplier")


def test_notice_that_was_changed_after_the_preview_is_shown_again(contract: Contract, officer_client: Client) -> None:
    address = page("notice_give", contract)
    data = posted(officer_client, address, given_on="2025-02-10")
    shown = officer_client.post(address, data).context["shown"]
    again = officer_client.post(address, data | {"given_on": "2025-03-10", "shown": shown})
    assert again.status_code == 200
    assert "30. september 2025" in again.content.decode()
    contract.refresh_from_db()
    assert contract.terminated_to is None


def test_notice_that_is_too_short_is_refused_at_the_last_day(contract: Contract, officer_client: Client) -> None:
    data = {"given_on": "2025-02-10", "given_by": "supplier", "terminated_to": "2025-03-31"}
    response = officer_client.post(page("notice_give", contract), data)
    assert response.context["form"].errors == {
        "terminated_to": ["Med det aftalte varsel slutter kontrakten tidligst 31. august 2025."]
    }


def test_notice_is_taken_back_for_a_reason(contract: Contract, officer_client: Client, officer: User) -> None:
    give_notice(contract, given_on=dt.date(2025, 2, 10), given_by=Party.SUPPLIER, by=officer)
    address = page("notice_take_back", contract)
    assert list(officer_client.post(address, {"reason": ""}).context["form"].errors) == ["reason"]
    assert officer_client.post(address, {"reason": "Fortrudt"}).status_code == 302
    contract.refresh_from_db()
    assert (contract.notice_given_on, contract.effective_ends_on) == (None, END)


# --- signatures


def test_signatures_are_recorded(contract: Contract, officer_client: Client) -> None:
    address = page("signatures_record", contract)
    data = posted(officer_client, address, by_municipality_on="2024-06-01", by_supplier_on="")
    assert officer_client.post(address, data).status_code == 302
    contract.refresh_from_db()
    assert (contract.signed_by_municipality_on, contract.signed_by_supplier_on) == (dt.date(2024, 6, 1), None)


@travel("2026-02-01")
@pytest.mark.parametrize(
    ("name", "args", "field", "others"),
    [
        ("contract_option_exercise", (1,), "decided_on", {}),
        ("contract_option_decline", (1,), "decided_on", {}),
        ("notice_give", (), "given_on", {"given_by": "supplier"}),
        ("signatures_record", (), "by_municipality_on", {}),
        ("signatures_record", (), "by_supplier_on", {}),
    ],
)
def test_what_has_happened_does_not_lie_ahead(
    contract: Contract, officer_client: Client, name: str, args: tuple[int, ...], field: str, others: dict[str, str]
) -> None:
    response = officer_client.post(page(name, contract, *args), {field: "2026-02-02", **others})
    assert response.context["form"].errors == {field: ["Dagen ligger i fremtiden. Skriv den dag, det skete."]}
    assert contract.history.count() == Contract.objects.get(pk=contract.pk).history.count()
