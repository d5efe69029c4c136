"""`manage.py derive_results` and `generate_register`."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import override

from contracts.models import Service
from results.models import Delivery, Derivation, MeasureVersion, Observation
from tests.factories import (
    BenefitGroupFactory,
    FrameworkAgreementFactory,
    LotFactory,
    RegisterCodeFactory,
    ServiceFactory,
    SupplierFactory,
)
from tests.results.deriving import worlds
from tests.results.deriving.worlds import COLUMNS, course, person, register, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def vocabulary() -> dict[str, str]:
    lot = LotFactory(code="A1", framework=FrameworkAgreementFactory(code="A"))
    return {
        "lot": lot.code,
        "supplier_cvr": SupplierFactory().cvr,
        "benefit_group": BenefitGroupFactory(code="syge").code,
        "service": ServiceFactory(code="mentor").code,
    }


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


PEOPLE = register(person(y_2222="771", branche_2022_06=""), person("p2", y_2222="730"))


def run(folder: Path, rows: list[worlds.Row], *options: str, people: list[worlds.Row] = PEOPLE) -> str:
    courses = written(folder / "forloeb.csv", rows, COLUMNS)
    people_file = written(folder / "register.csv", people)
    out = StringIO()
    call_command(
        "derive_results",
        f"--courses={courses}",
        f"--register={people_file}",
        "--as-of=2023-06-30",
        *options,
        stdout=out,
    )
    return out.getvalue()


def test_figures_are_saved_as_a_delivery_with_where_they_come_from(tmp_path: Path, vocabulary: dict[str, str]) -> None:
    told = run(tmp_path, [course(**vocabulary), course("p2", "c2", **vocabulary)])

    delivery, derivation = Delivery.objects.get(), Derivation.objects.get()
    assert f"saved as delivery {delivery.pk}" in told
    assert (delivery.source, str(delivery.extracted_on)) == ("DREAM og Fasit", "2023-06-30")
    assert derivation.delivery == delivery
    assert (derivation.courses_name, derivation.register_name) == ("forloeb.csv", "register.csv")
    assert all(len(digest) == 64 for digest in (derivation.courses_sha256, derivation.register_sha256))
    assert len(derivation.definitions_digest) == 64
    assert derivation.last_week == "2022-W22"
    whole = Observation.objects.get(
        measure_version__measure__code="job_2m",
        unit="persons",
        period_start="2022-01-01",
        period_end="2022-12-31",
        framework=None,
        supplier=None,
        benefit_group=None,
        service=None,
    )
    assert (whole.denominator, whole.outcomes, whole.pending, whole.censored, whole.not_found) == (2, 1, 0, 0, 0)
    assert Observation.objects.count() == 3 * 2 * 48
    assert sorted(MeasureVersion.objects.values_list("measure__code", "code")) == [
        ("education_2m", "1"),
        ("job_2m", "1"),
        ("plan_6m", "1"),
    ]


def test_the_same_extracts_are_not_saved_twice(tmp_path: Path, vocabulary: dict[str, str]) -> None:
    run(tmp_path, [course(**vocabulary)])
    with pytest.raises(CommandError, match="The same file was imported"):
        run(tmp_path, [course(**vocabulary)])
    assert Derivation.objects.count() == 1


def test_a_delivery_takes_the_place_of_another(tmp_path: Path, vocabulary: dict[str, str]) -> None:
    run(tmp_path, [course(**vocabulary)])
    with pytest.raises(CommandError, match="already in use from delivery"):
        run(tmp_path, [course(**vocabulary, plan_on="2022-02-01")])
    first = Delivery.objects.get()
    run(tmp_path, [course(**vocabulary, plan_on="2022-02-01")], f"--supersedes={first.pk}")
    assert list(Delivery.objects.live()) == [Delivery.objects.exclude(pk=first.pk).get()]


def test_codes_that_are_not_registered_refuse_the_delivery_but_not_the_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="The code is unknown"):
        run(tmp_path, [course()])
    assert not Derivation.objects.exists()
    told = run(tmp_path, [course()], f"--output={tmp_path / 'out.csv'}")
    assert "These lots are not registered, so they are in no framework: A1." in told
    assert not Delivery.objects.exists()


def test_the_file_has_the_layout_of_the_import(tmp_path: Path, vocabulary: dict[str, str]) -> None:
    out = tmp_path / "out.csv"
    run(tmp_path, [course(**vocabulary)], f"--output={out}")
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == (
        "measure;version;unit;period;framework;supplier_cvr;lot;benefit_group;service;"
        "denominator;outcomes;pending;censored;not_found"
    )
    assert "job_2m;1;persons;2022-Q1;A;*;A1;syge;*;1;1;0;0;0" in lines
    call_command(
        "import_results", out, source="DREAM", extracted_on=dt.date(2023, 6, 30), dry_run=True, stdout=StringIO()
    )


def test_the_file_is_imported_to_the_same_figures(tmp_path: Path, vocabulary: dict[str, str]) -> None:
    rows = [
        course(**vocabulary),
        course("p2", "c2", **{**vocabulary, "lot": ""}),
        course("p1", "c3", **{**vocabulary, "service": ""}, end="2022-12-30", plan_on="2022-05-01"),
        course("p9", "c4", **vocabulary, end="2022-04-04", start="2021-12-01"),
    ]
    people = [{**row, "y_2223": "", "y_2224": "997"} for row in PEOPLE]
    run(tmp_path, rows, people=people)
    derived = Delivery.objects.get()
    out = tmp_path / "out.csv"
    run(tmp_path, rows, f"--output={out}", people=people)
    head, *lines = out.read_text(encoding="utf-8").splitlines()
    out.write_text("\n".join([head, *reversed(lines)]) + "\n", encoding="utf-8")  # the very file is refused as imported
    facts = {"source": "DREAM", "extracted_on": dt.date(2023, 6, 30), "supersedes": derived.pk}
    call_command("import_results", out, **facts, stdout=StringIO())
    imported = Delivery.objects.exclude(pk=derived.pk).get()
    assert figures_of(imported) == figures_of(derived)
    assert len(lines) == len(figures_of(derived)) > 288


def figures_of(delivery: Delivery) -> list[tuple]:
    names = [
        *("measure_version", "unit", "period_start", "period_end", "framework", "supplier", "lot", "benefit_group"),
        *("service", "denominator", "outcomes", "pending", "censored", "not_found"),
    ]
    return sorted(delivery.observations.values_list(*names), key=str)


def test_a_file_named_by_a_person_and_one_to_be_written_over(tmp_path: Path, vocabulary: dict[str, str]) -> None:
    with pytest.raises(CommandError, match="over an extract"):
        run(tmp_path, [course(**vocabulary)], f"--output={tmp_path / 'register.csv'}")
    courses = written(tmp_path / "010170-1234.csv", [course(**vocabulary)], COLUMNS)
    with pytest.raises(CommandError, match="CPR number") as caught:
        call_command("derive_results", courses=courses, register=courses, as_of=dt.date(2023, 6, 30))
    assert "1234" not in str(caught.value)


def test_unknown_codes_stop_the_run_until_told(tmp_path: Path) -> None:
    people = register(person(y_2222="555", branche_2022_06=""))
    with pytest.raises(CommandError, match=r"These codes have no group.*555 \(1\)"):
        run(tmp_path, [course()], people=people)
    option = f"--output={tmp_path / 'out.csv'}"
    assert "Unknown code 555: 1 courses." in run(tmp_path, [course()], option, "--unknown-as-not-found", people=people)
    RegisterCodeFactory(code="555")
    assert "Unknown" not in run(tmp_path, [course()], option, people=people)


def test_nothing_of_a_refused_run_is_kept(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="row 2, column start"):
        run(tmp_path, [course(start="2022-02-30")], f"--output={tmp_path / 'out.csv'}")
    assert not (tmp_path / "out.csv").exists()
    work = Path(settings.VAR_DIR) / "deriving"
    assert not work.exists() or not list(work.iterdir())


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        run(tmp_path, [course()], f"--output={tmp_path / 'nowhere' / 'out.csv'}")


@pytest.mark.parametrize("packed", [(), ("--gzip",)])
def test_made_up_extracts_can_be_counted_and_are_the_same_for_the_same_seed(packed: tuple, tmp_path: Path) -> None:
    numbers = ("--persons=300", "--courses=500", "--weeks=80", "--seed=7")
    for name in ("a", "b"):
        call_command("generate_register", tmp_path / name, *numbers, *packed, stdout=StringIO())
    ending = ".csv.gz" if packed else ".csv"
    for name in ("forloeb", "register"):
        first, second = (tmp_path / folder / f"{name}{ending}" for folder in ("a", "b"))
        assert first.read_bytes() == second.read_bytes()
    out = tmp_path / "out.csv"
    call_command(
        "derive_results",
        courses=tmp_path / "a" / f"forloeb{ending}",
        register=tmp_path / "a" / f"register{ending}",
        as_of=dt.date(2023, 6, 4),
        output=out,
        stdout=StringIO(),
    )
    rows = rows_of(out)
    whole = [row for row in rows if row["measure"] == "job_2m" and row["unit"] == "courses" and len(row["period"]) == 4]
    assert all(sum(int(row[name]) for row in whole) > 0 for name in ("denominator", "outcomes", "pending", "censored"))


def test_made_up_extracts_use_the_codes_that_are_registered(tmp_path: Path, vocabulary: dict[str, str]) -> None:
    call_command("generate_register", tmp_path, "--persons=5", "--courses=9", "--weeks=20", stdout=StringIO())
    rows = rows_of(tmp_path / "forloeb.csv")
    assert {row["supplier_cvr"] for row in rows} == {vocabulary["supplier_cvr"]}
    assert {row["service"] for row in rows} == set(Service.objects.values_list("code", flat=True))
