from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse

from accounts.models import User
from committees.models import Decision
from contracts.models import Contract, Lot
from suppliers.models import Supplier
from tests.factories import (
    CommitteeMeetingFactory,
    ContractFactory,
    ContractOptionFactory,
    ContractPriceFactory,
    FrameworkAgreementFactory,
    LotFactory,
    SupplierFactory,
    TargetGroupFactory,
)
from tests.records.forms import posted
from tests.records.test_services import decision_with

NEW = "/admin/supplier/new/"
BACK = "/admin/supplier/?q=bro"


def edit_of(record: object) -> str:
    return reverse(f"{record._meta.model_name}:edit", args=[record.pk])


# --- new


def test_create_saves_with_actor_and_leads_back_to_the_list(officer_client: Client, officer: User) -> None:
    address = f"{NEW}?next=%2Fadmin%2Fsupplier%2F%3Fq%3Dbro"
    response = officer_client.post(address, posted(officer_client, NEW, name="Broen", cvr="90000004"))
    assert (response.status_code, response["Location"]) == (302, BACK)
    assert Supplier.objects.get().history.get().history_user == officer


def test_create_refuses_readers_and_outsiders(reader_client: Client, supplier_client: Client) -> None:
    for client in (reader_client, supplier_client):
        assert client.get(NEW).status_code == 403
        assert client.post(NEW, {"name": "Broen", "cvr": "90000004"}).status_code == 403
    assert not Supplier.objects.exists()


def test_create_shows_what_is_wrong_and_keeps_the_text(officer_client: Client) -> None:
    response = officer_client.post(NEW, {"name": "Broen", "cvr": "12345678"})
    assert response.status_code == 200
    assert "cvr" in response.context["form"].errors
    assert 'value="Broen"' in response.content.decode()


def test_create_does_not_lead_to_foreign_sites(officer_client: Client) -> None:
    data = posted(officer_client, NEW, name="Broen", cvr="90000004")
    response = officer_client.post(f"{NEW}?next=https://evil.example/", data)
    assert response["Location"] == "/admin/supplier/"


def test_create_with_links_and_children(officer_client: Client) -> None:
    framework, group = FrameworkAgreementFactory(), TargetGroupFactory()
    lot = {"framework": framework.pk, "code": "1A", "name": "Unge", "target_groups": [group.pk]}
    data = posted(officer_client, "/admin/lot/new/", **lot)
    assert officer_client.post("/admin/lot/new/", data).status_code == 302
    assert list(Lot.objects.get().target_groups.all()) == [group]
    form = {
        "title": "Bestilling",
        "meeting": CommitteeMeetingFactory().pk,
        "code": "bestilling",
        "text": "Udvalget bad om tal.",
        "points-TOTAL_FORMS": "2",
        "points-INITIAL_FORMS": "0",
        "points-MIN_NUM_FORMS": "0",
        "points-MAX_NUM_FORMS": "1000",
        "points-0-text": "Tilfredshed",
        "points-0-ORDER": "2",
        "points-1-text": "Resultater",
        "points-1-ORDER": "1",
    }
    assert officer_client.post("/admin/decision/new/", form).status_code == 302
    assert [str(point) for point in Decision.objects.get().points.all()] == ["1. Resultater", "2. Tilfredshed"]


# --- change


def test_edit_saves_with_reason_and_leads_back(officer_client: Client, officer: User) -> None:
    supplier = SupplierFactory(name="Før")
    address = f"{edit_of(supplier)}?next=%2Fadmin%2Fsupplier%2F%3Fq%3Dbro"
    form = posted(officer_client, address, name="Efter", change_reason="Navneskift")
    response = officer_client.post(address, form)
    assert (response.status_code, response["Location"]) == (302, BACK)
    newest = supplier.history.latest()
    assert (newest.name, newest.history_user, newest.history_change_reason) == ("Efter", officer, "Navneskift")


def test_edit_posts_to_an_address_that_still_knows_the_way_back(officer_client: Client) -> None:
    address = f"{edit_of(SupplierFactory())}?next=%2Fadmin%2Fsupplier%2F%3Fq%3Dbro"
    assert officer_client.get(address).context["action_url"].endswith("?next=%2Fadmin%2Fsupplier%2F%3Fq%3Dbro")


def test_edit_refuses_readers_and_outsiders(reader_client: Client, supplier_client: Client) -> None:
    address = edit_of(SupplierFactory(name="Før"))
    for client in (reader_client, supplier_client):
        assert client.get(address).status_code == 403
        assert client.post(address, {"name": "Efter"}).status_code == 403
    assert Supplier.objects.get().name == "Før"


def test_edit_of_nothing_is_404(officer_client: Client, reader_client: Client) -> None:
    for client in (officer_client, reader_client):
        assert client.get("/admin/supplier/edit/4711/").status_code == 404


def test_edit_shows_what_the_database_rules_refuse(officer_client: Client) -> None:
    contract = ContractFactory()
    form = posted(officer_client, edit_of(contract), ends_on="1999-01-01")
    response = officer_client.post(edit_of(contract), form)
    assert response.status_code == 200
    assert response.context["form"].errors == {"ends_on": ["Kontrakten slutter, før den starter. Ret en af datoerne."]}
    assert Contract.objects.get().ends_on is None


def test_edit_shows_what_the_rules_over_rows_refuse_among_the_rows(officer_client: Client) -> None:
    option = ContractOptionFactory(contract=ContractFactory(ends_on=dt.date(2026, 6, 30)))
    late = {"options-0-state": "exercised", "options-0-decided_on": "2026-06-01"}
    response = officer_client.post(edit_of(option.contract), posted(officer_client, edit_of(option.contract)) | late)
    (sentence,) = response.context["form"].formsets["options"].non_form_errors()
    assert sentence.startswith(
        "Option 1 blev besluttet 1. juni 2026, men skulle være besluttet senest 31. december 2025."
    )
    assert sentence in response.content.decode()


def test_edit_shows_what_the_database_rules_refuse_of_a_row_in_the_row(officer_client: Client) -> None:
    price = ContractPriceFactory()
    data = {"prices-0-valid_from": "2026-01-01", "prices-0-valid_to": "2025-12-31", "prices-0-price_dkk": "1.450,00"}
    response = officer_client.post(edit_of(price.contract), posted(officer_client, edit_of(price.contract)) | data)
    assert response.context["form"].formsets["prices"].errors == [
        {"valid_to": ["Prisen slutter, før den begynder. Ret en af datoerne."]}
    ]


def test_edit_changes_children(officer_client: Client) -> None:
    decision = decision_with("A", "B")
    form = posted(officer_client, edit_of(decision))
    form |= {"points-0-text": "A, rettet", "points-0-ORDER": "2", "points-1-ORDER": "1"}
    assert officer_client.post(edit_of(decision), form).status_code == 302
    assert [str(point) for point in decision.points.all()] == ["1. B", "2. A, rettet"]


# --- copy


def test_copy_fills_in_a_new_record_but_not_what_is_unique(officer_client: Client) -> None:
    lot = LotFactory(code="1A", name="Unge")
    lot.target_groups.add(TargetGroupFactory())
    form = officer_client.get(reverse("lot:copy", args=[lot.pk])).context["form"]
    values = {name: form[name].value() for name in ("name", "code", "framework")}
    assert values == {"name": "Unge", "code": "", "framework": lot.framework.pk}
    assert form["target_groups"].value()


def test_copy_cannot_write_over_the_original(officer_client: Client) -> None:
    supplier = SupplierFactory(name="Før")
    address = reverse("supplier:copy", args=[supplier.pk])
    assert officer_client.post(address, {"name": "Efter", "cvr": supplier.cvr}).status_code == 405
    assert Supplier.objects.get().name == "Før"


def test_copy_of_children_makes_new_ones(officer_client: Client) -> None:
    decision = decision_with("A", "B")
    address = reverse("decision:copy", args=[decision.pk])
    form = posted(officer_client, address, code="kopi")
    assert officer_client.post("/admin/decision/new/", form).status_code == 302
    copy = Decision.objects.get(code="kopi")
    assert [str(point) for point in copy.points.all()] == ["1. A", "2. B"]
    assert decision.points.count() == 2


# --- delete


def test_delete_asks_then_deletes_with_reason_and_offers_undo(officer_client: Client, officer: User) -> None:
    supplier = SupplierFactory()
    address = f"{reverse('supplier:delete', args=[supplier.pk])}?next=%2Fadmin%2Fsupplier%2F%3Fq%3Dbro"
    assert officer_client.get(address).status_code == 200
    assert Supplier.objects.exists()
    response = officer_client.post(address, {"reason": "Dublet"})
    assert (response.status_code, response["Location"]) == (302, BACK)
    last = Supplier.history.latest()
    assert (last.history_type, last.history_user, last.history_change_reason) == ("-", officer, "Dublet")
    page = officer_client.get(BACK).content.decode()
    assert reverse("supplier:history", args=[supplier.pk]) in page


def test_delete_says_who_depends_on_it(officer_client: Client) -> None:
    contract = ContractFactory(number="K-77")
    response = officer_client.post(reverse("supplier:delete", args=[contract.supplier.pk]))
    assert response.status_code == 200
    assert "K-77" in response.content.decode()
    assert Supplier.objects.exists()


def test_delete_refuses_readers_and_finds_nothing_that_is_not_there(
    officer_client: Client, reader_client: Client
) -> None:
    address = reverse("supplier:delete", args=[SupplierFactory().pk])
    assert reader_client.post(address).status_code == 403
    assert officer_client.get("/admin/supplier/delete/4711/").status_code == 404
    assert Supplier.objects.exists()
