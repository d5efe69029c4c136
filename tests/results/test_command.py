import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from results.models import Delivery, Observation
from tests.results.files import csv_text, line


@pytest.fixture
def path(vocabulary, tmp_path):
    file = tmp_path / "resultater.csv"
    file.write_text(csv_text(line()), encoding="utf-8")
    return file


def run(path, *more, source="DREAM og Fasit", day="2023-08-07"):
    call_command("import_results", str(path), "--source", source, "--extracted-on", day, *more)


def test_imports_a_file(path, capsys):
    run(path, "--note", "Første")
    delivery = Delivery.objects.get()
    assert (delivery.source, delivery.extracted_on, delivery.is_validated, delivery.note, delivery.imported_by) == (
        "DREAM og Fasit",
        dt.date(2023, 8, 7),
        True,
        "Første",
        None,
    )
    assert str(delivery.pk) in capsys.readouterr().out


def test_unvalidated(path):
    run(path, "--unvalidated")
    assert not Delivery.objects.get().is_validated


def test_dry_run_writes_nothing(path, capsys):
    run(path, "--dry-run")
    assert Delivery.objects.count() == 0
    assert "1" in capsys.readouterr().out


def test_supersedes(path):
    run(path)
    path.write_text(csv_text(line(outcomes="63")), encoding="utf-8")
    run(path, "--supersedes", str(Delivery.objects.get().pk))
    assert list(Observation.objects.live().values_list("outcomes", flat=True)) == [63]


def test_every_error_is_told_with_its_place(path):
    path.write_text(csv_text(line(measure="ukendt"), line(outcomes="9999")), encoding="utf-8")
    with pytest.raises(CommandError) as error:
        run(path)
    _head, first, second = str(error.value).splitlines()
    assert "2" in first
    assert "ukendt" in first
    assert "3" in second
    assert "9999" in second
    assert Delivery.objects.count() == 0


def test_a_figure_in_use_names_its_row_and_the_delivery(path):
    run(path)
    path.write_text(csv_text(line(benefit_group="sygemeldte"), line(outcomes="63")), encoding="utf-8")
    with pytest.raises(CommandError, match=f"--supersedes {Delivery.objects.get().pk}") as error:
        run(path, source="Fasit")
    assert "3" in str(error.value).splitlines()[1].partition(",")[0]
    assert Delivery.objects.count() == 1


def test_a_date_that_is_none(path):
    with pytest.raises(CommandError, match=r"7\. august"):
        run(path, day="7. august")
