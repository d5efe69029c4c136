"""`render_cases` and `write_cases`, with real documents."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases.models import CommitteeCase
from documents.enums import Audience
from documents.models import Rendition, Snapshot
from tests.factories import CommitteeCaseFactory, TemplateSectionFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

FILES = {"case.html", "case.pdf", "case.docx", "evidence.json"}


def written_case(*, slug: str = "sag", is_approved: bool = True, mark: str = "") -> CommitteeCase:
    """Return a case of one section; `mark` adds a reference to something that is not there."""
    section = TemplateSectionFactory()
    marks = [{"type": "reference", "value": {"name": mark, "target": mark}}] if mark else []
    text = {"type": "text", "value": {"text": f"<p>Sagen i korte træk {{{mark}}}.</p>", "marks": marks}}
    value = {"section": section.pk, "heading": "", "answers": [], "content": [text]}
    case = CommitteeCaseFactory(slug=slug, template=section.template, live=False)
    case.body = case.body.stream_block.to_python([{"type": "section", "id": f"id-{slug}", "value": value}])
    case.save()
    revision = case.save_revision()
    if is_approved:
        revision.publish()
    return CommitteeCase.objects.get(pk=case.pk)


def run(command: str, *args: Any, **options: Any) -> list[str]:
    output = StringIO()
    call_command(command, *args, stdout=output, **options)
    return output.getvalue().splitlines()


# --- render_cases


def test_render_cases_makes_what_is_missing_and_then_nothing() -> None:
    case = written_case()
    assert len(run("render_cases")) == 1
    assert Snapshot.objects.of(case).get().renditions.count() == len(FILES) * len(Audience)
    assert run("render_cases") == []
    assert Snapshot.objects.count() == 1


def test_render_cases_leaves_drafts_alone() -> None:
    written_case(is_approved=False)
    assert run("render_cases") == []
    assert not Snapshot.objects.exists()


def test_render_cases_tells_what_cannot_be_made_and_makes_the_rest() -> None:
    written_case(slug="a-forkert", mark="tabel_findes_ikke")
    right = written_case(slug="b-rigtig")
    with pytest.raises(CommandError, match=r"^a-forkert: .*tabel_findes_ikke"):
        run("render_cases")
    assert Snapshot.objects.of(right).get().renditions.exists()


# --- write_cases


def test_write_cases_writes_the_public_documents(tmp_path: Path) -> None:
    case = written_case()
    paths = run("write_cases", output=tmp_path)
    assert {Path(path).name for path in paths} == FILES
    public = Snapshot.objects.of(case).get().renditions.filter(audience=Audience.PUBLIC)
    expected = {rendition.filename: rendition.read() for rendition in public}
    assert {path.name: path.read_bytes() for path in (tmp_path / "sag").iterdir()} == expected
    assert json.loads(expected["evidence.json"])["audience"] == "public"


def test_write_cases_writes_what_stays_inside_when_asked(tmp_path: Path) -> None:
    written_case()
    run("write_cases", "sag", output=tmp_path, audience="internal")
    assert json.loads((tmp_path / "sag" / "evidence.json").read_text(encoding="utf-8"))["audience"] == "internal"


def test_write_cases_replaces_older_files_and_leaves_nothing_else(tmp_path: Path) -> None:
    written_case()
    (tmp_path / "sag").mkdir()
    (tmp_path / "sag" / "case.pdf").write_bytes(b"old")
    run("write_cases", output=tmp_path)
    run("write_cases", output=tmp_path)
    assert {path.name for path in (tmp_path / "sag").iterdir()} == FILES
    assert (tmp_path / "sag" / "case.pdf").read_bytes().startswith(b"%PDF")
    assert Rendition.objects.count() == len(FILES) * len(Audience)


def test_write_cases_without_names_leaves_drafts_out(tmp_path: Path) -> None:
    written_case(slug="kladde", is_approved=False)
    assert run("write_cases", output=tmp_path) == []
    run("write_cases", "kladde", output=tmp_path)
    assert (tmp_path / "kladde" / "case.pdf").exists()


def test_write_cases_refuses_a_name_that_no_case_has(tmp_path: Path) -> None:
    written_case()
    with pytest.raises(CommandError, match="findes-ikke"):
        run("write_cases", "sag", "findes-ikke", output=tmp_path)
    assert not list(tmp_path.iterdir())


def test_write_cases_gives_the_public_nothing_that_must_be_mended(tmp_path: Path) -> None:
    case = written_case()
    TemplateSectionFactory(template=case.template, heading="Økonomi")
    with pytest.raises(CommandError, match="Økonomi"):
        run("write_cases", output=tmp_path)
    assert not list(tmp_path.iterdir())
    run("write_cases", output=tmp_path, audience="internal")
    assert {path.name for path in (tmp_path / "sag").iterdir()} == FILES


def test_write_cases_tells_of_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    written_case()
    (tmp_path / "sag").write_text("in the way", encoding="utf-8")
    with pytest.raises(CommandError, match="sag"):
        run("write_cases", output=tmp_path)
