from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import travel

from accounts.models import User
from contracts.enums import Phase, Regime
from contracts.services.tenders import award_tender, cancel_tender, finish_phase
from tests.contracts.tenders import TODAY, bring_to, published, standing_still, tender

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2027, 8, 31, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _late_summer():
    with travel(NOON, tick=False):
        yield


def board(client: Client, **query: object):
    return client.get(reverse("tender_board:index"), query)


def cards(response) -> dict[str, list[str]]:
    return {
        column.phase.value: [card.tender.code for card in column.cards]
        for column in response.context["columns"]
        if column.cards
    }


def test_each_tender_stands_in_its_phase(officer_client: Client) -> None:
    published("a")
    tender("b")
    made = standing_still("c")
    award_tender(made, on=dt.date(2027, 6, 28), today=TODAY, by=None)
    cancel_tender(tender("d"), reason="Slut", by=None)
    assert cards(board(officer_client)) == {"preparation": ["b"], "bids": ["a"], "contract": ["c"]}
    made.refresh_from_db()
    finish_phase(made, kind=Phase.CONTRACT, on=TODAY, today=TODAY, by=None)
    assert "contract" not in cards(board(officer_client))


def test_a_card_says_how_long_and_what_comes_next(officer_client: Client) -> None:
    held = bring_to(tender(contracts_start_on=dt.date(2028, 6, 1), contracts_end_on=None), Phase.PREPARATION)
    (card,) = next(column.cards for column in board(officer_client).context["columns"] if column.cards)
    planned = held.phases.get(kind=Phase.PREPARATION).planned_end_on
    assert (card.days, card.next_text, card.next_on, card.is_late) == (240, "“Forberedelse” slutter", planned, False)


def test_only_what_is_behind_its_plan_is_marked(officer_client: Client) -> None:
    published("a")
    response = board(officer_client)
    assert response.context["late"] == 1
    assert response.content.decode().count("board-card--late") == 1


def test_the_address_is_what_is_seen(officer_client: Client, officer: User) -> None:
    tender("min", responsible=officer, regime=Regime.OPEN)
    tender("andres")
    assert cards(board(officer_client, responsible=officer.pk)) == {"preparation": ["min"]}
    assert cards(board(officer_client, regime="light")) == {"preparation": ["andres"]}
    table = board(officer_client, responsible=officer.pk, vis="tabel")
    assert table.context["as_table"]
    assert table.context["other_view"] == f"?responsible={officer.pk}&vis="
    assert cards(board(officer_client, responsible="x", regime="fest")) == {"preparation": ["andres", "min"]}


def test_an_empty_board_says_what_to_do(officer_client: Client) -> None:
    assert "Ingen udbud er i gang." in board(officer_client).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_takes_the_same_queries(officer_client: Client, officer: User, rows: int) -> None:
    for number in range(rows):
        tender(f"u-{number}", responsible=officer)
    board(officer_client)
    with CaptureQueriesContext(connection) as queries:
        board(officer_client)
    assert len(queries) == 13
