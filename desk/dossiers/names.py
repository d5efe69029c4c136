"""Names of files in an archive: none leads out of it, and no two are the same."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 80
_UNSAFE = re.compile(r"[^\w .,()&+æøåÆØÅ-]+")


def safe_part(text: str) -> str:
    """Return one part of a path: no separators, no control characters, nothing that begins or ends in a dot."""
    plain = _UNSAFE.sub("_", unicodedata.normalize("NFC", text))
    return " ".join(plain.split())[:LONGEST].strip(" .") or "uden navn"


def safe_file(name: str) -> str:
    """Return a file's name with its ending kept, however long it is."""
    path = PurePosixPath(name.replace("\\", "/"))
    ending = re.sub(r"[^a-zA-Z0-9.]", "", path.suffix)[:12]
    return safe_part(path.stem)[: LONGEST - len(ending)].strip(" .") + ending


class Names:
    """Gives each path once: the second of two gets a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, *parts: str) -> str:
        path = "/".join(parts)
        stem, dot, ending = path.rpartition(".") if "." in parts[-1] else (path, "", "")
        number, name = 1, path
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem} ({number}){dot}{ending}"
        self._taken.add(name.casefold())
        return name
