"""Word files hold the schema and the rules of the standard, so that Word opens them without repairing."""

import io
import zipfile

import pytest

from documents.numbering import numbered
from documents.word import render_word
from tests.documents.generated import assets, documents
from tests.documents.papers import PAPERS

openxml_audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed: see requirements/dev.txt")

SEEDS = [*range(15), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(15, 200))]


def complaints(data: bytes, path) -> list[str]:
    path.write_bytes(data)
    validator = openxml_audit.OpenXmlValidator(openxml_audit.FileFormat.MICROSOFT_365)
    return [f"{error.part_uri} {error.path}: {error.description}" for error in validator.validate(path).errors]


@pytest.mark.parametrize("seed", SEEDS)
def test_generated_documents_hold_the_standard(seed, tmp_path):
    data = render_word(numbered(documents(seed)), assets=assets)
    assert complaints(data, tmp_path / "document.docx") == []


@pytest.mark.parametrize("name", PAPERS)
def test_hard_papers_hold_the_standard(name, tmp_path):
    assert complaints(render_word(PAPERS[name], assets=assets), tmp_path / "document.docx") == []


def test_validator_sees_an_element_out_of_place(tmp_path):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(render_word(PAPERS["danish"], assets=assets))) as source,
        zipfile.ZipFile(out, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(
                name, source.read(name).replace(b'<w:pStyle w:val="Title"/>', b'<w:jc/><w:pStyle w:val="Title"/>')
            )
    assert len(complaints(out.getvalue(), tmp_path / "document.docx")) == 2
