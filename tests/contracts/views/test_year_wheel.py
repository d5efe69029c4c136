from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.factories import ContractFactory, FrameworkAgreementFactory, LotFactory

WHEEL = "/admin/aftaler/frister/aarshjul/"


@pytest.fixture(autouse=True)
def the_day() -> Any:
    with time_machine.travel(dt.datetime(2026, 1, 15, 9, tzinfo=dt.UTC), tick=False):
        yield


def contracts_ending(*days: str, **fields: Any) -> None:
    for day in days:
        ContractFactory(ends_on=dt.date.fromisoformat(day), **fields)


def test_a_picture_a_table_and_a_sentence(reader_client: Client, supplier_client: Client) -> None:
    contracts_ending("2026-03-01", "2026-03-31", "2026-06-30", "2027-01-01")
    page = reader_client.get(WHEEL)
    text = " ".join(page.content.decode().split())
    assert "2026 har 3 frister, flest (2) i marts." in text
    assert page.context["wheel"].count == len(page.context["dots"]) == 3
    counts = {month.first.month: found for month, found in page.context["lines"]}
    assert (counts[3], counts[6], counts[7]) == ([2], [1], [None])
    assert f"{'/admin/aftaler/frister/'}?since=2026-03-01&amp;until=2026-03-31" in text
    assert supplier_client.get(WHEEL).status_code == 403
    assert Client().get(WHEEL).status_code == 302
    assert reader_client.post(WHEEL).status_code == 405


def test_another_year_and_one_framework(officer_client: Client, officer: User) -> None:
    framework = FrameworkAgreementFactory(name="Rammen")
    contracts_ending("2027-05-01", lot=LotFactory(framework=framework))
    contracts_ending("2027-06-01")
    assert officer_client.get(f"{WHEEL}?year=2027").context["wheel"].count == 2
    page = officer_client.get(f"{WHEEL}?year=2027&framework={framework.pk}")
    assert (page.context["wheel"].count, page.context["subject"]) == (1, "Rammen")
    assert f"year=2028&amp;framework={framework.pk}" in page.content.decode()


@pytest.mark.parametrize("query", ["?year=", "?year=to", "?year=99999", "?year=²", "?framework=x&kind=y"])
def test_an_address_that_makes_no_sense_shows_this_year(officer_client: Client, query: str) -> None:
    assert officer_client.get(f"{WHEEL}{query}").context["wheel"].year == 2026


def test_a_year_without_deadlines_says_so(officer_client: Client) -> None:
    assert "2031 har ingen frister." in officer_client.get(f"{WHEEL}?year=2031").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_wheel_costs_the_same_queries(officer_client: Client, count: int, django_assert_num_queries: Any) -> None:
    contracts_ending(*["2026-03-01"] * count)
    officer_client.get(WHEEL)
    with django_assert_num_queries(29):
        officer_client.get(WHEEL)
