"""Our own source, for the tests that hold its rules."""

from __future__ import annotations

import ast
import functools
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
GENERATED = ("migrations", "node_modules", "vendor", "dkfds")


@functools.cache
def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@functools.cache
def layers() -> tuple[tuple[str, ...], ...]:
    """Return the apps from top to bottom, those of one layer together, as import-linter is told."""
    (contract,) = project()["tool"]["importlinter"]["contracts"]
    return tuple(tuple(name.strip() for name in layer.split("|")) for layer in contract["layers"])


@functools.cache
def apps() -> tuple[str, ...]:
    return tuple(name for layer in layers() for name in layer)


def may_know(upper: str, lower: str) -> bool:
    """Tell whether an app may know another: itself, and those in layers below."""
    rank = {name: number for number, layer in enumerate(layers()) for name in layer}
    return upper == lower or rank[upper] < rank[lower]


def files(*suffixes: str) -> Iterator[Path]:
    """Yield the files of our apps with these suffixes, without what others wrote or a program generated."""
    for app in apps():
        for path in sorted((ROOT / app).rglob("*")):
            if path.suffix in suffixes and not set(path.relative_to(ROOT).parts) & set(GENERATED):
                yield path


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def app_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def committed() -> list[Path]:
    """Return every file that git tracks."""
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    return [path for line in listed.split("\0") if line and (path := ROOT / line).is_file()]
