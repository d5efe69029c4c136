"""The register taken out in the background, when it is large: asked for, made, fetched by the one who asked, and removed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from contracts.models import Contract, RegisterExport
from contracts.services import exports
from contracts.services.exports import make_export, sweep_exports
from contracts.tasks import sweep_old_exports
from contracts.workbook.exporting import register_workbook
from jobs.models import Job
from jobs.services import run
from tests.conftest import client_for
from tests.contracts.workbook.books import cells_of
from tests.factories import ContractFactory, RegisterExportFactory

pytestmark = pytest.mark.django_db
NEW, BEGIN = "contracts:workbook_export", "contracts:workbook_export_begin"


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Contract:
    """Every register is large."""
    monkeypatch.setattr(exports, "LARGE_CONTRACTS", 0)
    return ContractFactory(number="K-1")


def url(name: str, export: RegisterExport) -> str:
    return reverse(f"contracts:workbook_export_{name}", args=[export.pk])


def begun(client: Client) -> RegisterExport:
    response = client.post(reverse(BEGIN))
    export = RegisterExport.objects.get()
    assert response.url == url("show", export)
    return export


def test_a_large_register_is_made_in_the_background(reader_client: Client, large: Contract) -> None:
    assert "bliver dannet i baggrunden" in reader_client.get(reverse(NEW)).content.decode()
    assert RegisterExport.objects.count() == 0
    export = begun(reader_client)
    assert "job-progress" in reader_client.get(url("show", export)).content.decode()
    assert reader_client.get(url("progress", export)).json()["is_open"] is True
    assert reader_client.get(url("download", export)).status_code == 404
    assert run(Job.objects.get().pk)
    assert reader_client.get(url("progress", export)).json()["is_open"] is False
    assert url("download", export) in reader_client.get(url("show", export)).content.decode()
    assert url("show", export) in reader_client.get(reverse(NEW)).content.decode()
    response = reader_client.get(url("download", export))
    content = b"".join(response.streaming_content)
    assert [cells[0] for cells in cells_of(content, "Kontrakter")] == ["Kontraktnummer", "K-1"]
    assert "kontraktregister" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]


def test_it_tells_how_far_it_has_come(officer: User, large: Contract) -> None:
    told: list[tuple[int, str]] = []
    register_workbook(officer, tell=lambda percent, message: told.append((percent, message)))
    assert [percent for percent, _message in told] == sorted(percent for percent, _message in told)
    assert "Kontrakter: 0 rækker …" in [message for _percent, message in told]


def test_asked_for_twice_it_is_made_once(reader_client: Client, large: Contract) -> None:
    export = begun(reader_client)
    assert begun(reader_client) == export
    run(Job.objects.get().pk)
    export.refresh_from_db()
    name = export.file.name
    make_export(str(export.pk), lambda *_told: None)
    export.refresh_from_db()
    assert export.file.name == name


def test_work_that_failed_can_be_begun_again(reader_client: Client, large: Contract) -> None:
    first = begun(reader_client)
    Job.objects.update(state="failed", message="Strømmen gik.")
    assert "Strømmen gik." in reader_client.get(url("show", first)).content.decode()
    reader_client.post(reverse(BEGIN))
    assert RegisterExport.objects.count() == 2


def test_the_file_is_removed_after_a_day(reader: User, large: Contract) -> None:
    export = RegisterExportFactory(requested_by=reader)
    make_export(str(export.pk), lambda *_told: None)
    export.refresh_from_db()
    name, storage = export.file.name, export.file.storage
    now = timezone.now()
    assert (sweep_exports(now=now + dt.timedelta(hours=23)), sweep_old_exports()) == (0, 0)
    assert sweep_exports(now=now + dt.timedelta(hours=25)) == 1
    assert (storage.exists(name), RegisterExport.objects.count()) == (False, 0)
    make_export(str(export.pk), lambda *_told: None)  # gone meanwhile: nothing to do


@pytest.mark.parametrize("name", ["show", "progress", "download"])
def test_only_whoever_asked_may_have_it(officer_client: Client, name: str) -> None:
    assert officer_client.get(url(name, RegisterExportFactory())).status_code == 404


def test_only_by_post_and_only_from_the_municipality(officer_client: Client, supplier_user: User) -> None:
    assert officer_client.get(reverse(BEGIN)).status_code == 405
    assert client_for(supplier_user).post(reverse(BEGIN)).status_code in {302, 403}
    assert RegisterExport.objects.count() == 0
