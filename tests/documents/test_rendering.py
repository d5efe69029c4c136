from __future__ import annotations

import json

import pytest

from documents.enums import Audience, Format
from documents.models import Rendition, Snapshot
from documents.services.rendering import files_for, render_snapshot
from tests.documents.test_snapshots import frozen
from tests.factories import SupplierFactory

pytestmark = pytest.mark.django_db


class Told(list[tuple[int, str]]):
    """A progress line that remembers."""

    def __call__(self, percent: int, message: str = "") -> None:
        self.append((percent, message))


@pytest.fixture
def snapshot() -> Snapshot:
    return frozen(SupplierFactory())


def test_render_snapshot_stores_every_format_for_every_audience(snapshot: Snapshot) -> None:
    told = Told()
    render_snapshot(str(snapshot.pk), told)
    stored = {(each.audience, each.format): each for each in Rendition.objects.all()}
    assert set(stored) == {(audience, file_format) for audience in Audience for file_format in Format}
    assert all(each.size_bytes == len(each.read()) for each in stored.values())
    assert [percent for percent, _message in told] == [0, 50]


def test_render_snapshot_run_twice_adds_nothing(snapshot: Snapshot) -> None:
    render_snapshot(str(snapshot.pk), Told())
    before = list(Rendition.objects.values_list("pk", "sha256"))
    render_snapshot(str(snapshot.pk), Told())
    assert list(Rendition.objects.values_list("pk", "sha256")) == before


def test_files_are_the_same_bytes_every_time(snapshot: Snapshot) -> None:
    assert files_for(snapshot, Audience.PUBLIC) == files_for(snapshot, Audience.PUBLIC)


def test_no_public_file_holds_a_hidden_figure(snapshot: Snapshot) -> None:
    files = files_for(snapshot, Audience.PUBLIC)
    assert "1 (0,1" not in files[Format.HTML].decode()
    assert json.loads(files[Format.EVIDENCE])["evidence"]["o2"]["values"] == {"outcomes": "•"}


def test_what_is_stored_under_a_snapshot_stays_when_its_subject_changes(snapshot: Snapshot) -> None:
    before = files_for(snapshot, Audience.PUBLIC)
    snapshot.subject.name = "Et helt andet navn"
    snapshot.subject.save()
    assert files_for(Snapshot.objects.get(pk=snapshot.pk), Audience.PUBLIC) == before
