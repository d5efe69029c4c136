import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from records.models import StagedSheet
from results.models import Delivery, Observation
from tests.conftest import person_with
from tests.factories import StagedSheetFactory
from tests.results.files import csv_file, line

NEW = "results:import_new"


def upload(client, file=None, **changed):
    data = {"source": "DREAM og Fasit", "extracted_on": "2023-08-07", "is_validated": "on", "note": "", **changed}
    return client.post(reverse(NEW), {**data, "file": file or csv_file(line())})


def staged_by(client):
    response = upload(client)
    return StagedSheet.objects.get(), response


def digest_of(client, staged):
    return client.get(reverse("results:import_preview", args=[staged.pk])).context["digest"]


def confirm(client, staged, digest=None):
    return client.post(
        reverse("results:import_confirm", args=[staged.pk]), {"digest": digest or digest_of(client, staged)}
    )


# --- upload


def test_upload_page_works(officer_client, vocabulary):
    response = officer_client.get(reverse(NEW))
    assert response.status_code == 200
    assert response.context["form"].initial["is_validated"] is True


def test_upload_leads_to_the_preview_and_writes_no_figures(officer_client, officer, vocabulary):
    staged, response = staged_by(officer_client)
    assert response.url == reverse("results:import_preview", args=[staged.pk])
    assert (staged.uploaded_by, staged.file_name, staged.facts["extracted_on"]) == (
        officer,
        "resultater.csv",
        "2023-08-07",
    )
    assert Delivery.objects.count() == 0


def test_upload_again_replaces_what_was_staged(officer_client, vocabulary):
    staged, _response = staged_by(officer_client)
    upload(officer_client, source="Fasit")
    assert [(s.facts["source"], s.sha256) for s in StagedSheet.objects.all()] == [("Fasit", staged.sha256)]


def test_upload_with_errors_shows_them_and_keeps_nothing(officer_client, vocabulary):
    response = upload(officer_client, csv_file(line(measure="ukendt"), line(outcomes="9999")), note="Min note")
    assert response.status_code == 422
    page = response.content.decode()
    assert "ukendt" in page
    assert "9999" in page
    assert "Min note" in page
    assert StagedSheet.objects.count() == 0


def test_upload_of_figures_in_use_names_their_rows_and_the_delivery(officer_client, vocabulary):
    staged, _response = staged_by(officer_client)
    confirm(officer_client, staged)
    delivery = Delivery.objects.get()
    response = upload(officer_client, csv_file(line(outcomes="63")), source="Fasit")
    assert response.status_code == 422
    (error,) = response.context["errors"]
    assert (error.row, error.column, error.value) == (2, "period", "2022")
    assert str(delivery) in error.problem
    assert upload(officer_client, csv_file(line(outcomes="63")), supersedes=delivery.pk).status_code == 302


def test_upload_with_periods_that_cross_names_both_rows(officer_client, vocabulary):
    response = upload(officer_client, csv_file(line(period="2022-Q2"), line(period="2022-05-01/2022-07-31")))
    (error,) = response.context["errors"]
    assert (error.row, error.value) == (3, "2022-05-01/2022-07-31")
    assert "2. kvartal 2022" in error.problem


def test_upload_with_a_cpr_number_neither_shows_nor_keeps_it(officer_client, vocabulary):
    response = upload(officer_client, csv_file(line(note="010190-1234")))
    assert response.status_code == 422
    assert "010190" not in response.content.decode()
    assert StagedSheet.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"source": ""}, "source"),
        ({"extracted_on": "i går"}, "extracted_on"),
        ({"extracted_on": "2999-01-01"}, "extracted_on"),
    ],
)
def test_upload_invalid_form(officer_client, vocabulary, changed, field):
    response = upload(officer_client, **changed)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]


def test_upload_without_a_file(officer_client, vocabulary):
    response = officer_client.post(reverse(NEW), {"source": "Fasit", "extracted_on": "2023-08-07"})
    assert list(response.context["form"].errors) == ["file"]


@pytest.mark.parametrize("order", [["source", "extracted_on", "file"], ["file", "source", "extracted_on"]])
def test_upload_that_is_too_large_is_not_received(officer_client, vocabulary, settings, monkeypatch, order):
    monkeypatch.setattr("records.files.uploads.SLACK_BYTES", 0)
    settings.IMPORT_MAX_BYTES = 500
    file = csv_file(*[line(note="x" * 400)] * 5)
    data = {"source": "DREAM og Fasit", "extracted_on": "2023-08-07", "file": file}
    response = officer_client.post(reverse(NEW), {name: data[name] for name in order})
    form = response.context["form"]
    assert {name: len(errors) for name, errors in form.errors.items()} == {"file": 1}
    assert "500" in form.errors["file"][0]
    assert [form[name].value() for name in ("source", "extracted_on", "is_validated")] == [None, None, True]
    assert (StagedSheet.objects.count(), Delivery.objects.count()) == (0, 0)


def test_upload_that_is_only_just_too_large_keeps_what_was_written(officer_client, vocabulary, settings):
    settings.IMPORT_MAX_BYTES = 100
    form = upload(officer_client).context["form"]
    assert list(form.errors) == ["file"]
    assert form["source"].value() == "DREAM og Fasit"


def test_upload_needs_the_csrf_token(officer, vocabulary):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    assert upload(client).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(reverse(NEW)).content.decode())[1]
    assert upload(client, csrfmiddlewaretoken=token).status_code == 302


def test_upload_wrong_verb(officer_client):
    assert officer_client.put(reverse(NEW)).status_code == 405


# --- preview


def test_preview_shows_what_will_change(officer_client, vocabulary):
    staged, _response = staged_by(officer_client)
    confirm(officer_client, staged)
    delivery = Delivery.objects.get()
    upload(officer_client, csv_file(line(outcomes="70"), line(benefit_group="sygemeldte")), supersedes=delivery.pk)
    page = officer_client.get(reverse("results:import_preview", args=[StagedSheet.objects.get().pk]))
    assert [(group.kind.value, group.count) for group in page.context["groups"]] == [("replaced", 1), ("new", 1)]
    assert "62 af 1.286" in page.content.decode() or "62 of 1.286" in page.content.decode()
    assert "70 af 1.286" in page.content.decode() or "70 of 1.286" in page.content.decode()


def test_preview_of_what_can_no_longer_be_imported_says_why(officer_client, vocabulary):
    staged, _response = staged_by(officer_client)
    vocabulary.measures[0].versions.all().update(valid_to=dt.date(2022, 6, 30))
    response = officer_client.get(reverse("results:import_preview", args=[staged.pk]))
    assert response.status_code == 422
    assert [error.column for error in response.context["errors"]] == ["period"]


@pytest.mark.parametrize("rows", [1, 3])
def test_preview_query_count(officer_client, vocabulary, django_assert_num_queries, rows):
    upload(officer_client, csv_file(*[line(benefit_group=group.code) for group in vocabulary.groups[:rows]]))
    url = reverse("results:import_preview", args=[StagedSheet.objects.get().pk])
    officer_client.get(url)
    with django_assert_num_queries(21):
        officer_client.get(url)


def test_preview_wrong_verb(officer_client):
    staged = StagedSheetFactory()
    assert officer_client.post(reverse("results:import_preview", args=[staged.pk])).status_code == 405


# --- confirmation


def test_confirm_imports_what_was_shown(officer_client, officer, vocabulary, django_capture_on_commit_callbacks):
    staged, _response = staged_by(officer_client)
    path = staged.file.path
    with django_capture_on_commit_callbacks(execute=True):
        response = confirm(officer_client, staged)
    delivery = Delivery.objects.get()
    assert response.url == reverse("results_delivery:inspect", args=[delivery.pk])
    assert (delivery.file_name, delivery.sha256, delivery.imported_by) == ("resultater.csv", staged.sha256, officer)
    assert Observation.objects.get().outcomes == 62
    assert StagedSheet.objects.count() == 0
    assert not staged.file.storage.exists(path)


def test_confirm_refuses_when_it_would_change_something_else(officer_client, vocabulary):
    upload(officer_client, is_validated="")
    staged = StagedSheet.objects.get()
    shown = digest_of(officer_client, staged)
    upload(officer_client, csv_file(line(outcomes="61")), source="En anden kilde")
    confirm(officer_client, StagedSheet.objects.exclude(pk=staged.pk).get())
    response = confirm(officer_client, staged, shown)
    assert response.url == reverse("results:import_preview", args=[staged.pk])
    assert list(Delivery.objects.values_list("source", flat=True)) == ["En anden kilde"]
    assert StagedSheet.objects.filter(pk=staged.pk).exists()


def test_confirm_refuses_a_file_that_was_changed_meanwhile(officer_client, vocabulary):
    staged, _response = staged_by(officer_client)
    shown = digest_of(officer_client, staged)
    with staged.file.storage.open(staged.file.name, "wb") as stream:
        stream.write(b"noget andet")
    confirm(officer_client, staged, shown)
    assert Delivery.objects.count() == 0


def test_discard_removes_the_upload(officer_client, vocabulary):
    staged, _response = staged_by(officer_client)
    response = officer_client.post(reverse("results:import_discard", args=[staged.pk]))
    assert response.url == reverse("results_delivery:index")
    assert (StagedSheet.objects.count(), Delivery.objects.count()) == (0, 0)


def test_old_uploads_are_removed_by_the_next(officer_client, vocabulary, time_machine):
    time_machine.move_to(dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    forgotten = StagedSheetFactory()
    time_machine.move_to(dt.datetime(2024, 1, 3, tzinfo=dt.UTC))
    upload(officer_client)
    assert not StagedSheet.objects.filter(pk=forgotten.pk).exists()
    assert StagedSheet.objects.count() == 1


# --- who may


PAGES = [
    (NEW, "get"),
    ("results:import_preview", "get"),
    ("results:import_confirm", "post"),
    ("results:import_discard", "post"),
]


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_reader_is_refused(reader_client, reader, name, method):
    args = [] if name == NEW else [StagedSheetFactory(uploaded_by=reader).pk]
    assert getattr(reader_client, method)(reverse(name, args=args)).status_code == 403


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_outsider_and_anonymous_do_not_get_in(supplier_client, db, name, method):
    args = [] if name == NEW else [StagedSheetFactory().pk]
    for client in (supplier_client, Client()):
        assert getattr(client, method)(reverse(name, args=args)).status_code in {302, 403, 404}
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(("name", "method"), PAGES[1:])
def test_what_another_person_uploaded_is_not_there(officer_client, name, method):
    theirs = StagedSheetFactory(uploaded_by=person_with(Role.ADMINISTRATOR))
    assert getattr(officer_client, method)(reverse(name, args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize("name", ["results:import_confirm", "results:import_discard"])
def test_wrong_verb(officer_client, name):
    assert officer_client.get(reverse(name, args=[StagedSheetFactory().pk])).status_code == 405
