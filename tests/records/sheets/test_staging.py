"""Files between preview and confirmation."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from records.models import StagedSheet
from records.sheets.errors import ImportRefusedError
from records.sheets.reading import read_source
from records.sheets.staging import discard_sheet, stage_sheet, staged_file, sweep_staged
from tests.factories import StagedSheetFactory, UserFactory

KIND = "contracts.spend"


def source(text=b"number;month\n1;2026-03\n"):
    return read_source(ContentFile(text, name="forbrug.csv"))


def test_what_is_staged_is_what_was_read(officer):
    staged = stage_sheet(source(), kind=KIND, facts={"drawn_on": dt.date(2026, 3, 31)}, by=officer)
    staged.refresh_from_db()
    assert (staged.kind, staged.file_name, staged.facts, staged.uploaded_by) == (
        KIND,
        "forbrug.csv",
        {"drawn_on": "2026-03-31"},
        officer,
    )
    file = staged_file(staged)
    assert (file.name, file.read()) == ("forbrug.csv", source().content)


def test_the_same_file_takes_the_place_of_the_first_of_its_kind_and_person(officer):
    first = stage_sheet(source(), kind=KIND, facts={}, by=officer)
    others = [
        stage_sheet(source(), kind="another", facts={}, by=officer),
        stage_sheet(source(), kind=KIND, facts={}, by=UserFactory()),
    ]
    again = stage_sheet(source(), kind=KIND, facts={"note": "igen"}, by=officer)
    assert set(StagedSheet.objects.all()) == {*others, again}
    assert not StagedSheet.objects.filter(pk=first.pk).exists()


def test_discarding_removes_the_file_once_it_is_certain(officer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        staged = stage_sheet(source(), kind=KIND, facts={}, by=officer)
    storage, name = staged.file.storage, staged.file.name
    with django_capture_on_commit_callbacks(execute=False):
        discard_sheet(staged)
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        discard_sheet(stage_sheet(source(b"a;b\n1;2\n"), kind=KIND, facts={}, by=officer))
    assert StagedSheet.objects.count() == 0


def test_the_sweep_takes_what_was_left_for_a_day(officer):
    staged = stage_sheet(source(), kind=KIND, facts={}, by=officer)
    assert sweep_staged(now=timezone.now() + dt.timedelta(hours=23)) == 0
    assert sweep_staged(now=timezone.now() + dt.timedelta(hours=25)) == 1
    assert not StagedSheet.objects.filter(pk=staged.pk).exists()


def test_a_file_that_was_changed_or_lost_is_refused(officer):
    staged = stage_sheet(source(), kind=KIND, facts={}, by=officer)
    with staged.file.storage.open(staged.file.name, "wb") as stream:
        stream.write(b"noget andet")
    with pytest.raises(ImportRefusedError):
        staged_file(staged)
    staged.file.storage.delete(staged.file.name)
    with pytest.raises(ImportRefusedError):
        staged_file(staged)


def test_a_staged_sheet_is_for_the_one_who_brought_it(officer):
    mine = StagedSheetFactory(uploaded_by=officer)
    StagedSheetFactory(uploaded_by=UserFactory())
    assert list(StagedSheet.objects.visible_to(officer)) == [mine]
