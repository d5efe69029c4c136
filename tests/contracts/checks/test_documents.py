from __future__ import annotations

import pytest

from accounts.models import User
from contracts.checks.documents import check_files
from contracts.services import add_version
from tests.factories import DocumentFactory
from tests.records.files.made import PDF, upload


@pytest.mark.django_db
def test_files_are_there_as_they_were_handed_in(officer: User) -> None:
    _whole, gone, changed = (add_version(DocumentFactory(), upload("k.pdf", PDF), by=officer) for _number in range(3))
    assert list(check_files()) == []
    gone.file.storage.delete(gone.file.name)
    with changed.file.storage.open(changed.file.name, "ab") as stream:
        stream.write(b"mere")
    found = {problem.record: problem.message for problem in check_files()}
    assert set(found) == {gone, changed}
    assert gone.sha256 in found[gone]
    assert "ikke, som den blev" in found[changed]
