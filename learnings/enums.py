"""States and answers that people choose between, and the words that counts are put in."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundState(models.TextChoices):
    """A round is prepared, open for answers, and then closed; staff may still enter a late report in a closed one."""

    DRAFT = "draft", pgettext_lazy("round", "Being prepared")
    OPEN = "open", pgettext_lazy("round", "Open")
    CLOSED = "closed", pgettext_lazy("round", "Closed")


ANSWERABLE = frozenset({RoundState.OPEN, RoundState.CLOSED})

ROUND_MOVES: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.OPEN}),
    RoundState.OPEN: frozenset({RoundState.CLOSED, RoundState.DRAFT}),
    RoundState.CLOSED: frozenset({RoundState.OPEN}),
}


class ReportState(models.TextChoices):
    """How far a supplier's report is; follows from its versions and is stored nowhere."""

    MISSING = "missing", pgettext_lazy("report", "Not begun")
    DRAFT = "draft", pgettext_lazy("report", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("report", "Submitted")
    REOPENED = "reopened", pgettext_lazy("report", "Submitted; new version being written")


class ReplyKind(models.TextChoices):
    FOLLOW = "follow", _("Followed")
    PARTLY = "partly", _("Partly followed")
    NOT = "not", _("Not followed")


class InitiativeState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("initiative", "Planned")
    UNDER_WAY = "under_way", pgettext_lazy("initiative", "Under way")
    DONE = "done", pgettext_lazy("initiative", "Done")
    DROPPED = "dropped", pgettext_lazy("initiative", "Dropped")


class CountWord(StrEnum):
    """How a count of suppliers is said. Data of documents, so Danish; `rules.count_word` says when each is used."""

    NONE = "ingen"
    ONE = "en enkelt"
    FEW = "enkelte"
    SEVERAL = "flere"
    MOST = "de fleste"
    ALL = "alle"
