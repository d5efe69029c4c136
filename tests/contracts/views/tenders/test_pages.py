"""What the pages of a tender do, and what they say when it cannot be done."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import travel

from contracts.enums import BidState, Phase, TenderState
from contracts.models import Bid, BidScore, Contract, Tender
from contracts.services.tenders import award_tender, cancel_tender, save_criteria, save_plan, scores_version
from contracts.services.tenders.phases import PlanRow
from records.versions import current_version
from tests.contracts.services.tenders.test_criteria import rows_of
from tests.contracts.tenders import (
    decided,
    evaluated,
    published,
    score,
    standing_still,
    tender,
    with_bid,
    with_criteria,
    with_lot,
)

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2027, 8, 31, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _late_summer():
    """The day on which everything of `tests.contracts.tenders` has happened."""
    with travel(NOON, tick=False):
        yield


def page(name: str, held: Tender, *more: object) -> str:
    return reverse(f"tenders:{name}", args=[held.pk, *more])


def told(client: Client, address: str, data: dict | None = None) -> list[str]:
    """Post, and return what the next page tells."""
    response = client.post(address, data or {}, follow=True)
    return [str(message).strip() for message in response.context["messages"]]


# --- steps


def test_a_phase_is_begun_finished_and_taken_back(officer_client: Client) -> None:
    held = tender()
    for name, day, said in (
        ("phase_begin", "2027-01-04", "“Forberedelse” er begyndt 4. januar 2027."),
        ("phase_finish", "2027-02-01", "“Forberedelse” er afsluttet 1. februar 2027."),
        ("phase_undo", "", "Det sidste, der skete med “Forberedelse”, er fortrudt."),
    ):
        assert said in told(officer_client, page(name, held, Phase.PREPARATION), {"on": day})[0]
    phase = held.phases.get(kind=Phase.PREPARATION)
    assert (phase.started_on, phase.ended_on) == (dt.date(2027, 1, 4), None)


def test_a_step_that_cannot_be_made_says_why(officer_client: Client) -> None:
    held = tender()
    address = page("phase_begin", held, Phase.PREPARATION)
    assert "Dagen ligger i fremtiden" in told(officer_client, address, {"on": "2027-09-01"})[0]
    assert told(officer_client, address, {"on": "i går"}) == ["Indtast en gyldig dato."]
    assert "senere fase" in told(officer_client, page("phase_undo", held, Phase.BIDS))[0]
    assert not held.phases.filter(started_on__isnull=False).exists()


def test_a_tender_is_cancelled_for_a_reason_and_taken_up_again(officer_client: Client) -> None:
    held = published()
    response = officer_client.post(page("cancel", held), {"reason": ""})
    assert "reason" in response.context["form"].errors
    officer_client.post(page("cancel", held), {"reason": "Ingen midler"})
    assert Tender.objects.get().state == TenderState.CANCELLED
    assert "Ingen midler" in officer_client.get(reverse("tender:inspect", args=[held.pk])).content.decode()
    officer_client.post(page("reopen", held))
    assert Tender.objects.get().state == TenderState.PUBLISHED


# --- the plan


def plan_data(held: Tender, **changes: str) -> dict[str, str]:
    data = {"loaded_version": current_version(held)}
    for phase in held.phases.all():
        for name in ("planned_start_on", "planned_end_on"):
            data[f"{phase.kind}-{name}"] = str(getattr(phase, name) or "")
    return data | changes


def test_the_plan_is_written_by_hand(officer_client: Client) -> None:
    held = tender()
    changes = {"bids-planned_end_on": "2027-07-01", "questions-is_skipped": "on"}
    response = officer_client.post(page("plan", held), plan_data(held, **changes))
    assert response.url == reverse("tender:inspect", args=[held.pk])
    assert held.phases.get(kind=Phase.BIDS).planned_end_on == dt.date(2027, 7, 1)
    assert held.phases.get(kind=Phase.QUESTIONS).is_skipped


def test_days_of_the_plan_that_cannot_be_right_are_named(officer_client: Client) -> None:
    held = tender()
    response = officer_client.post(page("plan", held), plan_data(held, **{"bids-planned_end_on": "2020-01-01"}))
    assert response.context["problems"] == ["Planen er ikke gemt. Ret det, der er markeret nedenfor."]
    errors = {form.phase.kind: form.errors for form in response.context["plan"].forms if form.errors}
    assert errors == {
        "bids": {"planned_end_on": ["Fasen er planlagt til at slutte, før den begynder. Ret en af datoerne."]}
    }
    assert "2020-01-01" in response.content.decode()


def test_the_second_who_plans_is_told_what_the_first_did(officer_client: Client) -> None:
    held = tender()
    data = plan_data(held, **{"bids-planned_end_on": "2027-07-01"})
    save_plan(held, rows={Phase.AWARD: PlanRow(None, None)}, by=None)
    response = officer_client.post(page("plan", held), data)
    assert response.status_code == 409
    assert [change.label for change in response.context["others"]] == ["Fase i et udbud"]
    assert "2027-07-01" in response.content.decode()


def test_the_plan_is_proposed_from_one_end(officer_client: Client) -> None:
    held = tender()
    said = told(officer_client, page("plan_propose", held), {"direction": "backwards", "day": "2028-10-01"})
    assert said[0].startswith("De faser, der ikke er begyndt, er planlagt.")
    assert held.phases.get(kind=Phase.CONTRACT).planned_end_on == dt.date(2028, 9, 29)
    said = told(officer_client, page("plan_propose", held), {"direction": "backwards", "day": "2027-10-01"})
    assert "skulle udbuddet være begyndt 11. december 2026" in said[1]
    response = officer_client.post(page("plan_propose", held), {"direction": "sidelæns", "day": ""})
    assert set(response.context["proposal"].errors) == {"direction", "day"}


# --- criteria


def criteria_data(*rows: tuple[str, str, str, str], version: str = "0", **more: str) -> dict[str, str]:
    data = {"rows": str(len(rows)), "loaded_version": version, **more}
    for place, (key, parent, name, weight) in enumerate(rows):
        fields = {"key": key, "parent": parent, "name": name, "kind": "quality", "weight_percent": weight}
        data |= {f"{place}-{field}": value for field, value in fields.items()}
    return data


QUALITY, METHOD = ("new-0", "", "Kvalitet", "62,5"), ("new-1", "new-0", "Metode", "100")


def test_criteria_are_written_as_a_tree(officer_client: Client) -> None:
    held = tender()
    assert officer_client.post(page("criteria", held), criteria_data(QUALITY, METHOD)).status_code == 302
    assert list(held.criteria.values_list("name", "parent__name", "weight_percent")) == [
        ("Kvalitet", None, Decimal("62.5")),
        ("Metode", "Kvalitet", Decimal(100)),
    ]


def test_a_row_is_added_below_another_without_saving(officer_client: Client) -> None:
    held = tender()
    response = officer_client.post(page("criteria", held), criteria_data(QUALITY, METHOD, add="new-0"))
    rows = [(form.number, form["name"].value()) for form in response.context["criteria"].forms]
    assert rows == [("1", "Kvalitet"), ("1.1", "Metode"), ("1.2", None)]
    assert response.context["criteria"].sums == [("", "", Decimal("62.5")), ("new-0", "Kvalitet", Decimal(100))]
    assert not held.criteria.exists()


def test_what_lies_below_a_removed_criterion_goes_with_it(officer_client: Client) -> None:
    held = tender()
    price = ("new-2", "", "Pris", "40")
    data = criteria_data(QUALITY, METHOD, price) | {"0-is_removed": "on", "1-name": ""}
    officer_client.post(page("criteria", held), data)
    assert [row.name for row in held.criteria.all()] == ["Pris"]


@pytest.mark.parametrize("weight", ["", "mange", "-1", "101"])
def test_a_weight_that_is_none_gets_a_sentence_at_its_field(officer_client: Client, weight: str) -> None:
    held = tender()
    response = officer_client.post(page("criteria", held), criteria_data(("new-0", "", "Kvalitet", weight)))
    assert set(response.context["criteria"].forms[0].errors) == {"weight_percent"}
    assert not held.criteria.exists()


def test_the_second_who_writes_criteria_loses_nothing(officer_client: Client) -> None:
    held = tender()
    save_criteria(held, rows=[], by=None)
    with_criteria(held, 100)
    response = officer_client.post(page("criteria", held), criteria_data(QUALITY))
    assert response.status_code == 409
    assert [form["name"].value() for form in response.context["criteria"].forms] == ["Kvalitet"]
    assert [row.name for row in rows_of(held)] == ["1"]


def test_hostile_rows_break_nothing(officer_client: Client) -> None:
    held = tender()
    for data in (
        {"rows": "mange"},
        criteria_data(("a", "b", "A", "1"), ("b", "a", "B", "1")),
        criteria_data(("a", "a", "A", "1")),
        criteria_data(QUALITY, QUALITY),
        criteria_data(QUALITY, add="findes-ikke"),
    ):
        assert officer_client.post(page("criteria", held), data).status_code in {200, 302, 409}


def test_fixed_criteria_are_shown_and_not_written(officer_client: Client) -> None:
    held = published()
    assert not officer_client.get(page("criteria", held)).context["may_write"]
    response = officer_client.post(page("criteria", held), criteria_data(QUALITY))
    assert response.context["problems"][0].startswith("Kriterierne ligger fast")


# --- bids and points


def score_data(lot, **points: str) -> dict[str, str]:
    """Return the grid as posted: what stands there, and points by “supplier criterion”."""
    data = {"loaded_version": scores_version(lot)}
    for bid in lot.bids.all():
        for criterion in lot.tender.criteria.filter(children__isnull=True):
            held = bid.scores.filter(criterion=criterion).first()
            name = f"{bid.supplier.name}_{criterion.name}"
            data[f"{bid.pk}-{criterion.pk}-points"] = points.get(name, str(held.points) if held else "").replace(
                ".", ","
            )
            data[f"{bid.pk}-{criterion.pk}-comment"] = held.comment if held else ""
    return data


def test_points_are_saved_from_the_grid(officer_client: Client) -> None:
    held = evaluated()
    lot = held.lots.get()
    address = page("scores", held, lot.pk)
    assert told(officer_client, address, score_data(lot, Asp_Staff="7,5")) == ["Pointene for 1 tilbud er gemt."]
    assert BidScore.objects.get(bid__supplier__name="Asp", criterion__name="Staff").points == Decimal("7.5")
    assert told(officer_client, address, score_data(lot)) == ["Intet blev ændret."]


@pytest.mark.parametrize("points", ["11", "-1", "mange", "1,234"])
def test_points_off_the_scale_get_a_sentence_in_their_cell(officer_client: Client, points: str) -> None:
    held = evaluated()
    lot = held.lots.get()
    response = officer_client.post(page("scores", held, lot.pk), score_data(lot, Asp_Staff=points))
    grid = response.context["grid"]
    assert response.status_code == 200
    assert sum(bool(form.errors) for form in grid.cells.values()) + len(response.context["problems"]) == 1
    assert BidScore.objects.get(bid__supplier__name="Asp", criterion__name="Staff").points == 6


def test_a_contested_cell_keeps_both_and_writes_neither(officer_client: Client) -> None:
    held = evaluated()
    lot = held.lots.get()
    data = score_data(lot, Asp_Staff="3")
    score(lot.bids.get(supplier__name="Asp"), 4, 6, 8)
    response = officer_client.post(page("scores", held, lot.pk), data)
    contested = [form for form in response.context["grid"].cells.values() if form.theirs]
    assert response.status_code == 409
    assert [(form["points"].value(), form.theirs.points) for form in contested] == [("3", Decimal(4))]


def test_columns_stand_by_name_whatever_the_ranking(officer_client: Client) -> None:
    held = evaluated()
    grid = officer_client.get(page("scores", held, held.lots.get().pk)).context["grid"]
    assert [bid.supplier.name for bid in grid.bids] == ["Asp", "Birk"]


def test_a_missing_score_is_shown_as_not_evaluated_and_zero_as_zero(officer_client: Client) -> None:
    held = evaluated()
    lot = held.lots.get()
    score(lot.bids.get(supplier__name="Asp"), 0, None, 8)
    assert "ikke evalueret" in officer_client.get(page("bids", held)).content.decode()
    cancel_tender(held, reason="Slut", by=None)
    shown = officer_client.get(page("scores", held, lot.pk)).content.decode()
    assert "<strong>0</strong>" in shown
    assert "<strong>–</strong>" in shown


def test_a_bid_is_excluded_and_taken_back(officer_client: Client) -> None:
    held = evaluated()
    bid = Bid.objects.get(supplier__name="Asp")
    assert "reason" in officer_client.post(page("bid_exclude", held, bid.pk), {}).context["form"].errors
    officer_client.post(page("bid_exclude", held, bid.pk), {"reason": "Mangler ESPD"})
    assert Bid.objects.get(pk=bid.pk).state == BidState.EXCLUDED
    officer_client.post(page("bid_readmit", held, bid.pk))
    assert Bid.objects.get(pk=bid.pk).state == BidState.EVALUATED


# --- award


def test_the_best_ranked_are_ticked_beforehand(officer_client: Client) -> None:
    held = evaluated()
    response = officer_client.get(page("award", held))
    assert response.context["picked"] == {Bid.objects.get(supplier__name="Birk").pk}
    assert response.context["plan"] is None


def test_winners_are_chosen_and_a_refusal_keeps_what_was_ticked(officer_client: Client) -> None:
    held = evaluated()
    asp = Bid.objects.get(supplier__name="Asp").pk
    response = officer_client.post(page("winners_choose", held), {"winners": [asp], "reason": ""})
    assert "Skriv, hvorfor det ikke er valgt" in response.context["winners"].non_field_errors()[0]
    assert response.context["picked"] == {asp}
    officer_client.post(page("winners_choose", held), {"winners": [asp], "reason": "Birk trak sig"})
    assert Bid.objects.get(pk=asp).state == BidState.WON
    strange = officer_client.post(page("winners_choose", held), {"winners": ["999", "x"]})
    assert "winners" in strange.context["winners"].errors


def test_contracts_are_made_from_the_preview(officer_client: Client) -> None:
    held = standing_still()
    birk = Bid.objects.get(supplier__name="Birk").pk
    preview = officer_client.get(page("award", held))
    assert [form["number"].value() for form in preview.context["form"].contracts] == ["beskaeftigelse-2027-a-1"]
    data = {"on": "2027-06-28", f"bid-{birk}-number": "K-2027-1", f"bid-{birk}-value_dkk": "1.250.000"}
    assert told(officer_client, page("contracts_make", held), data) == ["1 kontrakt er oprettet."]
    contract = Contract.objects.get()
    assert (contract.number, contract.value_dkk) == ("K-2027-1", Decimal(1_250_000))
    assert told(officer_client, page("contracts_make", held), {"on": "2027-06-28"}) == ["1 kontrakt er oprettet."]
    assert Contract.objects.count() == 1


def test_contracts_that_cannot_be_made_are_named(officer_client: Client) -> None:
    held = standing_still()
    birk = Bid.objects.get(supplier__name="Birk").pk
    data = {"on": "2027-06-20", f"bid-{birk}-number": "K-1"}
    response = officer_client.post(page("contracts_make", held), data)
    assert "Standstill slutter 24. juni 2027" in response.context["form"].errors["on"][0]
    response = officer_client.post(page("contracts_make", held), data | {f"bid-{birk}-number": ""})
    assert "number" in response.context["form"].contracts[0].errors
    assert not Contract.objects.exists()


def test_pages_of_a_tender_with_contracts_link_to_them(officer_client: Client) -> None:
    held = standing_still()
    award_tender(held, on=dt.date(2027, 6, 28), today=NOON.date(), by=None)
    contract = Contract.objects.get()
    for name in ("award", "bids"):
        assert reverse("contract:inspect", args=[contract.pk]) in officer_client.get(page(name, held)).content.decode()


# --- how many queries

QUERIES = {"bids": 16, "award": 23, "scores": 16}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", ["bids", "award", "scores"])
def test_pages_take_the_same_queries(officer_client: Client, name: str, rows: int) -> None:
    held = decided()
    lot = held.lots.get()
    for number in range(rows):
        other = with_lot(held, f"lot-{number}")
        with_bid(other, f"L{number}")
        with_bid(lot, f"B{number}")
    address = page("scores", held, lot.pk) if name == "scores" else page(name, held)
    officer_client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert officer_client.get(address).status_code == 200
    assert len(queries) == QUERIES[name]
