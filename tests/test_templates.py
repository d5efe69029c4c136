"""A key in an address, an id or a value is written without the Danish thousand separator: 10033, not “10.033”."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.source import files, name

# Names that end as keys do and hold text.
TEXTS = {"attrs.id", "auto_id", "block_id", "label_id", "text_id"}
WRITTEN = re.compile(r"\{\{\s*(?P<path>[\w.]+)(?P<filters>[^}]*)\}\}")
GIVEN = re.compile(r"\b\w+=(?P<path>[\w.]*(?:\.pk|\.id|_id))(?P<filters>\|[^\s%]+)?(?=[\s%])")
BLOCKTRANSLATE = re.compile(r"\{%\s*blocktrans(?:late)?\b(?P<given>[^%]*)%\}")
UNLOCALIZED = re.compile(r"\{% localize off %\}.*?\{% endlocalize %\}", re.DOTALL)
KEY = re.compile(r"(?:^|\.)(?:pk|id)$|_id$")
NUMBER = re.compile(r"(?:^|[._])(?:number|order|count|limit|total|progress|year|answers|coded|before|after|start|end)$")
VALUE = re.compile(r"\b(?:value|min|max|low|high|maxlength|colspan|rowspan|step|data-[\w-]+)=\"(?P<value>[^\"]*)\"")
WITHOUT_SEPARATOR = ("|stringformat:", "|unlocalize", "|date:")


def bare_numbers(template: str) -> Iterator[str]:
    """Yield what a template writes with a separator where a program is to read it."""
    source = UNLOCALIZED.sub("", template)
    yield from (found[0] for found in WRITTEN.finditer(source) if is_bare(found) and is_key(found["path"]))
    for block in BLOCKTRANSLATE.finditer(source):
        yield from (found[0] for found in GIVEN.finditer(block["given"] + " ") if is_bare(found))
    for value in VALUE.finditer(source):
        for found in WRITTEN.finditer(value["value"]):
            if is_bare(found) and (NUMBER.search(found["path"]) or "|length" in found["filters"]):
                yield found[0]
    yield from re.findall(r"=\{\{ \w+\.(?:previous|next)_page_number \}\}", source)


def is_key(path: str) -> bool:
    return bool(KEY.search(path)) and not any(path == text or path.endswith(f".{text}") for text in TEXTS)


def is_bare(found: re.Match[str]) -> bool:
    return not any(way in (found["filters"] or "") for way in WITHOUT_SEPARATOR)


def test_templates_write_keys_without_separator():
    templates = list(files(".html", ".txt"))
    assert len(templates) > 100
    assert {name(path): bare for path in templates if (bare := [*bare_numbers(path.read_text("utf-8"))])} == {}


@pytest.mark.parametrize(
    ("template", "is_refused"),
    [
        ("<a href='?answer={{ row.answer_id }}'>", True),
        ("<a href='?answer={{ row.answer_id|stringformat:'d' }}'>", False),
        ("<li id='{{ pk }}'>", True),
        ("<li id='{{ field.auto_id }}'>", False),
        ("{% blocktranslate with key=row.pk %}", True),
        ("{% blocktranslate with key=row.pk|stringformat:'d' %}", False),
        ('<option value="{{ row.number }}">', True),
        ("<option value=\"{{ row.number|stringformat:'d' }}\">", False),
        ("<p>{{ row.number }} suppliers</p>", False),
        ('<td colspan="{{ rows|length }}">', True),
        ("?side={{ results.next_page_number }}", True),
        ('{% localize off %}<meter value="{{ row.count }}">{% endlocalize %}', False),
    ],
)
def test_bare_numbers_are_found(template: str, is_refused: bool):
    assert bool([*bare_numbers(template)]) is is_refused
