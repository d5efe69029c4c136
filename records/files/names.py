"""File names that came from outside, made safe to store, show and hand out again."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

LONGEST = 200
# What Windows refuses in a name, and names that it keeps for devices.
REFUSED = re.compile(r'[<>:"|?*]')
DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def clean_name(name: str) -> str:
    """Return a name without folders, invisible signs and signs that a system refuses; its extension is kept.

    Signs that turn the direction of writing go too: with them `fdp.exe` reads as `exe.pdf`.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    clean = " ".join(REFUSED.sub("_", visible).split()).strip(". ")
    if not PurePath(clean).stem or DEVICES.fullmatch(clean):
        clean = f"_{clean}"
    suffix = PurePath(clean).suffix[: LONGEST // 2]
    return clean if len(clean) <= LONGEST else clean[: LONGEST - len(suffix)].rstrip(". ") + suffix


def extension_of(name: str) -> str:
    """Return the extension in small letters with its dot, "" when there is none."""
    return PurePath(name).suffix.lower()
