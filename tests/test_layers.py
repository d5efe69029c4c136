"""The layers of docs/architecture.md, where import-linter cannot see: keys, strings, templates, and files inside an app."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps as registry
from django.db import models

from tests.source import ROOT, app_of, apps, files, layers, may_know, name, tree

PYTHON = sorted(files(".py"))
TEMPLATES = sorted(files(".html", ".txt"))

# An app's files from the top down; one imports only from those below it. Other names stand where they are needed.
RANKS = (
    {"urls"},
    {"views", "wagtail_hooks", "viewsets", "panels", "choosers", "previews"},
    {"forms"},
    {"tasks"},
    {"services"},
    {"queries"},
    {"models", "managers"},
    {"rules", "enums", "validators"},
)
RANK = {kind: number for number, kinds in enumerate(RANKS) for kind in kinds}
# A string that may name a thing of an app: "cases.CommitteeCase", "cases.change_committeecase", "cases/case.html".
DOTTED = re.compile(rf"({'|'.join(apps())})(?:\.\w+)+$")
TEMPLATE = re.compile(rf"({'|'.join(apps())})/[\w/.-]+\.(?:html|txt|js|css)$")
# Lists of apps whose permissions roles hold: accounts must name those above it, as text only.
KNOWS_ALL = {"accounts/roles.py"}
# Where a model looks up inside its own app, and why.
UPWARDS = {
    "cms/models/cases.py": "a Wagtail page is model and view in one: its context is what queries give",
    "cms/models/home.py": "a Wagtail page is model and view in one: its context is what queries give",
    "cases/models/case.py": "Wagtail asks the model itself for its preview",
}


def violations(found: Iterator[tuple[Path, str]]) -> list[str]:
    return [
        f"{name(path)} names {what}" for path, what in found if not may_know(app_of(path), re.split(r"[./:]", what)[0])
    ]


# --- between apps


def test_settings_install_the_apps_in_the_order_of_the_layers(settings):
    ours = [app for app in settings.INSTALLED_APPS if app in apps()]
    assert set(ours) == set(apps()) - {"config"}
    for upper, lower in itertools.pairwise(ours):
        assert may_know(upper, lower) or any({upper, lower} <= set(layer) for layer in layers())


def relations() -> Iterator[str]:
    for model in registry.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            target = getattr(field, "related_model", None)
            if field.auto_created or not isinstance(field, models.Field) or not isinstance(target, type):
                continue
            ours, theirs = model._meta.app_label, target._meta.app_label
            if ours in apps() and theirs in apps() and not may_know(ours, theirs):
                yield f"{model._meta.label}.{field.name} points at {target._meta.label}"


def test_keys_point_downwards():
    assert list(relations()) == []


def strings() -> Iterator[tuple[Path, str]]:
    for path in PYTHON:
        if app_of(path) == "config" or name(path) in KNOWS_ALL:
            continue
        for node in ast.walk(tree(path)):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if DOTTED.fullmatch(text) or TEMPLATE.fullmatch(text):
                yield path, text


def test_strings_name_only_what_is_below():
    assert violations(strings()) == []


def imports_in(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield every module that a file imports, also inside functions, and whether it is for types only."""
    for_types = {
        inner
        for node in ast.walk(tree(path))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node in for_types
        elif isinstance(node, ast.Import):
            yield from ((alias.name, node in for_types) for alias in node.names)


def test_imports_inside_functions_go_downwards_too():
    found = ((path, module) for path in PYTHON for module, for_types in imports_in(path) if not for_types)
    assert violations((path, module) for path, module in found if module.split(".")[0] in apps()) == []


def test_apps_are_asked_for_by_name_only_from_above():
    calls = {"get_model", "get_app_config", "import_string", "import_module"}
    found = [
        (path, node.args[0].value.split(".")[0])
        for path in PYTHON
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in calls
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]
    assert violations((path, app) for path, app in found if app in apps()) == []


# --- templates

INCLUDED = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")
LOADED = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
URL = re.compile(r"{%\s*url\s+[\"'](\w+):")
LIBRARIES = {
    path.stem: app_of(path) for path in PYTHON if path.parent.name == "templatetags" and path.stem != "__init__"
}


def found_in_templates(pattern: re.Pattern[str]) -> Iterator[tuple[Path, str]]:
    for path in TEMPLATES:
        for found in pattern.findall(path.read_text(encoding="utf-8")):
            yield path, found


def test_templates_are_found():
    assert len(TEMPLATES) > 20
    assert list(found_in_templates(INCLUDED))


def test_templates_include_and_extend_what_is_below():
    ours = ((path, what) for path, what in found_in_templates(INCLUDED) if what.split("/")[0] in apps())
    assert violations(ours) == []


def test_templates_load_tags_from_below():
    loaded = ((path, library) for path, names in found_in_templates(LOADED) for library in names.split())
    assert violations((path, LIBRARIES[library]) for path, library in loaded if library in LIBRARIES) == []


def test_templates_link_to_pages_below():
    ours = ((path, space) for path, space in found_in_templates(URL) if space in apps())
    assert violations(ours) == []


# --- inside an app


def kind_of(module: str) -> str:
    """Return what kind of file a module of ours is: the part after its app."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] in apps() else ""


@pytest.mark.parametrize("app", [app for app in apps() if app != "config"])
def test_files_of_an_app_import_from_those_below(app):
    wrong = []
    for path in PYTHON:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        rank = RANK.get(kind_of(module))
        if app_of(path) != app or rank is None or name(path) in UPWARDS:
            continue
        for imported, for_types in imports_in(path):
            below = RANK.get(kind_of(imported))
            if not for_types and imported.split(".")[0] == app and below is not None and below < rank:
                wrong.append(f"{name(path)} imports {imported}")
    assert wrong == []
