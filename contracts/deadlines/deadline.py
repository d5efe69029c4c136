"""One deadline: what is due, when, and when to begin. How it is said stands in `contracts.deadlines.words`."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.deadlines import words
from contracts.deadlines.facts import AgreementFacts, Detail, MeetingSlot, OccurrenceFacts, ThresholdFacts
from contracts.deadlines.kinds import DeadlineKind


class Stage(models.TextChoices):
    """Where a deadline stands on a day."""

    OVERDUE = "overdue", gettext_lazy("Overdue")
    BEGIN = "begin", gettext_lazy("Begin now")
    LATER = "later", gettext_lazy("Later")


class Deadline(NamedTuple):
    """`due_on` is the last legal day, `begin_by` the last day to begin; `meeting` the last one that can still decide.

    `detail` is what it is due by where that is not the agreement itself. A pass makes a hundred thousand of these, so
    what is said of one is worked out when it is asked for.
    """

    agreement: AgreementFacts
    kind: DeadlineKind
    due_on: dt.date
    detail: Detail | None
    begin_by: dt.date
    needs_decision: bool = False
    meeting: MeetingSlot | None = None

    @property
    def source(self) -> tuple[str, int]:
        """Return model and number of the row that it is due by."""
        return self.agreement.source if self.detail is None else self.detail.source_in(self.agreement)

    @property
    def key(self) -> str:
        """Return what stays the same when the day moves: kind and source, as `option-contractoption-12`."""
        model, pk = self.source
        return f"{self.kind.value}-{model}-{pk}"

    @property
    def is_forecast(self) -> bool:
        return isinstance(self.detail, ThresholdFacts) and self.detail.is_forecast

    @property
    def cause(self) -> str:
        """Return what a person is told of once: the matter and its day; a forecast is one matter however it moves."""
        return f"{self.key}:{'forecast' if self.is_forecast else self.due_on.isoformat()}"

    @property
    def owner_id(self) -> int | None:
        """Return who follows it up: the obligation's owner, else who is responsible for the agreement."""
        owner = self.detail.owner_id if isinstance(self.detail, OccurrenceFacts) else None
        return owner or self.agreement.responsible_id

    @property
    def what(self) -> str:
        """Return what is due, without the agreement: “Option 1”, “Proof of insurance”."""
        return words.what(self.kind, self.detail)

    @property
    def title(self) -> str:
        return _("%(what)s: %(agreement)s") % {"what": self.what, "agreement": self.agreement.title}

    @property
    def rule(self) -> str:
        """Return the rule that the day follows from, as one sentence."""
        return words.rule(self.kind, self.agreement, self.detail)

    @property
    def meeting_sentence(self) -> str:
        """Return which meeting can still decide; empty where nobody needs to."""
        return words.last_meeting(self.meeting) if self.needs_decision else ""

    def meeting_today(self, *, today: dt.date) -> str:
        """Return what to say of the meeting on a day: nothing when the deadline has passed, a warning when it is too late."""
        if self.due_on < today or not self.needs_decision:
            return ""
        if self.meeting is not None and self.has_missed_its_meeting(today=today):
            return words.missed_meeting(self.meeting)
        return self.meeting_sentence

    def has_missed_its_meeting(self, *, today: dt.date) -> bool:
        """Tell whether the agenda of the last meeting that could decide is closed."""
        return self.meeting is not None and self.meeting.agenda_deadline_on < today <= self.due_on

    def stage(self, *, today: dt.date) -> Stage:
        if self.due_on < today:
            return Stage.OVERDUE
        return Stage.BEGIN if self.begin_by <= today else Stage.LATER
