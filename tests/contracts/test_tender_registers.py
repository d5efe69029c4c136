"""The registers of tenders, tendered lots and bids."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from contracts.enums import PHASES, TenderState
from contracts.models import Bid, Tender, TenderLot
from tests.contracts.tenders import evaluated, published, standing_still, tender, with_bid, with_lot
from tests.factories import SupplierFactory
from tests.records.forms import posted

pytestmark = pytest.mark.django_db
QUERIES = {"tender": 9, "tenderlot": 10, "bid": 8, "awardcriterion": 8}


def fill(rows: int) -> None:
    for number in range(rows):
        held = published(f"udbud-{number}")
        with_bid(held.lots.get(), f"L{number}")


@pytest.mark.parametrize("register", QUERIES)
@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries(officer_client: Client, register: str, rows: int) -> None:
    fill(rows)
    with CaptureQueriesContext(connection) as queries:
        response = officer_client.get(reverse(f"{register}:index_results"))
    assert len(response.context["object_list"]) == rows * (4 if register == "awardcriterion" else 1)
    assert len(queries) == QUERIES[register]


@pytest.mark.parametrize("register", QUERIES)
def test_register_opens_for_officer_and_reader(
    officer_client: Client, reader_client: Client, supplier_client: Client, register: str
) -> None:
    fill(1)
    address = reverse(f"{register}:index")
    assert [client.get(address).status_code for client in (officer_client, reader_client)] == [200, 200]
    assert supplier_client.get(address).status_code == 403


def test_a_tender_is_made_with_its_phases(officer_client: Client) -> None:
    address = reverse("tender:add")
    data = {"name": "Indsatser", "code": "i-2027", "contracts_start_on": "2027-10-01", "f2_case_number": "2026 – 12"}
    assert officer_client.post(address, posted(officer_client, address, **data)).status_code == 302
    held = Tender.objects.get()
    assert [phase.kind for phase in held.phases_in_order()] == list(PHASES)
    assert (held.f2_case_number, held.state) == ("2026 – 12", TenderState.DRAFT)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"f2_case_number": "12/2026"}, "f2_case_number"),
        ({"edoc_case_number": "2026-12"}, "edoc_case_number"),
        ({"contracts_start_on": "2027-10-01", "contracts_end_on": "2026-10-01"}, "contracts_end_on"),
        ({"option_count": "2"}, "option_count"),
        ({"standstill_days": "9"}, "standstill_days"),
        ({"score_max": "0"}, "score_max"),
        ({"estimated_value_dkk": "-1"}, "estimated_value_dkk"),
        ({"ceiling_dkk": "-1"}, "ceiling_dkk"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(officer_client: Client, data: dict, field: str) -> None:
    address = reverse("tender:add")
    response = officer_client.post(address, posted(officer_client, address, name="x", code="x", **data))
    assert list(response.context["form"].errors) == [field]
    assert not Tender.objects.exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"code": "a"}, "code"),
        ({"suppliers_wanted": "0"}, "suppliers_wanted"),
        ({"starts_on": "2027-10-01", "ends_on": "2027-09-30"}, "ends_on"),
        ({"option_count": "2"}, "option_count"),
        ({"ceiling_dkk": "-1"}, "ceiling_dkk"),
    ],
)
def test_what_cannot_be_right_of_a_lot_is_refused_at_its_field(officer_client: Client, data: dict, field: str) -> None:
    lot = with_lot(tender())
    address = f"{reverse('tenderlot:add')}?tender={lot.tender_id}"
    response = officer_client.post(address, posted(officer_client, address, **{"name": "x", "code": "x", **data}))
    assert list(response.context["form"].errors) == [field]


def test_a_second_bid_of_a_supplier_is_refused_at_the_supplier(officer_client: Client) -> None:
    bid = with_bid(published().lots.get(), "L")
    address = f"{reverse('bid:add')}?tender_lot={bid.tender_lot_id}"
    response = officer_client.post(reverse("bid:add"), posted(officer_client, address, supplier=bid.supplier_id))
    assert list(response.context["form"].errors) == ["supplier"]


def test_a_copy_asks_for_the_same_but_has_its_own_life(officer_client: Client) -> None:
    held = standing_still()
    form = officer_client.get(reverse("tender:copy", args=[held.pk])).context["form"]
    assert (form.initial["option_months"], form.initial["framework"]) == (12, None)
    address = reverse("tender:add")
    data = posted(officer_client, reverse("tender:copy", args=[held.pk]), code="kopi")
    assert officer_client.post(address, data).status_code == 302
    copy = Tender.objects.get(code="kopi")
    assert (copy.state, copy.phases.filter(started_on__isnull=False).count()) == (TenderState.DRAFT, 0)


def test_a_lot_and_a_bid_are_begun_from_the_tender(officer_client: Client) -> None:
    held = published()
    address = f"{reverse('tenderlot:add')}?tender={held.pk}"
    data = posted(officer_client, address, code="b", name="Område b", suppliers_wanted="2")
    assert data["tender"] == str(held.pk)
    assert officer_client.post(reverse("tenderlot:add"), data).status_code == 302
    lot = TenderLot.objects.get(code="b")

    address = f"{reverse('bid:add')}?tender_lot={lot.pk}"
    data = posted(officer_client, address, supplier=SupplierFactory().pk, price_dkk="1.250.000,50")
    assert officer_client.post(reverse("bid:add"), data).status_code == 302
    assert (Bid.objects.get().tender_lot, str(Bid.objects.get().price_dkk)) == (lot, "1250000.50")


def test_bids_are_offered_only_lots_that_take_them(officer_client: Client) -> None:
    waiting, open_lot = with_lot(tender("kladde")), published("aabent").lots.get()
    form = officer_client.get(reverse("bid:add")).context["form"]
    offered = [label for _key, label in form.fields["tender_lot"].choices if label != "---------"]
    assert offered == [f"{open_lot.tender}: {open_lot}"]
    data = posted(officer_client, reverse("bid:add"), tender_lot=waiting.pk, supplier=SupplierFactory().pk)
    assert "tender_lot" in officer_client.post(reverse("bid:add"), data).context["form"].errors


def test_the_own_page_says_where_the_tender_stands(officer_client: Client, reader_client: Client) -> None:
    held = evaluated()
    address = reverse("tender:inspect", args=[held.pk])
    mine, theirs = officer_client.get(address), reader_client.get(address)
    assert [response.context["can_edit"] for response in (mine, theirs)] == [True, False]
    assert "Udbuddet har stået i “Evaluering”" in mine.content.decode()
    assert "faser/evaluation/afslut" in mine.content.decode()
    assert "faser/" not in theirs.content.decode()


def test_history_tells_and_restores_phases(officer_client: Client, officer: User) -> None:
    held = published()
    address = reverse("tender:history", args=[held.pk])
    assert "Offentliggørelse begyndt" in officer_client.get(address).content.decode()


def test_a_published_tender_is_not_deleted_from_the_register(officer_client: Client) -> None:
    held = published()
    response = officer_client.post(reverse("tender:delete", args=[held.pk]), {"reason": ""})
    assert "Annullér det med en begrundelse" in response.content.decode()
    assert Tender.objects.exists()


def test_bids_are_filtered_by_tender(officer_client: Client) -> None:
    fill(2)
    held = Tender.objects.get(code="udbud-1")
    response = officer_client.get(f"{reverse('bid:index')}?tender={held.pk}")
    assert [bid.tender_lot.tender for bid in response.context["object_list"]] == [held]


def test_what_begins_is_the_day_that_was_written(officer_client: Client) -> None:
    held = tender()
    data = posted(officer_client, reverse("tender:edit", args=[held.pk]), contracts_start_on="2028-01-01")
    assert officer_client.post(reverse("tender:edit", args=[held.pk]), data).status_code == 302
    held.refresh_from_db()
    assert held.contracts_start_on == dt.date(2028, 1, 1)
