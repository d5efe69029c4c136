"""How counts are put in words in a round."""

from __future__ import annotations

from fractions import Fraction

from learnings.models import CountWords, Round
from learnings.rules import USUAL, Thresholds


def thresholds_of(round: Round) -> Thresholds:
    """Return the round's own thresholds, or the usual ones; one query."""
    words = CountWords.objects.filter(round=round).first()
    if words is None:
        return USUAL
    return Thresholds(
        several_from=Fraction(words.several_from_percent, 100), most_above=Fraction(words.most_above_percent, 100)
    )
