"""The data files of the example municipality."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA_DIR = Path(__file__).resolve().parent / "data"


@cache
def read(name: str) -> dict[str, Any]:
    """Return the data of `<name>.toml`, read once; nobody changes it."""
    with (DATA_DIR / f"{name}.toml").open("rb") as stream:
        return tomllib.load(stream)


def sha256(path: Path) -> str:
    """Return a file's digest, by which an import knows it again."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
