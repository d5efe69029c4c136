"""Danish words of pictures: names in order, sentences that count, plural forms.

They are data of the document, not of the interface: a frozen paper keeps its language whatever the reader's is.
"""

from __future__ import annotations

from collections.abc import Sequence

from documents import formats

DRAWN_FROM = "Tallene bag tegningen står i tabellen."
NONE_DRAWN = "Der er ingen tal, der kan tegnes"
OWN = "egne tal"

# After z come æ, ø and å; letters of the neighbours stand with theirs.
_ALPHABET = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y", "é": "e", "è": "e"})
_NUMBERS = ("ingen", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")


def danish_order(name: str) -> tuple[str, str]:
    """Return the key that sorts names as in Danish; equal names keep a fixed order."""
    return name.casefold().translate(_ALPHABET), name


def suppliers(count: int) -> str:
    """Return "1 leverandør" or "6 leverandører"."""
    return f"{formats.number(count)} {'leverandør' if count == 1 else 'leverandører'}"


def listed(names: Sequence[str], *, most: int = 4) -> str:
    """Return "Alfa, Beta og Gamma"; beyond `most` the rest is counted: "Alfa, Beta og 3 andre"."""
    told = list(names) if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} andre"]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} og {told[-1]}" if told else ""


def percent(share: float, *, decimals: int = 1) -> str:
    """Return "14,2 %" of 0.142."""
    return f"{formats.number(share * 100, decimals=decimals)}{formats.NO_BREAK_SPACE}%"


def between(low: float | None, high: float | None) -> str:
    """Return "9,1–18,3 %" of two shares; "–" without both."""
    if low is None or high is None:
        return formats.MISSING
    return f"{formats.number(low * 100, decimals=1)}–{percent(high)}"


def lowered(text: str) -> str:
    """Return the text as it stands inside a sentence: "I job" is "i job", "A-dagpenge" and "CVR" stay."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def left_out(hidden: int, small: int, unknown: int) -> tuple[str, ...]:
    """Return why some are not drawn, a sentence each."""
    said = (
        (hidden, "er ikke tegnet, fordi tallene handler om få personer."),
        (small, "er ikke tegnet, fordi der er under 5."),
        (unknown, "er ikke tegnet, fordi tallet mangler."),
    )
    return tuple(f"{suppliers(count)} {why}" for count, why in said if count)
