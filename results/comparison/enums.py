"""The fixed words of a comparison: what is held against what, how large a figure is, and what the test says."""

from __future__ import annotations

from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _

LARGE_FROM, SHARE_FROM, COUNT_FROM = 30, 10, 5
NOTE_BELOW, CLEAR_BELOW = 0.05, 0.002  # outside the 95 % and the 99.8 % limits
MUCH_PENDING = 0.1


class Reference(models.TextChoices):
    """What a supplier's result is held against. Always named beside the figure."""

    OTHERS = "others", _("The other suppliers")
    ALL = "all", _("All suppliers together")
    PREVIOUS = "previous", _("Its own previous period")
    TARGET = "target", _("A fixed target")


class Verdict(models.TextChoices):
    """What the exact test says. No more is said: not better, not worse, not proven."""

    NO_DIFFERENCE = "no_difference", _("cannot be told apart")
    NOTE = "note", _("take note")
    CLEAR = "clear", _("clear deviation")
    NOT_COMPARABLE = "not_comparable", _("cannot be compared")


DEVIATES = frozenset({Verdict.NOTE, Verdict.CLEAR})


class Size(Enum):
    """How much a figure of so many can say (METHODS section 6)."""

    FEW = "few"  # below 5: neither counts nor shares
    COUNTS_ONLY = "counts_only"  # 5 to 9
    SMALL = "small"  # 10 to 29: with the words "small group"
    NORMAL = "normal"

    @property
    def has_share(self) -> bool:
        return self in {Size.SMALL, Size.NORMAL}


def size_of(base: int) -> Size:
    """Return how much a figure with this base can say."""
    if base < COUNT_FROM:
        return Size.FEW
    if base < SHARE_FROM:
        return Size.COUNTS_ONLY
    return Size.SMALL if base < LARGE_FROM else Size.NORMAL


class ReasonKind(models.TextChoices):
    """Why something is not comparable, or is to be read with care."""

    DEFINITION = "definition", _("Another definition")
    POPULATION = "population", _("Another population")
    UNVALIDATED = "unvalidated", _("Not validated")
    SERIES_BREAK = "series_break", _("Break in the series")
    OPPOSITE = "opposite", _("Opposite effects")
    TOO_FEW = "too_few", _("Too few")
    SMALL_GROUP = "small_group", _("Small group")
    PENDING = "pending", _("Not yet measurable")
    NO_REFERENCE = "no_reference", _("Nobody to compare with")
    ALL_ALIKE = "all_alike", _("All alike")
    NOT_DIVIDED = "not_divided", _("Not by benefit group")
    NOT_A_SHARE = "not_a_share", _("Not a share")
    SHARING = "sharing", _("Sharing")
