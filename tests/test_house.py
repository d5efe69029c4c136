"""The house rules that a program can hold."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys

import pytest

from cases.models import CommitteeCase
from tests.block_names import BLOCK_NAMES
from tests.source import ROOT, apps, committed, files, name, project, tree

LONGEST_FILE = 400
PYTHON = sorted(files(".py"))
TEMPLATES = sorted(files(".html"))

# --- size


def test_no_file_of_ours_is_too_long():
    mine = [*PYTHON, *TEMPLATES, *files(".css", ".js"), ROOT / "launch.py"]
    long = {
        name(path): lines for path in mine if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE
    }
    assert long == {}


def test_no_junk_drawers():
    drawers = {"utils", "util", "helpers", "common", "core", "misc"}
    assert [name(path) for path in PYTHON if drawers & set(path.relative_to(ROOT).with_suffix("").parts)] == []


# --- days are written in one way


def test_days_and_moments_are_written_in_one_way():
    """Wagtail's pickers make what they cannot read today; a plain field shows a day in words and asks for it in digits."""
    other = re.compile(r"\bAdminDate|DateRangePicker|forms\.Date(Time)?Input|forms\.Date(Time)?Field\((?!.*widget)")
    found = [
        name(path)
        for path in PYTHON
        if path != ROOT / "accounts" / "widgets.py" and other.search(_on_one_line(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def _on_one_line(text: str) -> str:
    """Return the source with what stands between parentheses on the line where they open."""
    return re.sub(r"\n(?=\s+(?:\w+=|\)))", "", text)


# --- heavy libraries have one door


def importers_of(library: str) -> set[str]:
    found = set()
    for path in PYTHON:
        for node in ast.walk(tree(path)):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if any(module.split(".")[0] == library for module in modules):
                found.add(name(path))
    return found


@pytest.mark.parametrize(
    ("library", "door"),
    [
        ("weasyprint", r"documents/pdf\w*\.py"),
        ("docx", r"documents/word\w*\.py"),
        ("page", r"documents/validation\.py"),
        ("vl_convert", r"documents/charts\.py"),
        ("duckdb", r"results/deriving/engine\.py"),
        ("icalendar", r"contracts/deadlines/calendar\.py"),
        ("scipy", r"results/.*\.py"),
        ("sklearn", r"learnings/similarity\.py"),
        ("celery", r"(config|jobs)/\w+\.py|\w+/tasks\.py"),
    ],
)
def test_a_heavy_library_has_one_door(library, door):
    assert [path for path in importers_of(library) if not re.fullmatch(door, path)] == []


def test_the_web_does_not_wait_for_heavy_libraries_when_it_starts():
    heavy = (
        "weasyprint",
        "docx",
        "vl_convert",
        "page",
        "pikepdf",
        "scipy",
        "sklearn",
        "openpyxl",
        "duckdb",
        "botocore",
        "icalendar",
    )
    program = (
        "import sys, config.wsgi; from django.urls import get_resolver; get_resolver().url_patterns;"
        f"print(*[library for library in {heavy!r} if library in sys.modules])"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    loaded = subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, env=environment, text=True)
    assert loaded.split() == []


# --- templates

INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>{]*\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
}


@pytest.mark.parametrize("kind", INLINE)
def test_no_template_has_anything_inline(kind):
    assert [name(path) for path in TEMPLATES if INLINE[kind].search(path.read_text(encoding="utf-8"))] == []


def test_templates_fetch_nothing_from_other_hosts():
    outside = re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)
    links = re.compile(r"<a\s[^>]*>", re.IGNORECASE)
    texts = {path: links.sub("", path.read_text(encoding="utf-8")) for path in TEMPLATES}
    assert [name(path) for path, text in texts.items() if outside.search(text)] == []


# --- history

# Where rows are written past history, and why.
BULK_WRITES = {
    "contracts/services/amending.py": "only in a rehearsal, which is undone as a whole",
    "accounts/services.py": "allauth's addresses have no history; that a person has another is in the person's own",
    "cms/services/publishing.py": "published snapshots are append-only: withdrawal is added to them",
    "documents/services/snapshots.py": "what the checks last said of a paper that is itself unchanged",
    "jobs/services.py": "jobs are rows of work: their state is their history",
    "learnings/services/ratings.py": "ratings have no history: it would tell the municipality who rated it how",
    "learnings/services/reports.py": "answers are rows of a version, which is itself the history; submitted ones cannot change",
    "learnings/models/reports.py": "the refusal itself: what is submitted cannot be written in bulk",
    "notifications/services/mailing.py": "notices are a person's own list, and which mail told of them is no deed",
    "notifications/services/notices.py": "notices are a person's own list; state, time and author are their history",
    "results/services/derivations.py": "counts from registers are rows of work; what they become is a delivery with history",
    "results/services/derived.py": "counts from registers are rows of work; what they become is a delivery with history",
    "results/services/importing/writing.py": "observations are append-only, and a delivery has thousands",
    "contracts/services/spend/writing.py": "months of spend are append-only, and a delivery has thousands",
    "records/children.py": "parked numbers inside one transaction, which nobody sees",
}
BULK = {"update", "bulk_update", "bulk_create"}
QUERYSETS = re.compile(r"objects|filter\(|exclude\(|_manager|held|waiting|all\(\)|super\(\)")


def bulk_writers() -> set[str]:
    return {
        name(path)
        for path in PYTHON
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in BULK
        and QUERYSETS.search(ast.unparse(node.func.value))
    }


def test_nothing_is_written_past_history_but_for_a_reason():
    assert bulk_writers() - set(BULK_WRITES) == set()


def test_every_reason_is_still_needed():
    assert set(BULK_WRITES) - bulk_writers() == set()


def test_no_signal_carries_business():
    """`post_save` and its like hide what a service does; registries are filled in `ready()` instead."""
    signals = {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}
    used = {
        name(path)
        for path in PYTHON
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals"
        if signals & {alias.name for alias in node.names}
    }
    assert used == set()


# --- block names: stored in every case, so a change needs a migration


def names_of(block, path: str = "") -> list[str]:
    """Return the dotted names of a block and everything in it."""
    names = []
    for key, child in getattr(block, "child_blocks", {}).items():
        names += [f"{path}{key}", *names_of(child, f"{path}{key}.")]
    if (child := getattr(block, "child_block", None)) is not None:
        names += names_of(child, f"{path}[].")
    return names


def test_block_names_are_frozen():
    assert names_of(CommitteeCase._meta.get_field("body").stream_block) == BLOCK_NAMES


# --- what is committed


def test_no_lock_file_names_a_host():
    locks = [*(ROOT / "requirements").glob("*.txt"), ROOT / "package-lock.json"]
    named = {
        name(path): re.findall(r"https?://[^\s\"]+", path.read_text(encoding="utf-8"))
        for path in locks
        if path.exists()
    }
    assert {path: found for path, found in named.items() if found} == {}


def test_every_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = project()["project"]["dependencies"] + project()["project"]["optional-dependencies"]["dev"]
    lines = [line for line in text.splitlines() if line.strip().startswith('"') and line.strip()[1:2].isalpha()]
    bare = [d for d in wanted if not any(f'"{d}",' in line and re.search(r"#\s+\w+", line) for line in lines)]
    assert bare == []


TEXTS = {".py", ".md", ".html", ".css", ".js", ".toml", ".txt", ".json", ".csv", ".cfg", ".po", ".sh", ""}
# Assembled, so that this file does not name what it looks for.
FOREIGN = re.compile(
    "|".join((r"/wor" + r"k/(?:main|shared)", r"\.\./sha" + r"red", r"/roo" + r"t/", r"/hom" + r"e/\w"))
)


def test_no_file_names_a_place_outside_the_project():
    named = {
        name(path): found
        for path in committed()
        if path.suffix in TEXTS and "vendor" not in path.parts
        if (found := FOREIGN.findall(path.read_text(encoding="utf-8", errors="ignore")))
    }
    assert named == {}


def test_decisions_are_numbered_once():
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_every_setting_of_the_environment_is_documented():
    settings = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    variables = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z0-9_]+)\"", settings))
    documented = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert len(variables) > 10
    assert {variable for variable in variables if f"`{variable}`" not in documented} == set()


def test_tests_stand_beside_what_they_try():
    """A folder of tests is named as an app is."""
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert folders <= {*apps(), "soak"}


def test_our_files_are_found():
    assert len(PYTHON) > 150
    assert len(TEMPLATES) > 20
