from __future__ import annotations

from django.test import Client
from django.urls import reverse

from suppliers.models import Supplier
from tests.factories import SupplierFactory
from tests.records.forms import posted

REASON = "Tilsynet fandt fejl."


def page(supplier: Supplier) -> str:
    return reverse("suppliers:status", args=[supplier.pk])


def test_status_is_changed_and_stands_on_every_page(officer_client: Client) -> None:
    supplier = SupplierFactory()
    data = posted(officer_client, page(supplier), status="paused", status_reason=REASON, status_since="2025-03-01")
    response = officer_client.post(page(supplier), data)
    assert response.status_code == 302
    for name in ("inspect", "edit", "history", "delete", "usage"):
        shown = officer_client.get(reverse(f"supplier:{name}", args=[supplier.pk])).content.decode()
        assert "Ingen nye visitationer siden 1. marts 2025: Tilsynet fandt fejl." in shown, name


def test_normal_has_no_banner(officer_client: Client) -> None:
    shown = officer_client.get(reverse("supplier:inspect", args=[SupplierFactory().pk])).content.decode()
    assert "register-banner" not in shown


def test_wrong_input_is_told_at_its_field(officer_client: Client) -> None:
    supplier = SupplierFactory()
    data = posted(officer_client, page(supplier), status="ended", status_since="2999-01-01")
    response = officer_client.post(page(supplier), data)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"status_reason", "status_since"}


def test_the_second_to_save_is_told_and_keeps_the_text(officer_client: Client) -> None:
    supplier = SupplierFactory()
    mine = posted(officer_client, page(supplier), status="watched", status_reason="Min", status_since="2025-03-01")
    theirs = {**mine, "status": "paused", "status_reason": "Deres"}
    officer_client.post(page(supplier), theirs)
    response = officer_client.post(page(supplier), mine)
    assert "mens du skrev" in response.content.decode()
    assert "Min</textarea>" in response.content.decode()
    supplier.refresh_from_db()
    assert supplier.status_reason == "Deres"
    again = {**mine, "loaded_version": response.context["form"]["loaded_version"].value()}
    assert officer_client.post(page(supplier), again).status_code == 302


def test_reader_is_refused(reader_client: Client) -> None:
    supplier = SupplierFactory()
    assert [reader_client.get(page(supplier)).status_code, reader_client.post(page(supplier)).status_code] == [403, 403]
    assert page(supplier) not in reader_client.get(reverse("supplier:inspect", args=[supplier.pk])).content.decode()


def test_not_there_and_wrong_verb(officer_client: Client) -> None:
    supplier = SupplierFactory()
    assert officer_client.get(reverse("suppliers:status", args=[0])).status_code == 404
    assert officer_client.put(page(supplier)).status_code == 405
