"""Who may do what, and how counts of suppliers are said."""

from __future__ import annotations

from fractions import Fraction

from accounts.rules import AnyUser, can_edit_records
from learnings.enums import ROUND_MOVES, CountWord, RoundState

MOST_ABOVE = Fraction(1, 2)
SEVERAL_FROM = Fraction(1, 4)

COUNT_NOTE = (
    "Leverandørerne er talt, ikke skønnet: “alle” er alle, der har besvaret spørgsmålet, “de fleste” er over halvdelen, "
    "“flere” er mindst to og mindst en fjerdedel, “enkelte” er mindst to, men under en fjerdedel, og “en enkelt” er én."
)


def can_edit_learnings(user: AnyUser) -> bool:
    """Tell whether the user may prepare rounds, enter answers, code them and write what they say together."""
    return can_edit_records(user)


def may_move(state: RoundState, to: RoundState) -> bool:
    return to in ROUND_MOVES[state]


def count_word(count: int, total: int) -> CountWord:
    """Return the word for `count` of `total` suppliers; `COUNT_NOTE` explains the thresholds to readers.

    One supplier is never "flere" or "alle", however few were asked. Raises ValueError unless 0 <= count <= total.
    """
    if not 0 <= count <= total:
        raise ValueError(f"a count of suppliers lies between 0 and the total, got {count} of {total}")
    if count <= 1:
        return CountWord.ONE if count else CountWord.NONE
    share = Fraction(count, total)
    if share == 1:
        return CountWord.ALL
    if share > MOST_ABOVE:
        return CountWord.MOST
    return CountWord.SEVERAL if share >= SEVERAL_FROM else CountWord.FEW
