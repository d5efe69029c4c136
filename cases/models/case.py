"""Committee cases and their annexes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from cases.blocks import CaseBody
from cases.models.template import CaseTemplate
from committees.models import Committee, CommitteeMeeting, Decision
from documents.models import Snapshot
from learnings.models import Round
from records.querysets import RecordQuerySet


class CommitteeCase(PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """A paper for a committee. Its text lives in revisions until it is approved; documents are made from snapshots."""

    slug = models.SlugField(
        _("address"),
        unique=True,
        help_text=_("The last part of the public address, and the name of the folder of its documents."),
        error_messages={"unique": _("Another case already has this address.")},
    )
    title = models.CharField(_("title"), max_length=250)
    short_title = models.CharField(
        _("short title"), max_length=80, help_text=_("Stands at the top of every page from page two.")
    )
    lead = models.TextField(_("lead"), blank=True, help_text=_("What the paper is about and comes to, in three lines."))
    template = models.ForeignKey(
        CaseTemplate, verbose_name=_("case template"), on_delete=models.PROTECT, related_name="cases"
    )
    committee = models.ForeignKey(
        Committee, verbose_name=_("committee"), on_delete=models.PROTECT, related_name="cases"
    )
    meeting = models.ForeignKey(
        CommitteeMeeting,
        verbose_name=_("meeting"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    requested_by = models.ForeignKey(
        Decision,
        verbose_name=_("requested by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requested_cases",
        help_text=_("The decision that asked for this paper. Say in each section which of its points it answers."),
    )
    from_round = models.ForeignKey(
        Round,
        verbose_name=_("written from the round"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    annex_of = models.ForeignKey(
        "self", verbose_name=_("annex of"), null=True, blank=True, on_delete=models.PROTECT, related_name="annexes"
    )
    annex_number = models.PositiveSmallIntegerField(_("annex number"), null=True, blank=True)
    dated_on = models.DateField(_("date of the paper"))
    f2_case_number = models.CharField(_("F2 case number"), max_length=40, blank=True)
    f2_document_number = models.CharField(_("F2 document number"), max_length=40, blank=True)
    edoc_case_number = models.CharField(_("eDoc case number"), max_length=40, blank=True)
    case_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("case officer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    centre = models.CharField(_("centre"), max_length=120, blank=True)
    address = models.TextField(_("address of the centre"), blank=True)
    body = StreamField(CaseBody(), verbose_name=_("text"), blank=True)
    approved_digest = models.CharField(
        _("digest of what was approved"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("Text and figures together, as the snapshot has them."),
    )

    # What the text said when is in the revisions, each with its author; here stands who changed the facts around it.
    history = HistoricalRecords(
        excluded_fields=["body", "latest_revision", "live_revision", "live", "has_unpublished_changes"]
    )
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-dated_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(annex_of__isnull=True, annex_number__isnull=True)
                | Q(annex_of__isnull=False, annex_number__gte=1),
                name="case_annex_has_number",
                violation_error_code="annex_number",
                violation_error_message=_("An annex needs both the case that it belongs to and a number."),
            ),
            models.UniqueConstraint(
                fields=["annex_of", "annex_number"],
                name="case_annex_number_unique",
                violation_error_code="annex_number",
                violation_error_message=_("The case already has an annex with this number."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.pk])

    @property
    def numbers(self) -> str:
        """The case numbers as they stand in the running header."""
        named = (("F2", self.f2_case_number), ("eDoc", self.edoc_case_number))
        return " · ".join(f"{name} {number}" for name, number in named if number)

    def clean(self) -> None:
        """Keep the address once documents have been made under it; queries."""
        super().clean()
        stored = CommitteeCase.objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
        if stored and stored != self.slug and Snapshot.objects.of(self).exists():
            message = _("Documents have been made under the address “%(slug)s”, so it cannot be changed.")
            raise ValidationError({"slug": message % {"slug": stored}})

    def publish(self, revision: Any, user: Any = None, **options: Any) -> None:
        """Approve: what is approved is the text together with the figures as they stand at that moment.

        Every way in Wagtail to make a revision live comes through here.
        """
        from cases.services import record_approval

        with transaction.atomic():
            super().publish(revision, user=user, **options)
            record_approval(CommitteeCase.objects.get(pk=self.pk), by=user)

    def newest_text(self) -> CommitteeCase:
        """Return the case as last saved, draft or not; queries."""
        return self.get_latest_revision_as_object()

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "cases/committeecase_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from cases.previews import preview_context

        return {"object": self, "request": request, **preview_context(self)}
