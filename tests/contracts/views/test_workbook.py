"""The pages of the register's workbook: upload, preview, confirmation, and taking everything out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from contracts.models import Contract, ContractImport
from contracts.services import large_workbooks
from jobs.models import Job
from jobs.services import run
from records.models import StagedSheet
from tests.conftest import client_for
from tests.contracts.workbook.books import book_of, cells_of
from tests.factories import ContractFactory, StagedSheetFactory, SupplierFactory

pytestmark = pytest.mark.django_db
NEW = "contracts:workbook_new"
START = dt.date(2024, 7, 1)


@pytest.fixture
def contract() -> Contract:
    return ContractFactory(number="K-1", note="Før", supplier__name="Vejen Frem")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every workbook is large."""
    monkeypatch.setattr(large_workbooks, "LARGE_BYTES", 0)


def row(contract: Contract, **changed: Any) -> dict[str, Any]:
    base = {"number": contract.number, "supplier": contract.supplier.cvr, "lot": contract.lot.code}
    return base | {"starts_on": contract.starts_on, "note": contract.note} | changed


def upload(client: Client, *rows: dict[str, Any]) -> Any:
    return client.post(reverse(NEW), {"file": book_of(contracts=list(rows))})


def staged_by(client: Client, *rows: dict[str, Any]) -> StagedSheet:
    response = upload(client, *rows)
    staged = StagedSheet.objects.get()
    assert response.url == url("preview", staged)
    return staged


def url(name: str, staged: StagedSheet) -> str:
    return reverse(f"contracts:workbook_{name}", args=[staged.pk])


def confirm(client: Client, staged: StagedSheet, *, digest: str = "") -> Any:
    digest = digest or client.get(url("preview", staged)).context["digest"]
    return client.post(url("confirm", staged), {"digest": digest}, follow=True)


def work() -> bool:
    return run(Job.objects.latest("pk").pk)


# --- a small workbook


def test_the_page_names_sheets_and_columns(officer_client: Client) -> None:
    page = officer_client.get(reverse(NEW)).content.decode()
    assert "Udbudsområder" in page
    assert "<strong>Kontraktnummer</strong>" in page


def test_the_preview_shows_what_changes_and_writes_nothing(officer_client: Client, contract: Contract) -> None:
    new = row(ContractFactory.build(number="K-2", supplier=SupplierFactory(), lot=contract.lot))
    staged = staged_by(officer_client, row(contract, note="Efter"), new)
    response = officer_client.get(url("preview", staged))
    (table,) = response.context["preview"]["tables"]
    assert table["counts"] == [("new", 1), ("changed", 1), ("unchanged", 0)]
    assert table["changed"]["rows"] == [
        {"label": "K-1", "name": "K-1 Vejen Frem", "changes": [("Note", "Før", "Efter")]}
    ]
    assert [found["label"] for found in table["new"]["rows"]] == ["K-2"]
    assert "<s>Før</s>" in response.content.decode()
    contract.refresh_from_db()
    assert (contract.note, Contract.objects.count()) == ("Før", 1)


def test_confirmed_it_is_imported_and_leads_to_what_it_changed(
    officer_client: Client, officer: User, contract: Contract
) -> None:
    response = confirm(officer_client, staged_by(officer_client, row(contract, note="Efter")))
    contract.refresh_from_db()
    record = ContractImport.objects.get()
    assert (contract.note, record.imported_by) == ("Efter", officer)
    assert response.redirect_chain[-1][0] == reverse("contracts_import:inspect", args=[record.pk])
    assert "Kontrakter" in response.content.decode()
    assert StagedSheet.objects.count() == 0


def test_an_upload_with_errors_tells_them_all_and_keeps_nothing(officer_client: Client, contract: Contract) -> None:
    response = upload(officer_client, row(contract, starts_on="snart"), row(contract, number="K-2", lot="ukendt"))
    page = response.content.decode()
    assert response.status_code == 422
    assert ("snart" in page, "ukendt" in page, StagedSheet.objects.count()) == (True, True, 0)


def test_it_is_refused_when_the_change_is_no_longer_the_one_shown(officer_client: Client, contract: Contract) -> None:
    staged = staged_by(officer_client, row(contract, note="Efter"))
    digest = officer_client.get(url("preview", staged)).context["digest"]
    contract.note = "Imens"
    contract.save()
    response = confirm(officer_client, staged, digest=digest)
    contract.refresh_from_db()
    assert contract.note == "Imens"
    assert "<s>Imens</s>" in response.content.decode()


def test_a_workbook_that_changes_nothing_says_so(officer_client: Client, contract: Contract) -> None:
    staged = staged_by(officer_client, row(contract))
    assert "intet ville blive ændret" in officer_client.get(url("preview", staged)).content.decode()
    digest = officer_client.get(url("preview", staged)).context["digest"]
    assert confirm(officer_client, staged, digest=digest).redirect_chain[-1][0] == reverse("contracts_import:index")


def test_discarded_it_is_removed(officer_client: Client, contract: Contract) -> None:
    staged = staged_by(officer_client, row(contract))
    officer_client.post(url("discard", staged))
    assert StagedSheet.objects.count() == 0


def test_sheets_that_are_not_read_are_named(officer_client: Client, contract: Contract) -> None:
    staged = staged_by(officer_client, row(contract, note="Efter"))
    preview = officer_client.get(url("preview", staged)).context["preview"]
    assert preview["ignored"] == []


# --- a large one


def test_a_large_workbook_is_looked_at_in_the_background(
    officer_client: Client, contract: Contract, large: None
) -> None:
    staged = staged_by(officer_client, row(contract, note="Efter"))
    assert "tager lidt tid" in officer_client.get(url("preview", staged)).content.decode()
    assert officer_client.get(url("progress", staged)).json()["is_open"] is True
    assert work()
    assert "<s>Før</s>" in officer_client.get(url("preview", staged)).content.decode()
    assert officer_client.get(url("progress", staged)).json()["is_open"] is False


def test_a_large_workbook_is_imported_in_the_background(
    officer_client: Client, officer: User, contract: Contract, large: None
) -> None:
    staged = staged_by(officer_client, row(contract, note="Efter"))
    work()
    assert "tager lidt tid" in confirm(officer_client, staged).content.decode()
    assert work()
    contract.refresh_from_db()
    assert (contract.note, contract.history.first().history_user) == ("Efter", officer)
    response = officer_client.get(url("preview", staged), follow=True)
    assert response.redirect_chain[-1][0] == reverse("contracts_import:inspect", args=[ContractImport.objects.get().pk])


def test_work_that_runs_twice_imports_once(officer_client: Client, contract: Contract, large: None) -> None:
    staged = staged_by(officer_client, row(contract, note="Efter"))
    large_workbooks.make_preview(str(staged.pk), lambda *_told: None)
    large_workbooks.make_preview(str(staged.pk), lambda *_told: None)
    confirm(officer_client, staged_again(staged))
    for _time in range(2):
        large_workbooks.run_import(str(staged.pk), lambda *_told: None)
    assert ContractImport.objects.count() == 1


def staged_again(staged: StagedSheet) -> StagedSheet:
    Job.objects.all().delete()
    Job.objects.create(kind=large_workbooks.PREVIEW, key="x", subject_id=str(staged.pk), state="done")
    return staged


def test_a_large_workbook_with_errors_is_not_kept(
    officer_client: Client, contract: Contract, large: None, django_capture_on_commit_callbacks
) -> None:
    staged = staged_by(officer_client, row(contract, starts_on="snart"))
    with django_capture_on_commit_callbacks(execute=True):
        work()
    page = officer_client.get(url("preview", staged)).content.decode()
    staged.refresh_from_db()
    assert "snart" in page
    assert not staged.file.storage.exists(staged.file.name)


def test_a_large_import_that_is_refused_shows_why_with_a_new_preview(
    officer_client: Client, contract: Contract, large: None
) -> None:
    staged = staged_by(officer_client, row(contract, note="Efter"))
    work()
    digest = officer_client.get(url("preview", staged)).context["digest"]
    contract.note = "Imens"
    contract.save()
    confirm(officer_client, staged, digest=digest)
    work()
    work()
    page = officer_client.get(url("preview", staged)).content.decode()
    assert "help-warning" in page
    assert "<s>Imens</s>" in page


def test_work_that_failed_can_be_begun_again(officer_client: Client, contract: Contract, large: None) -> None:
    staged = staged_by(officer_client, row(contract, note="Efter"))
    Job.objects.update(state="failed", message="Strømmen gik.")
    assert "Strømmen gik." in officer_client.get(url("preview", staged)).content.decode()
    officer_client.post(url("again", staged))
    assert work()
    assert "<s>Før</s>" in officer_client.get(url("preview", staged)).content.decode()


# --- taking it out


def test_everything_is_handed_out(reader_client: Client, contract: Contract) -> None:
    response = reader_client.get(reverse("contracts:workbook_export"))
    assert [cells[0] for cells in cells_of(response.content, "Kontrakter")] == ["Kontraktnummer", "K-1"]
    assert "kontraktregister" in response["Content-Disposition"]


def test_the_template_has_guide_lists_and_examples(officer_client: Client) -> None:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(officer_client.get(reverse("contracts:workbook_template")).content))
    assert book.sheetnames == [
        "Vejledning", "Leverandører", "Rammeaftaler", "Udbudsområder", "Kontrakter", "Optioner", "Priser", "Ændringer",
    ]  # fmt: skip
    lists = [listed.formula1 for listed in book["Kontrakter"].data_validations.dataValidation]
    assert lists == ['"Ja,Nej"', '"kommunen,leverandøren"', '"ingen,samlet,uden navn,med navn"']
    assert book["Kontrakter"]["A2"].value == "EKSEMPEL"


# --- who may


@pytest.mark.parametrize("name", ["preview", "progress", "confirm", "discard", "again"])
def test_what_another_brought_is_not_found(officer_client: Client, name: str) -> None:
    staged = StagedSheetFactory(kind="contracts.register")
    method = officer_client.get if name in {"preview", "progress"} else officer_client.post
    response = method(url(name, staged))
    assert response.status_code == (200 if name == "progress" else 404)
    assert name != "progress" or response.json() == {"is_open": False, "percent": 100, "text": ""}


@pytest.mark.parametrize("name", ["workbook_new", "workbook_template"])
def test_readers_are_refused(reader_client: Client, name: str) -> None:
    assert reader_client.get(reverse(f"contracts:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["confirm", "discard", "again"])
def test_writing_takes_a_post(officer_client: Client, name: str) -> None:
    assert officer_client.get(url(name, StagedSheetFactory())).status_code == 405


def test_suppliers_see_nothing_of_it(supplier_user: User) -> None:
    response = client_for(supplier_user).get(reverse("contracts:workbook_export"))
    assert response.status_code in {302, 403}


def test_the_list_of_imports_has_a_fixed_number_of_queries(
    officer_client: Client, officer: User, django_assert_max_num_queries
) -> None:
    from tests.factories import ContractImportFactory

    for count in (1, 2):
        ContractImportFactory.create_batch(count, counts={"contracts": {"new": 3, "changed": 0, "unchanged": 1}})
        with django_assert_max_num_queries(25):
            page = officer_client.get(reverse("contracts_import:index")).content.decode()
    assert "Kontrakter: 3 nye, 1 uændrede" in page
