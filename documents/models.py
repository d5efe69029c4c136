"""Snapshots, the files rendered from them, and the pictures they hold. Append-only: a correction is a new version."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.enums import Audience, Format


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def of(self, subject: models.Model) -> SnapshotQuerySet:
        """Return the snapshots of one record, newest first."""
        content_type = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=content_type, object_id=subject.pk).order_by("-number")


class Snapshot(models.Model):
    """A paper frozen at a moment: its whole tree and the evidence behind it. Documents are rendered from here alone.

    The tree is the one for use inside the municipality, with figures marked that may not leave it.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    number = models.PositiveIntegerField(_("version"))
    tree = models.JSONField(_("document tree"))
    evidence = models.JSONField(_("evidence"))
    findings = models.JSONField(
        _("findings"), default=list, blank=True, help_text=_("What the checks said when the paper was frozen.")
    )
    digest = models.CharField(_("digest"), max_length=64)
    data_as_of = models.DateField(_("data as of"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("created by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "number"], name="snapshot_version_unique")
        ]

    def __str__(self) -> str:
        return f"{self.content_type.model} {self.object_id}, version {self.number}"

    def rendition(self, audience: Audience, format: Format) -> Rendition | None:
        """Return the finished file of this snapshot, if there is one; queries."""
        return self.renditions.filter(audience=audience, format=format).first()


def rendition_path(rendition: Rendition, filename: str) -> str:
    return f"renditions/{rendition.sha256[:2]}/{rendition.sha256}/{filename}"


class Rendition(models.Model):
    """A finished, validated file. Two renderings of one snapshot have the same bytes."""

    snapshot = models.ForeignKey(
        Snapshot, verbose_name=_("snapshot"), on_delete=models.PROTECT, related_name="renditions"
    )
    audience = models.CharField(_("audience"), max_length=10, choices=Audience.choices)
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)
    file = models.FileField(_("file"), upload_to=rendition_path, max_length=250)
    sha256 = models.CharField("SHA-256", max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["snapshot", "audience", "format"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "audience", "format"], name="rendition_once_per_snapshot")
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.get_audience_display()})"

    @property
    def filename(self) -> str:
        return Format(self.format).filename

    def read(self) -> bytes:
        with self.file.open("rb") as stream:
            return stream.read()


def asset_path(asset: Asset, filename: str) -> str:
    return f"assets/{asset.sha256[:2]}/{asset.sha256}"


class Asset(models.Model):
    """The bytes of a picture in a frozen document, known by their digest."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    media_type = models.CharField(_("media type"), max_length=40)
    file = models.FileField(_("file"), upload_to=asset_path, max_length=250)

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")

    def __str__(self) -> str:
        return self.sha256

    @staticmethod
    def bytes_of(sha256: str) -> bytes:
        """Return the bytes known by a digest; raises Asset.DoesNotExist."""
        with Asset.objects.get(sha256=sha256).file.open("rb") as stream:
            return stream.read()
