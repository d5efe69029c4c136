"""Who may do what, and how counts of suppliers are said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from accounts.rules import AnyUser, can_edit_records
from learnings.enums import ROUND_MOVES, CountWord, ReportState, RoundState

# How long a report takes, roughly: an answer fills half of what is allowed, and is thought over before it is written.
THINKING_MINUTES = 3
WORDS_A_MINUTE = 15
WORDS_WITHOUT_LIMIT = 150


@dataclass(frozen=True)
class Thresholds:
    """From which share of the suppliers they are “flere”, and above which “de fleste”."""

    several_from: Fraction = Fraction(1, 4)
    most_above: Fraction = Fraction(1, 2)


USUAL = Thresholds()
SHARES = {Fraction(1, 2): "halvdelen", Fraction(1, 4): "en fjerdedel", Fraction(1, 3): "en tredjedel"}


def count_note(thresholds: Thresholds = USUAL) -> str:
    """Return what a reader is told about the words. Data of documents, so Danish."""
    several, most = _share(thresholds.several_from), _share(thresholds.most_above)
    return (
        f"Leverandørerne er talt, ikke skønnet: “alle” er alle, der har besvaret spørgsmålet, “de fleste” er over {most}, "
        f"“flere” er mindst to og mindst {several}, “enkelte” er mindst to, men under {several}, og “en enkelt” er én."
    )


def _share(share: Fraction) -> str:
    return SHARES.get(share) or f"{round(share * 100)} procent"


def can_edit_learnings(user: AnyUser) -> bool:
    """Tell whether the user may prepare rounds, enter answers, code them and write what they say together."""
    return can_edit_records(user)


def can_run_rounds(user: AnyUser) -> bool:
    """Tell whether the user may open and close rounds, and give suppliers more time."""
    return can_edit_records(user)


def can_review_reports(user: AnyUser) -> bool:
    """Tell whether the user may accept reports, send them back and note what was discussed."""
    return can_edit_records(user)


def can_publish_reports(user: AnyUser) -> bool:
    """Tell whether the user may decide on personal data, and make reports public and take them down."""
    return can_edit_records(user)


def may_supplier_write(
    round_state: RoundState, state: ReportState, *, extended_to: dt.date | None, today: dt.date
) -> bool:
    """Tell whether a supplier's own people may write: never in what is accepted or waits to be read.

    After the round has closed they may when they got more time, or when their report was sent back.
    """
    if state in {ReportState.SUBMITTED, ReportState.ACCEPTED} or round_state == RoundState.DRAFT:
        return False
    is_given_time = extended_to is not None and extended_to >= today
    return round_state == RoundState.OPEN or is_given_time or state == ReportState.SENT_BACK


def expected_minutes(word_limits: Iterable[int | None]) -> int:
    """Return how long it takes to answer questions with these word limits, to five minutes; 0 for none."""
    limits = [limit or WORDS_WITHOUT_LIMIT for limit in word_limits]
    minutes = sum(THINKING_MINUTES + limit / 2 / WORDS_A_MINUTE for limit in limits)
    return 5 * ceil(minutes / 5)


def may_move(state: RoundState, to: RoundState) -> bool:
    return to in ROUND_MOVES[state]


def count_word(count: int, total: int, *, thresholds: Thresholds = USUAL) -> CountWord:
    """Return the word for `count` of `total` suppliers; `count_note` explains the thresholds to readers.

    One supplier is never "flere" or "alle", however few were asked. Raises ValueError unless 0 <= count <= total.
    """
    if not 0 <= count <= total:
        raise ValueError(f"a count of suppliers lies between 0 and the total, got {count} of {total}")
    if count <= 1:
        return CountWord.ONE if count else CountWord.NONE
    share = Fraction(count, total)
    if share == 1:
        return CountWord.ALL
    if share > thresholds.most_above:
        return CountWord.MOST
    return CountWord.SEVERAL if share >= thresholds.several_from else CountWord.FEW
