"""The page that counts from registers: the ladder, and a count from upload to delivery."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from jobs import services as jobs
from jobs.handlers import TakesTooLongError
from jobs.models import Job
from results.models import Delivery, Derivation, Observation
from results.services.derivations import request_derivation, run_count, run_save, sweep_derivations
from tests.conftest import client_for
from tests.factories import (
    BenefitGroupFactory,
    DerivationFactory,
    FrameworkAgreementFactory,
    LotFactory,
    RegisterCodeFactory,
    ServiceFactory,
    SupplierFactory,
    UserFactory,
)
from tests.results.deriving.worlds import Row, course, person, register

pytestmark = pytest.mark.django_db
NEW = "results_derive:index"
PEOPLE = register(person(y_2222="771", branche_2022_06=""), person("p2", y_2222="730"))


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def codes(db: None) -> Row:
    return {
        "lot": LotFactory(code="A1", framework=FrameworkAgreementFactory(code="A")).code,
        "supplier_cvr": SupplierFactory().cvr,
        "benefit_group": BenefitGroupFactory(code="syge").code,
        "service": ServiceFactory(code="mentor").code,
    }


def sheet(name: str, rows: list[Row]) -> SimpleUploadedFile:
    text = "\n".join([";".join(rows[0]), *(";".join(row.values()) for row in rows)]) + "\n"
    content = text.encode()
    return SimpleUploadedFile(name, gzip.compress(content) if name.endswith(".gz") else content)


def upload(client: Client, rows: list[Row], people: list[Row] = PEOPLE, **changed: object):
    data = {
        "courses": sheet("forloeb.csv", rows),
        "register": sheet("register.csv.gz", people),
        "as_of": "2023-06-30",
        "extracted_on": "2023-07-01",
        "source": "DREAM og Fasit",
        **changed,
    }
    return client.post(reverse(NEW), data)


def work() -> None:
    """Do what waits, as a worker would."""
    with committed():
        for job in Job.objects.open():
            assert jobs.run(job.pk)


def committed():
    """Files are removed when it is certain that their rows are."""
    return TestCase.captureOnCommitCallbacks(execute=True)


def counted(client: Client, rows: list[Row], people: list[Row] = PEOPLE, **changed: object) -> Derivation:
    upload(client, rows, people, **changed)
    work()
    return Derivation.objects.latest("pk")


def page(client: Client, asked: Derivation) -> str:
    return client.get(reverse("results_derive:show", args=[asked.pk])).content.decode()


def save(client: Client, asked: Derivation, **fields: object):
    answer = client.post(reverse("results_derive:save", args=[asked.pk]), {"is_validated": "on", "note": "", **fields})
    work()
    return answer


def stored(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.rglob("*") if path.is_file())


# --- the ladder


@pytest.mark.parametrize("name", ["show", "progress", "csv"])
def test_read_pages_are_for_those_who_may_import(name: str, officer: User, reader_client: Client) -> None:
    asked = DerivationFactory(asked_by=officer)
    url = reverse(f"results_derive:{name}", args=[asked.pk])
    assert reader_client.get(url).status_code == 403
    assert client_for(officer).post(url).status_code == 405
    assert Client().get(url).status_code == 302
    assert client_for(person_with_import()).get(url).status_code == 404


def person_with_import() -> User:
    """A colleague who may import, and did not ask for this count."""
    user = UserFactory(email="kollega@kommune.example")
    user.groups.add(*User.objects.get(email__startswith="procurement").groups.all())
    return user


@pytest.mark.parametrize("name", ["again", "save", "discard"])
def test_actions_are_for_those_who_may_import(name: str, officer: User, reader_client: Client) -> None:
    asked = DerivationFactory(asked_by=officer)
    url = reverse(f"results_derive:{name}", args=[asked.pk])
    assert reader_client.post(url).status_code == 403
    assert client_for(officer).get(url).status_code == 405
    assert client_for(person_with_import()).post(url).status_code == 404


def test_a_supplier_is_refused(supplier_client: Client, officer: User) -> None:
    asked = DerivationFactory(asked_by=officer)
    assert supplier_client.get(reverse(NEW)).status_code == 403
    assert upload(supplier_client, [course()]).status_code == 403
    for name in ("show", "progress", "csv"):
        assert supplier_client.get(reverse(f"results_derive:{name}", args=[asked.pk])).status_code == 403
    for name in ("again", "save", "discard"):
        assert supplier_client.post(reverse(f"results_derive:{name}", args=[asked.pk])).status_code == 403
    assert list(Derivation.objects.all()) == [asked]


def test_the_upload_page_is_for_those_who_may_import(officer_client: Client, reader_client: Client) -> None:
    assert officer_client.get(reverse(NEW)).status_code == 200
    assert reader_client.get(reverse(NEW)).status_code == 403
    assert upload(reader_client, [course()]).status_code == 403
    assert officer_client.put(reverse(NEW)).status_code == 405
    assert not Derivation.objects.exists()


def test_the_menu_leads_here_only_those_who_may_import(officer_client: Client, reader_client: Client) -> None:
    deliveries = reverse("results_delivery:index")
    assert f'"{reverse(NEW)}"' in officer_client.get(deliveries).content.decode()
    assert f'"{reverse(NEW)}"' not in reader_client.get(deliveries).content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"courses": ""}, "courses"),
        ({"register": ""}, "register"),
        ({"as_of": "2999-01-01"}, "as_of"),
        ({"extracted_on": "2999-01-01"}, "extracted_on"),
        ({"source": ""}, "source"),
    ],
)
def test_a_form_that_is_not_filled_in(changed: dict[str, str], field: str, officer_client: Client) -> None:
    answer = upload(officer_client, [course()], **changed)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Derivation.objects.exists()


def test_a_file_named_by_a_person_is_not_kept(officer_client: Client, files: Path) -> None:
    answer = upload(officer_client, [course()], courses=sheet("010170-1234.csv", [course()]))
    assert "CPR" in answer.content.decode()
    assert stored(files) == []


def test_files_above_the_limit_are_told_before_they_are_read(officer_client: Client, settings) -> None:
    settings.REGISTER_MAX_BYTES = 10
    answer = upload(officer_client, [course(number="x" * 2_000_000)])
    assert "derive_results" in answer.content.decode()
    assert not Derivation.objects.exists()


# --- from upload to delivery


def test_an_upload_waits_with_a_progress_line(officer_client: Client, codes: Row) -> None:
    answer = upload(officer_client, [course(**codes)])
    asked = Derivation.objects.get()
    assert answer.url == reverse("results_derive:show", args=[asked.pk])
    assert "<progress" in page(officer_client, asked)
    state = officer_client.get(reverse("results_derive:progress", args=[asked.pk])).json()
    assert state["is_open"] is True
    work()
    state = officer_client.get(reverse("results_derive:progress", args=[asked.pk])).json()
    assert (state["is_open"], state["percent"]) == (False, 100)


def test_what_came_of_it_is_shown_before_anything_is_saved(officer_client: Client, codes: Row, files: Path) -> None:
    rows = [course(**codes), course("p2", "c2", **codes), course("p3", "c3", **codes, end="")]
    asked = counted(officer_client, rows)
    shown = page(officer_client, asked)
    assert asked.facts["totals"][0] == {
        "measure": "job_2m",
        "unit": "courses",
        "period": "2022",
        "denominator": 2,
        "outcomes": 1,
        "pending": 0,
        "censored": 0,
        "not_found": 0,
    }
    assert "I job to måneder efter afsluttet forløb" in shown
    assert "uge 22, 2022" in shown
    assert (asked.facts["ended"], asked.facts["running"], asked.facts["rows"]) == (2, 1, 288)
    assert not Delivery.objects.exists()
    # the two extracts are gone, the figures are there
    assert stored(files) == ["derived"]


def test_saved_figures_are_a_delivery_that_says_where_it_comes_from(
    officer_client: Client, officer: User, codes: Row
) -> None:
    asked = counted(officer_client, [course(**codes)])
    save(officer_client, asked, note="Uden januar")
    asked.refresh_from_db()
    delivery = Delivery.objects.get()
    assert asked.delivery == delivery
    assert (delivery.imported_by, delivery.source, str(delivery.extracted_on)) == (
        officer,
        "DREAM og Fasit",
        "2023-07-01",
    )
    assert delivery.note.endswith("Uden januar")
    assert Observation.objects.count() == 288
    shown = officer_client.get(reverse("results_delivery:inspect", args=[delivery.pk])).content.decode()
    assert asked.register_sha256 in shown
    assert asked.courses_sha256 in shown
    answer = officer_client.get(reverse("results_derive:show", args=[asked.pk]))
    assert answer.url == reverse("results_delivery:inspect", args=[delivery.pk])


def test_figures_that_cannot_be_saved_say_why_and_may_be_saved_afterwards(officer_client: Client, codes: Row) -> None:
    asked = counted(officer_client, [course(**{**codes, "service": "ukendt"})])
    assert "ukendt" in page(officer_client, asked)
    save(officer_client, asked)
    asked.refresh_from_db()
    assert asked.delivery is None
    assert "ukendt" in asked.facts["refused"][0]
    assert asked.facts["refused"][0] in page(officer_client, asked).replace("&quot;", '"')
    ServiceFactory(code="ukendt")
    save(officer_client, asked)
    assert Delivery.objects.count() == 1


def test_figures_are_downloaded_in_the_layout_of_the_import(officer_client: Client, codes: Row) -> None:
    asked = counted(officer_client, [course(**codes)])
    answer = officer_client.get(reverse("results_derive:csv", args=[asked.pk]))
    content = b"".join(answer.streaming_content).decode()
    assert content.startswith("measure;version;unit;period;framework;supplier_cvr;lot;")
    assert "job_2m;1;persons;2022;A;*;*;*;*;1;1;0;0;0\n" in content
    assert answer["Content-Disposition"] == 'attachment; filename="optaelling-2023-06-30.csv"'


def test_files_that_are_wrong_are_told_by_sentences_and_removed(officer_client: Client, files: Path) -> None:
    asked = counted(officer_client, [course("hemmelig", start="2022-02-30")])
    shown = page(officer_client, asked)
    assert "række 2, kolonne start" in shown
    assert "hemmelig" not in shown + str(asked.facts)
    assert stored(files) == []
    officer_client.post(reverse("results_derive:again", args=[asked.pk]))
    assert not Job.objects.open().exists()


def test_unknown_codes_are_listed_and_can_be_counted_as_not_found(
    officer_client: Client, codes: Row, files: Path
) -> None:
    people = register(person(y_2222="555", branche_2022_06=""))
    asked = counted(officer_client, [course(**codes)], people)
    assert "555 (1)" in page(officer_client, asked)
    assert stored(files) == ["deriving", "deriving"]
    officer_client.post(reverse("results_derive:again", args=[asked.pk]), {"count_unknown": "1"})
    work()
    asked.refresh_from_db()
    assert asked.facts["unknown_codes"] == [["555", 1]]
    assert asked.facts["totals"][0]["not_found"] == 1


def test_a_code_is_given_a_group_and_the_count_begun_again(officer_client: Client, codes: Row) -> None:
    people = register(person(y_2222="555", branche_2022_06=""))
    asked = counted(officer_client, [course(**codes)], people)
    RegisterCodeFactory(code="555")
    officer_client.post(reverse("results_derive:again", args=[asked.pk]))
    work()
    asked.refresh_from_db()
    assert asked.facts["unknown_codes"] == []
    assert asked.facts["totals"][0]["denominator"] == 1


def test_a_count_is_discarded_with_its_files(officer_client: Client, codes: Row, files: Path) -> None:
    asked = counted(officer_client, [course(**codes)])
    with committed():
        answer = officer_client.post(reverse("results_derive:discard", args=[asked.pk]))
    assert answer.url == reverse(NEW)
    assert not Derivation.objects.exists()
    assert stored(files) == []


def test_a_count_is_stopped_while_it_is_at_work(officer_client: Client, codes: Row, files: Path) -> None:
    """What the worker finds afterwards is not kept: no row comes back, and no file."""
    upload(officer_client, [course(**codes)])
    asked = Derivation.objects.get()
    assert "Stop, og fjern filerne" in page(officer_client, asked)
    told: list[int] = []

    def stopping(percent: int, message: str = "") -> None:
        told.append(percent)
        officer_client.post(reverse("results_derive:discard", args=[asked.pk]))

    with committed():
        run_count(str(asked.pk), stopping)
    assert told == [5]
    assert not Derivation.objects.exists()
    assert stored(files) == []
    work()
    assert not Derivation.objects.exists()


def test_what_is_found_after_a_count_was_discarded_is_not_kept(officer_client: Client, codes: Row, files: Path) -> None:
    def discarding_at(end: int):
        def tell(percent: int, message: str = "") -> None:
            if percent == end:
                Derivation.objects.all().delete()

        return tell

    for rows, percent in (([course(**codes)], 90), ([course(start="2022-02-30")], 5)):
        upload(officer_client, rows)
        run_count(str(Derivation.objects.get().pk), discarding_at(percent))
        assert not Derivation.objects.exists()
    assert "derived" not in stored(files)


def test_a_save_of_a_count_that_was_discarded_comes_to_nothing(officer_client: Client, codes: Row) -> None:
    asked = counted(officer_client, [course(**codes)])
    officer_client.post(reverse("results_derive:save", args=[asked.pk]), {"is_validated": "on", "note": ""})
    run_save(str(asked.pk), lambda *_told: Derivation.objects.all().delete() and None)
    assert not Delivery.objects.exists()


def test_a_saved_count_is_not_discarded(officer_client: Client, codes: Row) -> None:
    asked = counted(officer_client, [course(**codes)])
    save(officer_client, asked)
    officer_client.post(reverse("results_derive:discard", args=[asked.pk]))
    assert Derivation.objects.count() == 1


def test_counts_that_nobody_saved_in_a_day_are_swept(officer_client: Client, codes: Row, files: Path) -> None:
    upload(officer_client, [course(**codes)])
    now = timezone.now()
    assert sweep_derivations(now=now + dt.timedelta(hours=23)) == 0
    with committed():
        assert sweep_derivations(now=now + dt.timedelta(hours=25)) == 1
    assert not Derivation.objects.exists()
    assert stored(files) == []


def test_what_a_dead_web_process_was_receiving_is_swept() -> None:
    left = Path(settings.FILE_UPLOAD_TEMP_DIR) / "tmp1.upload.csv"
    left.write_text("rows")
    assert sweep_derivations(now=timezone.now() + dt.timedelta(hours=25)) == 1
    assert not left.exists()


def test_stored_extracts_without_a_row_are_swept(officer_client: Client, codes: Row, files: Path) -> None:
    """A process that dies between the file and its row, or between the row and its file, leaves such."""
    upload(officer_client, [course(**codes)])
    kept = stored(files)
    alone = files / "results" / "deriving" / "register_x1"
    alone.write_text("rows")
    now = timezone.now()
    assert sweep_derivations(now=now + dt.timedelta(minutes=50)) == 0
    assert sweep_derivations(now=now + dt.timedelta(minutes=70)) == 1
    assert stored(files) == kept
    assert not alone.exists()


def test_files_that_cannot_be_asked_for_are_not_kept(officer: User, files: Path) -> None:
    with pytest.raises(IntegrityError):
        request_derivation(
            courses=sheet("forloeb.csv", [course()]),
            register=sheet("register.csv", PEOPLE),
            as_of=dt.date(2023, 6, 30),
            source=None,  # type: ignore[arg-type]
            extracted_on=dt.date(2023, 7, 1),
            count_unknown=False,
            by=officer,
        )
    assert stored(files) == []


def test_a_count_that_takes_too_long_is_told_by_a_sentence(officer_client: Client, codes: Row, files: Path) -> None:
    def out_of_time(percent: int, message: str = "") -> None:
        raise TakesTooLongError

    upload(officer_client, [course(**codes)])
    asked = Derivation.objects.get()
    with committed():
        run_count(str(asked.pk), out_of_time)
    asked.refresh_from_db()
    assert "derive_results" in asked.facts["problems"][0]
    assert stored(files) == []


@pytest.mark.parametrize("key", ["0101701234", "010170-1234"])
def test_a_cpr_number_reaches_no_log_no_job_and_no_page(
    key: str, officer_client: Client, files: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    broken = f"{key};for;lang;en;linje" + ";x" * 20
    for rows, people in (
        ([course(key)], PEOPLE),
        ([course()], [*PEOPLE, {**PEOPLE[0], "person_key": key}]),
        ([course(), {"person_key": broken}], PEOPLE),
        ([course()], [*PEOPLE, {"person_key": broken}]),
        ([course()], [{**PEOPLE[0], "y_2222": key}]),
    ):
        asked = counted(officer_client, rows, people)
        kept = [*Job.objects.values_list("message", flat=True), str(Derivation.objects.values().get(pk=asked.pk))]
        assert asked.facts["problems"]
        assert key not in page(officer_client, asked) + str(kept) + caplog.text


def test_work_runs_twice_without_harm(officer_client: Client, codes: Row) -> None:
    asked = counted(officer_client, [course(**codes)])
    run_count(str(asked.pk), lambda *_told: None)
    save(officer_client, asked)
    run_save(str(asked.pk), lambda *_told: None)
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_upload_page_asks_the_same_however_many_counts_wait(
    count: int, officer: User, officer_client: Client, django_assert_num_queries
) -> None:
    for _number in range(count):
        DerivationFactory(asked_by=officer)
    officer_client.get(reverse(NEW))
    with django_assert_num_queries(QUERIES):
        officer_client.get(reverse(NEW))


QUERIES = 11
