"""Political committees, their meetings and what they decide."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from records.history import ChildRecords
from records.querysets import RecordQuerySet


class Committee(models.Model):  # type: ignore[django-manager-missing]  # of the clusterable templates
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    administration = models.CharField(
        _("administration"), max_length=200, help_text=_("The administration that recommends: stands first in a case.")
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CommitteeMeeting(models.Model):  # type: ignore[django-manager-missing]  # of the clusterable decisions
    committee = models.ForeignKey(
        Committee, verbose_name=_("committee"), on_delete=models.PROTECT, related_name="meetings"
    )
    held_on = models.DateField(_("date of the meeting"))
    agenda_deadline_on = models.DateField(
        _("agenda deadline"), help_text=_("The last day on which a case can be handed in for this meeting.")
    )

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee meeting")
        verbose_name_plural = _("committee meetings")
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "held_on"],
                name="committee_meets_once_a_day",
                violation_error_code="held_on",
                violation_error_message=_("The committee already has a meeting on that day."),
            ),
            models.CheckConstraint(
                condition=Q(agenda_deadline_on__lte=F("held_on")),
                name="agenda_deadline_before_meeting",
                violation_error_code="agenda_deadline_on",
                violation_error_message=_(
                    "The agenda deadline must not lie after the meeting. Correct one of the dates."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {formats.date_format(self.held_on)}"


class Decision(ClusterableModel):
    """What a committee decided; numbered points are what it asked for, and what a case must answer.

    The points are edited and saved together with their decision.
    """

    code = models.SlugField(_("code"), unique=True)
    meeting = models.ForeignKey(
        CommitteeMeeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="decisions"
    )
    title = models.CharField(_("title"), max_length=250)
    text = models.TextField(_("text of the decision"))
    remarks = models.TextField(_("remarks"), blank=True)

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-meeting__held_on", "title"]

    def __str__(self) -> str:
        return self.title


class DecisionPoint(models.Model):
    decision = ParentalKey(Decision, verbose_name=_("decision"), on_delete=models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("what was asked for"), max_length=300)

    history = ChildRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of a decision")
        verbose_name_plural = _("points of a decision")
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "number"],
                name="decision_point_number_unique",
                violation_error_message=_("Two points of the decision have the same number."),
            )
        ]

    # The form orders points by this, and their numbers follow.
    sort_order_field = "position"

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    @property
    def position(self) -> int:
        """Place in the list of points, from 0; setting it numbers the point from 1."""
        return self.number - 1

    @position.setter
    def position(self, place: int) -> None:
        self.number = place + 1
