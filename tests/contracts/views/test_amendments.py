"""Amendments on the pages: begun, written by two at once, warned of, put into force."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from accounts.models import User
from contracts.enums import AmendmentState
from contracts.models import Amendment, Contract, FrameworkAgreement, LegalBasis
from contracts.services import put_into_force, save_contract
from contracts.views.links import begin_url
from records.viewsets import address_of
from tests.contracts.services.test_amendments import draft_of
from tests.factories import (
    ContractFactory,
    ContractOptionFactory,
    ContractPriceFactory,
    DocumentFactory,
    FrameworkAgreementFactory,
    ServiceFactory,
)
from tests.records.forms import as_posted
from tests.records.forms import posted as form_posted

END, LATER = dt.date(2026, 6, 30), dt.date(2026, 12, 31)


@pytest.fixture
def contract(db: None) -> Contract:
    return ContractFactory(number="K-7", starts_on=dt.date(2024, 7, 1), ends_on=END, value_dkk=1_000_000)


@pytest.fixture
def minor(db: None) -> LegalBasis:
    return LegalBasis.objects.get(code="bagatel")


@pytest.fixture
def draft(contract: Contract, minor: LegalBasis) -> Amendment:
    draft = draft_of(contract, minor, changes={"contract.ends_on": LATER.isoformat()})
    draft.number = 1
    draft.save()
    return draft


def page(name: str, record: object) -> str:
    return reverse(f"contracts:{name}", args=[record.pk])


def posted(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """Open a draft's page and return all its forms as they would be posted."""
    forms = client.get(url).context["forms"]
    data = as_posted(forms.own) | as_posted(forms.copy) | as_posted(forms.confirm)
    return data | changes


FACTS = {"title": "Forlængelse", "rationale": "Genudbuddet er forsinket.", "effective_on": "2026-04-01"}


# --- who may


@pytest.mark.parametrize("name", ["amendment_edit", "amendment_force", "amendment_withdraw", "amendment_take_back"])
def test_pages_of_a_draft_open_for_those_who_may_change(
    draft: Amendment, officer_client: Client, reader_client: Client, supplier_client: Client, name: str
) -> None:
    address = page(name, draft)
    assert officer_client.get(address).status_code == 200
    for client in (reader_client, supplier_client):
        assert [client.get(address).status_code, client.post(address).status_code] == [403, 403]
    assert officer_client.delete(address).status_code == 405
    assert officer_client.get(page(name, Amendment(pk=4711))).status_code == 404


@pytest.mark.parametrize("name", ["amendment_resume", "amendment_take_in"])
def test_steps_are_posted(draft: Amendment, officer_client: Client, reader_client: Client, name: str) -> None:
    assert officer_client.get(page(name, draft)).status_code == 405
    assert reader_client.post(page(name, draft)).status_code == 403
    assert officer_client.post(page(name, draft)).url == reverse("amendment:inspect", args=[draft.pk])


def test_agreements_lead_to_a_new_amendment_and_show_their_meter(
    draft: Amendment, officer_client: Client, reader_client: Client
) -> None:
    for record in (draft.contract, draft.contract.lot.framework):
        address = f"{address_of(record)}aendringer/"
        texts = [client.get(address).content.decode() for client in (officer_client, reader_client)]
        assert [begin_url(record) in text for text in texts] == [True, False]
        assert ["meter-bar" in text for text in texts] == [True, True]


# --- writing


def test_a_draft_is_begun_from_the_contracts_terms(
    contract: Contract, minor: LegalBasis, officer_client: Client, officer: User
) -> None:
    price = ContractPriceFactory(contract=contract, price_dkk=1450)
    ContractOptionFactory(contract=contract, number=1, state="exercised", decided_on="2025-01-01")
    ContractOptionFactory(contract=contract, number=2)
    address = page("contract_amendment_begin", contract)
    data = posted(officer_client, address, **FACTS, legal_basis=minor.pk, value_dkk="84.000")
    assert (data["terms-ends_on"], data["terms-options-TOTAL_FORMS"]) == ("2026-06-30", "1")
    mentor = ServiceFactory()
    data |= {
        "terms-ends_on": "2026-12-31",
        "terms-prices-0-price_dkk": "1.500,50",
        "terms-prices-TOTAL_FORMS": "2",
        "terms-prices-1-service": mentor.pk,
        "terms-prices-1-unit": "pr. time",
        "terms-prices-1-price_dkk": "425",
        "terms-options-0-length_months": "24",
    }
    response = officer_client.post(address, data)
    amendment = Amendment.objects.get()
    assert response.url == reverse("amendment:inspect", args=[amendment.pk])
    assert (amendment.number, amendment.state, str(amendment.value_dkk)) == (1, "draft", "84000.00")
    text = re.sub(r"\s+", " ", officer_client.get(response.url).content.decode())
    for words in ("Slut uden optioner", "31. december 2026", "1.500,50", "Option 2", "længde i måneder: 24", "8,4"):
        assert words in text, words
    contract.refresh_from_db()
    assert (contract.ends_on, contract.prices.get().price_dkk) == (END, price.price_dkk)
    assert amendment.history.get().history_user == officer


def test_what_is_changed_while_the_form_is_open_is_no_part_of_the_draft(
    contract: Contract, minor: LegalBasis, officer_client: Client, officer: User
) -> None:
    address = page("contract_amendment_begin", contract)
    data = posted(officer_client, address, **FACTS, legal_basis=minor.pk, **{"terms-notice_months": "3"})
    contract.run_off_months = 6
    save_contract(contract, by=officer)
    officer_client.post(address, data)
    amendment = Amendment.objects.get()
    assert {key for key in amendment.terms if amendment.terms[key] != amendment.base_terms.get(key)} == {
        "contract.notice_months"
    }


def test_a_form_with_another_agreements_terms_begins_from_todays(
    contract: Contract, minor: LegalBasis, officer_client: Client
) -> None:
    other = posted(officer_client, page("contract_amendment_begin", ContractFactory(notice_months=99)))["base"]
    address = page("contract_amendment_begin", contract)
    officer_client.post(address, posted(officer_client, address, **FACTS, legal_basis=minor.pk, base=other))
    assert "contract.notice_months" not in Amendment.objects.get().base_terms


@pytest.mark.parametrize(
    ("changes", "form", "errors"),
    [
        ({"title": ""}, "own", ["title"]),
        ({"terms-ends_on": "2024-01-01"}, "copy", ["ends_on"]),
        ({"effective_on": "2024-01-01"}, "own", ["effective_on"]),
        ({"terms-sharing_level": "alt"}, "copy", ["sharing_level"]),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    contract: Contract,
    minor: LegalBasis,
    officer_client: Client,
    changes: dict[str, str],
    form: str,
    errors: list[str],
) -> None:
    address = page("contract_amendment_begin", contract)
    data = posted(officer_client, address, **FACTS, legal_basis=minor.pk) | changes
    response = officer_client.post(address, data)
    assert list(getattr(response.context["forms"], form).errors) == errors
    assert "Udkastet er ikke gemt." in response.content.decode()
    assert not Amendment.objects.exists()


def test_an_amendment_of_a_framework_is_begun(minor: LegalBasis, officer_client: Client) -> None:
    framework = FrameworkAgreementFactory(ends_on=END, ceiling_dkk=1_000_000)
    address = page("frameworkagreement_amendment_begin", framework)
    data = posted(officer_client, address, **FACTS, legal_basis=minor.pk, **{"terms-ceiling_dkk": "1.100.000"})
    assert officer_client.post(address, data).status_code == 302
    assert Amendment.objects.get().terms["frameworkagreement.ceiling_dkk"] == "1100000.00"
    assert FrameworkAgreement.objects.get().ceiling_dkk == 1_000_000


# --- warning


def test_passing_the_share_comes_back_with_a_warning_and_a_box(
    contract: Contract, minor: LegalBasis, officer_client: Client
) -> None:
    address = page("contract_amendment_begin", contract)
    data = posted(officer_client, address, **FACTS, legal_basis=minor.pk, value_dkk="150.000")
    warned = officer_client.post(address, data)
    (sentence,) = warned.context["forms"].own.errors["value_dkk"]
    assert "150.000 kr. af 1.000.000 kr. er 15,0 % – grænsen er 10 %" in sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert "Gem udkast alligevel" in warned.content.decode()
    assert not Amendment.objects.exists()
    without_reason = officer_client.post(address, data | {"confirm-is_confirmed": "on"})
    assert list(without_reason.context["forms"].confirm.errors) == ["justification"]
    without_box = officer_client.post(address, data | {"confirm-justification": "Haster"})
    assert list(without_box.context["forms"].confirm.errors) == ["is_confirmed"]
    assert "Sæt også kryds" in without_box.content.decode()
    assert "Skriv, hvorfor ændringen er rigtig alligevel" in without_reason.content.decode()
    confirmed = data | {"confirm-is_confirmed": "on", "confirm-justification": "Godkendt af juridisk afdeling"}
    assert officer_client.post(address, confirmed).status_code == 302
    amendment = Amendment.objects.get()
    assert amendment.history.get().justification == "Godkendt af juridisk afdeling"
    assert "Godkendt af juridisk afdeling" in officer_client.get(reverse("amendment:index")).content.decode()


def test_a_low_ceiling_is_warned_of_at_the_ceiling(minor: LegalBasis, officer_client: Client) -> None:
    from tests.factories import LotFactory, SpendFactory

    framework = FrameworkAgreementFactory(ends_on=END, ceiling_dkk=1_000_000)
    SpendFactory(contract=ContractFactory(lot=LotFactory(framework=framework)), amount_dkk=900_000)
    address = page("frameworkagreement_amendment_begin", framework)
    data = posted(officer_client, address, **FACTS, legal_basis=minor.pk, **{"terms-ceiling_dkk": "800.000"})
    warned = officer_client.post(address, data)
    assert list(warned.context["forms"].copy.errors) == ["ceiling_dkk"]


# --- two at once


def test_two_people_write_the_same_draft_and_neither_loses_a_word(
    draft: Amendment, officer_client: Client, officer: User
) -> None:
    address = page("amendment_edit", draft)
    mine = posted(officer_client, address, **{"terms-notice_months": "3", "rationale": "Min begrundelse"})
    others = posted(officer_client, address, **{"terms-ends_on": "2027-03-31", "title": "Den andens titel"})
    assert officer_client.post(address, others).status_code == 302
    conflict = officer_client.post(address, mine)
    assert conflict.status_code == 409
    assert {change.label for change in conflict.context["others"]} == {"Titel", "Slut uden optioner"}
    again = conflict.context["forms"]
    assert (again.own["title"].value(), again.own["rationale"].value()) == ("Den andens titel", "Min begrundelse")
    assert (again.copy["ends_on"].value(), again.copy["notice_months"].value()) == (dt.date(2027, 3, 31), 3)
    draft.refresh_from_db()
    assert draft.rationale == "Genudbuddet er forsinket."
    merged = as_posted(again.own) | as_posted(again.copy) | as_posted(again.confirm)
    assert officer_client.post(address, merged).status_code == 302
    draft.refresh_from_db()
    assert (draft.terms["contract.notice_months"], draft.terms["contract.ends_on"]) == (3, "2027-03-31")


def test_new_prices_of_two_people_both_stand(draft: Amendment, officer_client: Client) -> None:
    address = page("amendment_edit", draft)
    service = ServiceFactory()

    def with_price(amount: str, unit: str) -> dict[str, Any]:
        row = {"service": service.pk, "unit": unit, "price_dkk": amount}
        return posted(officer_client, address, **{"terms-prices-TOTAL_FORMS": "1"}) | {
            f"terms-prices-0-{name}": value for name, value in row.items()
        }

    one, other = with_price("100", "pr. uge"), with_price("200", "pr. time")
    officer_client.post(address, one)
    again = officer_client.post(address, other).context["forms"]
    officer_client.post(address, as_posted(again.own) | as_posted(again.copy) | as_posted(again.confirm))
    draft.refresh_from_db()
    prices = {row["price_dkk"] for key, row in draft.terms.items() if key.startswith("contractprice.")}
    assert prices == {"100.00", "200.00"}


def test_only_a_draft_is_edited(draft: Amendment, officer_client: Client) -> None:
    draft.state = AmendmentState.WITHDRAWN
    draft.save()
    assert officer_client.get(page("amendment_edit", draft)).url == reverse("amendment:inspect", args=[draft.pk])


# --- into force


@travel("2026-03-02")
def test_a_draft_is_agreed_before_its_day(draft: Amendment, officer_client: Client) -> None:
    address = page("amendment_force", draft)
    assert "31. december 2026" in officer_client.get(address).content.decode()
    document = DocumentFactory(contract=draft.contract)
    assert list(officer_client.post(address, {"signed_on": ""}).context["form"].errors) == ["signed_on"]
    assert list(officer_client.post(address, {"signed_on": "2026-03-03"}).context["form"].errors) == ["signed_on"]
    foreign = {"signed_on": "2026-03-01", "document": DocumentFactory().pk}
    assert list(officer_client.post(address, foreign).context["form"].errors) == ["document"]
    response = officer_client.post(address, {"signed_on": "2026-03-01", "document": document.pk})
    assert response.url == reverse("amendment:inspect", args=[draft.pk])
    draft.refresh_from_db()
    assert (draft.state, draft.document) == ("agreed", document)
    assert (draft.contract.ends_on, draft.contract.effective_ends_on) == (END, LATER)
    history = officer_client.get(reverse("contract:history", args=[draft.contract.pk])).content.decode()
    assert "Ændring nr. 1: Forlængelse" in history


@travel("2026-03-02")
def test_what_disagrees_is_shown_and_can_be_taken_in(draft: Amendment, officer_client: Client, officer: User) -> None:
    contract = draft.contract
    contract.ends_on = dt.date(2027, 6, 30)
    save_contract(contract, by=officer)
    inspect = reverse("amendment:inspect", args=[draft.pk])
    assert "er ændret af andre fra 30. juni 2026 til 30. juni 2027" in officer_client.get(inspect).content.decode()
    refused = officer_client.post(page("amendment_force", draft), {"signed_on": "2026-03-01"})
    assert refused.context["form"].non_field_errors()
    officer_client.post(page("amendment_take_in", draft))
    assert officer_client.post(page("amendment_force", draft), {"signed_on": "2026-03-01"}).url == inspect


def test_a_draft_is_withdrawn_for_a_reason_and_taken_up_again(draft: Amendment, officer_client: Client) -> None:
    officer_client.post(page("amendment_withdraw", draft), {"reason": "Ikke enige"})
    draft.refresh_from_db()
    assert draft.state == AmendmentState.WITHDRAWN
    assert "Tag op igen" in officer_client.get(reverse("amendment:inspect", args=[draft.pk])).content.decode()
    officer_client.post(page("amendment_resume", draft))
    draft.refresh_from_db()
    assert draft.state == AmendmentState.DRAFT


# --- reading


def test_history_of_a_draft_tells_what_changed_in_words(draft: Amendment, officer_client: Client) -> None:
    address = page("amendment_edit", draft)
    officer_client.post(address, posted(officer_client, address, **{"terms-notice_months": "3"}))
    text = officer_client.get(reverse("amendment:history", args=[draft.pk])).content.decode()
    assert "Opsigelsesvarsel i måneder" in text
    assert "contract.notice_months" not in text


def test_readers_see_an_amendment_without_its_actions(draft: Amendment, reader_client: Client) -> None:
    text = reader_client.get(reverse("amendment:inspect", args=[draft.pk])).content.decode()
    assert "31. december 2026" in text
    assert "Sæt i kraft" not in text


# --- agreed before its day


@pytest.fixture
def agreed(draft: Amendment, officer: User) -> Amendment:
    return put_into_force(draft, signed_on=dt.date(2026, 3, 1), today=dt.date(2026, 3, 2), by=officer)


@travel("2026-03-02")
def test_what_is_agreed_says_when_it_takes_effect_and_is_taken_back(
    agreed: Amendment, officer_client: Client, reader_client: Client
) -> None:
    address = reverse("amendment:inspect", args=[agreed.pk])
    text = officer_client.get(address).content.decode()
    assert "Ændringen træder i kraft 1. april 2026; indtil da er vilkårene de samme." in text
    assert (page("amendment_take_back", agreed) in text, page("amendment_take_effect", agreed) in text) == (True, False)
    assert page("amendment_take_back", agreed) not in reader_client.get(address).content.decode()
    told = "Ændring nr. 1 er aftalt og træder i kraft 1. april 2026: Forlængelse"
    assert told in officer_client.get(address_of(agreed.contract)).content.decode()
    back = page("amendment_take_back", agreed)
    assert list(officer_client.post(back, {"reason": ""}).context["form"].errors) == ["reason"]
    assert officer_client.post(back, {"reason": "Leverandøren fortrød"}).url == address
    agreed.refresh_from_db()
    assert (agreed.state, agreed.contract.effective_ends_on) == ("draft", END)
    again = officer_client.post(back, {"reason": "Igen"})
    assert "allerede “udkast”" in again.content.decode()


@travel("2026-04-01")
def test_what_is_due_can_be_brought_into_force_by_hand(
    agreed: Amendment, officer_client: Client, reader_client: Client
) -> None:
    now = page("amendment_take_effect", agreed)
    assert now in officer_client.get(reverse("amendment:inspect", args=[agreed.pk])).content.decode()
    assert (officer_client.get(now).status_code, reader_client.post(now).status_code) == (405, 403)
    assert officer_client.post(now).url == reverse("amendment:inspect", args=[agreed.pk])
    agreed.refresh_from_db()
    assert (agreed.state, agreed.contract.ends_on) == ("in_force", LATER)


@travel("2026-03-02")
def test_a_term_that_is_agreed_to_change_is_refused_at_its_field(agreed: Amendment, officer_client: Client) -> None:
    address = reverse("contract:edit", args=[agreed.contract_id])
    data = form_posted(officer_client, address, ends_on="2027-06-30")
    (sentence,) = officer_client.post(address, data).context["form"].errors["ends_on"]
    assert sentence.startswith(
        "Ændring nr. 1 træder i kraft 1. april 2026 og gør “Slut uden optioner” til 31. december"
    )
