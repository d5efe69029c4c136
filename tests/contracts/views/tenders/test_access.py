"""Who may open and do what: every page and every action of a tender."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from contracts.enums import Phase
from contracts.models import Bid, Tender
from tests.contracts.tenders import evaluated

READ = ("criteria", "bids", "award", "documents")
WRITTEN = ("plan", "cancel")
ACTIONS = ("plan_propose", "reopen", "winners_choose", "contracts_make")


@pytest.fixture
def held(db: None) -> Tender:
    return evaluated()


def page(name: str, held: Tender, *more: object) -> str:
    return reverse(f"tenders:{name}", args=[held.pk, *more])


def addresses(held: Tender) -> dict[str, str]:
    """Return every address of a tender by what it is."""
    bid, lot = Bid.objects.first(), held.lots.get()
    named = {name: page(name, held) for name in (*READ, *WRITTEN, *ACTIONS)}
    named |= {name: page(name, held, Phase.STANDSTILL) for name in ("phase_begin", "phase_finish", "phase_undo")}
    named |= {name: page(name, held, bid.pk) for name in ("bid_exclude", "bid_readmit")}
    return named | {"scores": page("scores", held, lot.pk)}


def test_pages_open_for_officer_and_reader(held: Tender, officer_client: Client, reader_client: Client) -> None:
    named = addresses(held)
    for name in (*READ, "scores"):
        assert [client.get(named[name]).status_code for client in (officer_client, reader_client)] == [200, 200], name
    for name in (*WRITTEN, "bid_exclude"):
        assert [client.get(named[name]).status_code for client in (officer_client, reader_client)] == [200, 403], name


def test_what_changes_something_is_refused_to_a_reader(held: Tender, reader_client: Client) -> None:
    named = addresses(held)
    writes = set(named) - {"bids", "award", "documents"}
    assert {name: reader_client.post(named[name]).status_code for name in writes} == dict.fromkeys(writes, 403)


def test_a_supplier_does_not_come_in(held: Tender, supplier_client: Client) -> None:
    for address in [*addresses(held).values(), reverse("tender_board:index")]:
        assert supplier_client.get(address).status_code == 403


def test_wrong_verbs_are_refused(held: Tender, officer_client: Client) -> None:
    named = addresses(held)
    for name in (*ACTIONS, "phase_begin", "phase_finish", "phase_undo", "bid_readmit"):
        assert officer_client.get(named[name]).status_code == 405, name
    for name in ("bids", "award", "documents"):
        assert officer_client.post(named[name]).status_code == 405, name


def test_what_is_not_there_is_not_found(held: Tender, officer_client: Client) -> None:
    other = evaluated("andet")
    strange_lot, strange_bid = other.lots.get(), Bid.objects.filter(tender_lot__tender=other).first()
    for address in (
        reverse("tenders:plan", args=[held.pk + 100]),
        page("scores", held, strange_lot.pk),
        page("bid_exclude", held, strange_bid.pk),
    ):
        assert officer_client.get(address).status_code == 404
    assert officer_client.post(page("phase_begin", held, "fest")).status_code == 404


def test_a_get_writes_nothing(held: Tender, officer_client: Client) -> None:
    before = (held.history.count(), Bid.history.count())
    for name in (*READ, *WRITTEN):
        officer_client.get(addresses(held)[name])
    assert (held.history.count(), Bid.history.count()) == before
