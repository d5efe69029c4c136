"""A Word file opens in LibreOffice with the same headings, numbers, tables, notes and order."""

import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from documents import tree as t
from documents.numbering import numbered
from documents.word import render_word
from tests.documents.generated import assets, documents
from tests.documents.papers import PAPERS
from tests.documents.readback import CellOutline, Outline, TableOutline, squeezed
from tests.documents.readback.odf import OdfFile, read_lines
from tests.documents.readback.tree import read_tree

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not SOFFICE, reason="LibreOffice is not installed (Debian: apt-get install libreoffice-writer-nogui)"
    ),
]
NAMES = [*(f"seed {seed}" for seed in range(12)), *PAPERS]


def document(name: str) -> t.Document:
    return PAPERS[name] if name in PAPERS else numbered(documents(int(name.removeprefix("seed "))))


@dataclass(frozen=True)
class Opened:
    expected: Outline
    odf: OdfFile
    text: str


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of Word files that LibreOffice has converted to flat ODF and to plain text, all in one go."""
    folder = tmp_path_factory.mktemp("libreoffice")
    for number, name in enumerate(NAMES):
        (folder / f"{number}.docx").write_bytes(render_word(document(name), assets=assets))
    files = sorted(str(path) for path in folder.glob("*.docx"))
    for kind in ("fodt", "txt:Text (encoded):UTF8"):
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [SOFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


@pytest.fixture(params=NAMES)
def opened(request: pytest.FixtureRequest, folder: Path) -> Opened:
    number = NAMES.index(request.param)
    odf = OdfFile((folder / f"{number}.fodt").read_bytes())
    return Opened(read_tree(document(request.param)), odf, (folder / f"{number}.txt").read_text(encoding="utf-8"))


def test_headings_keep_level_and_text(opened):
    assert tuple(opened.odf.headings()) == opened.expected.headings


def test_tables_keep_caption_head_and_cells(opened):
    assert list(opened.odf.tables()) == [without_row_headers(table) for table in opened.expected.tables]


def test_footnotes_keep_number_and_text(opened):
    numbers = range(1, len(opened.expected.footnotes) + 1)
    assert opened.odf.footnotes() == [
        (str(n), note) for n, note in zip(numbers, opened.expected.footnotes, strict=True)
    ]


def test_alternatives_and_facts_are_kept(opened):
    assert tuple(opened.odf.alternatives()) == opened.expected.alternatives
    assert tuple(opened.odf.facts()) == opened.expected.facts


def test_links_are_kept(opened):
    # A footnote's links stand where its mark stands.
    assert sorted(opened.odf.links()) == sorted(opened.expected.links)


def test_list_numbers_and_the_order_of_all_text_are_kept(opened):
    markers, text = read_lines(opened.text)
    assert markers == [item.marker for item in opened.expected.items]
    # Plain text breaks lines in cells, and has marks as bare numbers.
    marks_bare = replace(opened.expected, text=re.sub(r"\[(\d+)\]", r"\1", opened.expected.text))
    assert "".join(text.split()) == squeezed(marks_bare).text


def without_row_headers(table: TableOutline) -> TableOutline:
    head, *rows = table.rows
    cells = [tuple(CellOutline(cell.text, is_header=False) for cell in row) for row in rows]
    return TableOutline(table.caption, (tuple(CellOutline(cell.text, is_header=True) for cell in head), *cells))
