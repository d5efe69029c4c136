from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from records.viewsets import address_of
from suppliers.models import Supplier
from suppliers.services import merge_suppliers
from tests.factories import ContactFactory, ContractFactory, SupplierFactory, UnitFactory


@pytest.fixture
def pair(db: None) -> tuple[Supplier, Supplier]:
    return SupplierFactory(name="Broen ApS"), SupplierFactory(name="Broen")


def choose(supplier: Supplier) -> str:
    return reverse("suppliers:merge_choose", args=[supplier.pk])


def confirm(pair: tuple[Supplier, Supplier]) -> str:
    return reverse("suppliers:merge", args=[each.pk for each in pair])


def test_likely_duplicates_are_suggested(pair: tuple[Supplier, Supplier], officer_client: Client) -> None:
    loser, _into = pair
    UnitFactory(supplier=loser, p_number="1000000001")
    UnitFactory(supplier=SupplierFactory(name="Et andet navn"), p_number="1000000001")
    SupplierFactory(name="Brohuset")
    likely = officer_client.get(choose(loser)).context["likely"]
    assert [(each.supplier.name, each.why) for each in likely] == [
        ("Broen", ("samme navn",)),
        ("Et andet navn", ("samme P-nummer 1000000001",)),
    ]


def test_choosing_leads_to_a_preview(pair: tuple[Supplier, Supplier], officer_client: Client) -> None:
    loser, into = pair
    ContactFactory(supplier=loser, name="Kim Testesen")
    ContractFactory(supplier=loser, number="K-17")
    response = officer_client.get(choose(loser), {"into": into.pk}, follow=True)
    assert response.redirect_chain == [(confirm(pair), 302)]
    shown = response.content.decode()
    assert all(text in shown for text in ("Kim Testesen", "K-17", loser.cvr, into.cvr, "Kontrakter: 1 flytter"))


def test_choosing_oneself_or_nothing_is_told(pair: tuple[Supplier, Supplier], officer_client: Client) -> None:
    loser, _into = pair
    for wrong in ("", str(loser.pk), "x", "999999"):
        response = officer_client.get(choose(loser), {"into": wrong})
        assert (response.status_code, list(response.context["form"].errors)) == (200, ["into"])


def test_merge_and_undo(pair: tuple[Supplier, Supplier], officer_client: Client) -> None:
    loser, into = pair
    response = officer_client.post(confirm(pair), {"reason": "Samme"}, follow=True)
    assert response.redirect_chain == [(address_of(into), 302)]
    assert loser.cvr in response.content.decode()  # among those merged into it
    undo = reverse("suppliers:merge_undo", args=[loser.pk])
    assert undo in response.content.decode()
    assert officer_client.get(undo).status_code == 200
    assert officer_client.post(undo, {"reason": ""}).status_code == 200
    assert officer_client.post(undo, {"reason": "Forskellige"}).status_code == 302
    assert not Supplier.objects.exclude(merged_into=None).exists()
    assert officer_client.get(undo).status_code == 404


def test_old_addresses_lead_to_the_survivor_with_a_note(
    pair: tuple[Supplier, Supplier], officer: User, officer_client: Client
) -> None:
    loser, into = pair
    merge_suppliers(loser, into=into, reason="Samme", by=officer)
    for name in ("inspect", "edit", "delete", "copy", "usage"):
        response = officer_client.get(reverse(f"supplier:{name}", args=[loser.pk]), follow=True)
        assert response.redirect_chain == [(address_of(into), 302)]
        assert "“Broen ApS” blev lagt sammen med “Broen”" in response.content.decode()
    assert officer_client.post(reverse("supplier:delete", args=[loser.pk])).status_code == 302
    assert Supplier.objects.filter(pk=loser.pk).exists()
    history = officer_client.get(reverse("supplier:history", args=[loser.pk]))
    assert "“Broen ApS” blev lagt sammen med “Broen”" in history.content.decode()
    assert officer_client.get(choose(loser)).status_code == 404


def test_merged_suppliers_leave_lists_choosers_and_forms_but_are_found_by_their_number(
    pair: tuple[Supplier, Supplier], officer: User, officer_client: Client
) -> None:
    loser, into = pair
    merge_suppliers(loser, into=into, reason="Samme", by=officer)
    assert list(officer_client.get("/admin/supplier/").context["object_list"]) == [into]
    found = officer_client.get("/admin/supplier/", {"q": loser.cvr}).context["object_list"]
    assert list(found) == [into]
    form = officer_client.get("/admin/contract/new/").context["form"]
    assert list(form.fields["supplier"].queryset) == [into]
    chooser = officer_client.get(reverse("supplier_chooser:choose_results")).content.decode()
    assert ("Broen ApS" in chooser, "Broen" in chooser) == (False, True)


def test_a_refusal_is_shown_before_and_after(officer_client: Client, pair: tuple[Supplier, Supplier]) -> None:
    first = ContractFactory(supplier=pair[0])
    ContractFactory(supplier=pair[1], lot=first.lot)
    preview = officer_client.get(confirm(pair)).content.decode()
    assert "gælder samtidig" in preview
    assert "Ja, læg sammen" not in preview
    response = officer_client.post(confirm(pair), {"reason": "Samme"})
    assert (response.status_code, "gælder samtidig" in response.content.decode()) == (200, True)
    assert not Supplier.objects.exclude(merged_into=None).exists()


def test_reader_is_refused(reader_client: Client, pair: tuple[Supplier, Supplier]) -> None:
    pages = (choose(pair[0]), confirm(pair), reverse("suppliers:merge_undo", args=[pair[0].pk]))
    assert {reader_client.get(page).status_code for page in pages} == {403}
    assert reader_client.post(confirm(pair), {"reason": "Samme"}).status_code == 403


def test_wrong_verbs_and_foreign_ids(officer_client: Client, pair: tuple[Supplier, Supplier]) -> None:
    assert officer_client.post(choose(pair[0])).status_code == 405
    assert officer_client.delete(confirm(pair)).status_code == 405
    assert officer_client.get(reverse("suppliers:merge", args=[pair[0].pk, 0])).status_code == 404
    assert officer_client.get(reverse("suppliers:merge_undo", args=[pair[0].pk])).status_code == 404


def test_the_preview_takes_the_same_queries_however_much_there_is(
    officer_client: Client, pair: tuple[Supplier, Supplier]
) -> None:
    costs = []
    for _time in range(3):  # the first also fetches what every page needs once
        for supplier in pair:
            ContactFactory(supplier=supplier)
            UnitFactory(supplier=supplier)
            ContractFactory(supplier=supplier)
        with CaptureQueriesContext(connection) as queries:
            officer_client.get(confirm(pair))
        costs.append(len(queries))
    assert costs[1] == costs[2] <= 30
