"""Files that a supplier hands in with its report; frozen with their version."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.rules import AnyUser
from learnings.models.reports import ExperienceReport, FreezingQuerySet, ReportVersion, refuse_if_submitted


def random_name(attachment: Attachment, file_name: str) -> str:
    """Return where a file is stored: a name that nobody guesses and nothing of which the sender chose."""
    return f"reports/{timezone.localdate().year}/{uuid.uuid4().hex}{PurePath(file_name).suffix.lower()}"


class AttachmentQuerySet(FreezingQuerySet):
    submitted_lookup = "version__submitted_at__isnull"

    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(version__report__in=ExperienceReport.objects.visible_to(user))


class Attachment(models.Model):
    """A file of one version, known by its digest. A new version begins with the files of the old one."""

    version = models.ForeignKey(
        ReportVersion, verbose_name=_("version of a report"), on_delete=models.CASCADE, related_name="attachments"
    )
    file = models.FileField(_("file"), upload_to=random_name)
    file_name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("media type"), max_length=120)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"))
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["version", "file_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "sha256"], name="attachment_once_per_version"),
        ]

    def __str__(self) -> str:
        return self.file_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse_if_submitted(self.version_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_if_submitted(self.version_id)
        return super().delete(*args, **kwargs)
