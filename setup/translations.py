"""Gate: every message of the interface has a complete Danish translation with the same placeholders.

The sources are extracted anew with GNU gettext and compared with the catalogue, so a text that was added or changed without
`make messages` fails here too.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
DOMAINS = ("django", "djangojs")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
COPIED = ("accounts", "cases", "cms", "committees", "config", "contracts", "desk", "documents", "example", "jobs", "learnings",
          "notifications", "portal", "records", "results", "suppliers")  # fmt: skip


def main() -> int:
    problems = [problem for domain in DOMAINS for problem in check(domain)]
    print("\n".join(problems) or "Alle tekster er oversat.")
    return 1 if problems else 0


def check(domain: str) -> list[str]:
    """Return a line for each message that lacks a good translation."""
    translated = read(ROOT / "locale" / "da" / "LC_MESSAGES" / f"{domain}.po")
    return [
        problem
        for message in extract(domain)
        if message.id
        for problem in problems_of(domain, message, translated.get(key(message), message.context))
    ]


def problems_of(domain: str, source: Message, translation: Message | None) -> list[str]:
    text = key(source)
    if translation is None or not all(strings(translation)) or translation.fuzzy:
        return [f"{domain}: not translated: {text!r}"]
    wanted = set(PLACEHOLDER.findall(text))
    last = strings(translation)[-1]
    return [] if set(PLACEHOLDER.findall(last)) >= wanted else [f"{domain}: placeholders differ: {text!r} / {last!r}"]


def strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else message.id


def read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="da")
    with path.open("rb") as stream:
        return read_po(stream)


def extract(domain: str) -> Catalog:
    """Return the messages of the sources as they stand, without touching the catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("*.pyc", "dkfds", "vendor"))
        (copy / "locale").mkdir()
        arguments = ["makemessages", "-l", "da", "-d", domain, "--no-location", "--no-wrap"]
        subprocess.run([sys.executable, "-m", "django", *arguments], cwd=copy, check=True, capture_output=True)
        return read(copy / "locale" / "da" / "LC_MESSAGES" / f"{domain}.po")


if __name__ == "__main__":
    sys.exit(main())
