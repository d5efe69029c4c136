"""States and answers that people choose between, and the words that counts are put in."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Stands as the reason of what an undo writes, in any language, and tells it from what can itself be undone.
UNDONE = "↶"


class RoundState(models.TextChoices):
    """A round is prepared, open for answers, and then closed; staff may still enter a late report in a closed one."""

    DRAFT = "draft", pgettext_lazy("round", "Being prepared")
    OPEN = "open", pgettext_lazy("round", "Open")
    CLOSED = "closed", pgettext_lazy("round", "Closed")


# Telling the suppliers' teams how a round stands: when it opens, and by rule before and after their last day.
TELLING_JOB = "learnings.tell_teams"
OPEN_KIND = "learnings.round_open"
REMINDER_KIND = "learnings.reminder"
SENT_BACK_KIND = "learnings.sent_back"
ACCEPTED_KIND = "learnings.accepted"

ANSWERABLE = frozenset({RoundState.OPEN, RoundState.CLOSED})

ROUND_MOVES: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.OPEN}),
    RoundState.OPEN: frozenset({RoundState.CLOSED, RoundState.DRAFT}),
    RoundState.CLOSED: frozenset({RoundState.OPEN}),
}


class Direction(models.TextChoices):
    UP = "up", _("Up")
    DOWN = "down", _("Down")


class Meaning(models.TextChoices):
    """What another wording does to a question."""

    SAME = "same", _("Other words, the same meaning")
    OTHER = "other", _("Another meaning")


class Agreement(models.IntegerChoices):
    """How far a supplier agrees with a statement about the municipality; ordinal."""

    FULLY_DISAGREE = 1, _("Fully disagree")
    DISAGREE = 2, _("Disagree")
    NEITHER = 3, _("Neither agree nor disagree")
    AGREE = 4, pgettext_lazy("scale", "Agree")
    FULLY_AGREE = 5, _("Fully agree")


class ReviewOutcome(models.TextChoices):
    """What the municipality said of a submitted version."""

    ACCEPTED = "accepted", pgettext_lazy("report", "Accepted")
    SENT_BACK = "sent_back", pgettext_lazy("report", "Sent back")


class ReportState(models.TextChoices):
    """How far a supplier's report is; follows from its versions and their reviews, and is stored nowhere."""

    MISSING = "missing", pgettext_lazy("report", "Not begun")
    DRAFT = "draft", pgettext_lazy("report", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("report", "Submitted")
    REOPENED = "reopened", pgettext_lazy("report", "Submitted; new version being written")
    SENT_BACK = "sent_back", pgettext_lazy("report", "Sent back")
    ACCEPTED = "accepted", pgettext_lazy("report", "Accepted")


# The supplier has something to do.
WAITS_FOR_SUPPLIER = frozenset({ReportState.MISSING, ReportState.DRAFT, ReportState.SENT_BACK})
# The municipality has something to do.
WAITS_FOR_MUNICIPALITY = frozenset({ReportState.SUBMITTED})


class Counted(models.TextChoices):
    """Whose reports a count is among: the accepted ones, or provisionally all that are handed in."""

    ACCEPTED = "accepted", _("Accepted reports only")
    HANDED_IN = "handed_in", _("All reports handed in (provisional)")


class RowFilter(models.TextChoices):
    """What the overview of a round can be narrowed down to, besides the states."""

    OVERDUE = "overdue", pgettext_lazy("report", "Past their last day")
    LATE = "late", pgettext_lazy("report", "Came in late")
    EXTENDED = "extended", pgettext_lazy("report", "Got more time")
    UNDISCUSSED = "undiscussed", pgettext_lazy("report", "Not discussed")
    WITHOUT_TEAM = "without_team", pgettext_lazy("report", "Without a team")


class ReceiptMail(models.TextChoices):
    """How the mail of a receipt stands. One that may have left is not sent by itself again."""

    WAITING = "waiting", pgettext_lazy("mail", "On its way")
    SENDING = "sending", pgettext_lazy("mail", "Being sent")
    SENT = "sent", pgettext_lazy("mail", "Sent")
    FAILED = "failed", pgettext_lazy("mail", "Could not be sent")


RECEIPT_JOB = "learnings.receipt"


class WithholdingKind(models.TextChoices):
    """Why a supplier asks to have something kept out of what is published."""

    SECRET = "secret", _("Business secret")
    PERSONAL = "personal", _("Personal data")


class WithholdingDecision(models.TextChoices):
    """What the municipality decides; as long as it has not, the passage is kept out."""

    WITHHELD = "withheld", _("Kept out")
    PUBLISHED = "published", _("Published")


class FindingKind(models.TextChoices):
    """What looks like personal data in an answer; “other” is what a person found."""

    CPR = "cpr", _("Looks like a CPR number")
    PHONE = "phone", _("Phone number")
    EMAIL = "email", _("E-mail address")
    NAME = "name", _("Name of the supplier's people")
    OTHER = "other", _("Found by hand")


class FindingDecision(models.TextChoices):
    """What is done with personal data that was found; until something is, the words are kept out."""

    REDACTED = "redacted", _("Keep the words out")
    WITHHELD = "withheld", _("Keep the whole answer out")
    STANDS = "stands", _("May stand")


EDITION_JOB = "learnings.edition_pdf"


class ReplyKind(models.TextChoices):
    FOLLOW = "follow", _("Followed")
    PARTLY = "partly", _("Partly followed")
    NOT = "not", _("Not followed")


class Addressee(models.TextChoices):
    """Who is to answer a recommendation."""

    OWN_DEPARTMENT = "own", _("Our own department")
    OTHER_DEPARTMENT = "other", _("Another department")
    COMMITTEE = "committee", _("The committee")


class TenderInputState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("tender input", "Not looked at yet")
    USED = "used", pgettext_lazy("tender input", "Used")
    NOT_USED = "not_used", pgettext_lazy("tender input", "Not used")


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
