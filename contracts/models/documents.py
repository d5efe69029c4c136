"""Documents of frameworks, contracts and tenders, in versions that are never changed."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import PurePath
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.rules import AnyUser, is_municipal
from contracts.models.contract import Contract
from contracts.models.framework import FrameworkAgreement
from contracts.models.tenders import Tender
from records.querysets import RecordQuerySet


def one_of(*fields: str, name: str, message: Any) -> models.CheckConstraint:
    """Return the constraint that exactly one of the relations is set; the sentence stands at the first of them."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return models.CheckConstraint(
        condition=condition, name=name, violation_error_code=fields[0], violation_error_message=message
    )


class DocumentCategory(models.Model):
    name = models.CharField(_("name"), max_length=120, unique=True)
    is_required = models.BooleanField(
        _("required"), default=False, help_text=_("A contract without a document of this kind is shown as incomplete.")
    )
    expires = models.BooleanField(_("expires"), default=False, help_text=_("Ask for the day on which it expires."))

    history = HistoricalRecords()
    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("document category")
        verbose_name_plural = _("document categories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DocumentQuerySet(RecordQuerySet):
    def visible_to(self, user: AnyUser) -> Self:
        """Return what belongs to agreements that the person may see; a supplier's people see only what is shown to them."""
        if is_municipal(user):
            return self.all()
        owners = Q(contract__in=Contract.objects.visible_to(user)) | Q(
            framework__in=FrameworkAgreement.objects.visible_to(user)
        )
        return self.filter(owners, is_visible_to_supplier=True)

    def valid_on(self, day: dt.date) -> Self:
        """Return documents that have not expired by the end of the day before."""
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day))

    def of_owner(self, owner: FrameworkAgreement | Contract | Tender) -> Self:
        return self.filter(**{owner_field(owner): owner})


def owner_field(owner: models.Model) -> str:
    """Return by which of a document's relations it belongs to an agreement or a tender; raises KeyError for others."""
    return {FrameworkAgreement: "framework", Contract: "contract", Tender: "tender"}[type(owner)]


class Document(models.Model):
    """A document of one framework, one contract or one tender; its files are its versions."""

    framework = models.ForeignKey(
        FrameworkAgreement,
        verbose_name=_("framework agreement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    contract = models.ForeignKey(
        Contract,
        verbose_name=_("contract"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    tender = models.ForeignKey(
        Tender, verbose_name=_("tender"), null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    category = models.ForeignKey(
        DocumentCategory, verbose_name=_("category"), on_delete=models.PROTECT, related_name="documents"
    )
    title = models.CharField(_("title"), max_length=200)
    is_visible_to_supplier = models.BooleanField(_("visible to the supplier"), default=False)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)

    history = HistoricalRecords()
    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["category__name", "title", "pk"]
        constraints = [
            one_of(
                "framework",
                "contract",
                "tender",
                name="document_belongs_to_one",
                message=_(
                    "A document belongs to one framework agreement, one contract or one tender. Choose one of them."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document:inspect", args=[self.pk])

    @property
    def owner(self) -> FrameworkAgreement | Contract | Tender:
        return self.contract or self.framework or self.tender  # type: ignore[return-value]


def random_name(version: DocumentVersion, file_name: str) -> str:
    """Return where a file is stored: a name that nobody guesses and nothing of which the sender chose."""
    return f"agreements/{timezone.localdate().year}/{uuid.uuid4().hex}{PurePath(file_name).suffix.lower()}"


class DocumentVersionQuerySet(RecordQuerySet):
    def visible_to(self, user: AnyUser) -> Self:
        """Return the files of documents that the person may see; those of a deleted document are seen by nobody."""
        return self.filter(document__in=Document.objects.visible_to(user))


class DocumentVersion(models.Model):
    """One file of a document, known by its digest; append-only.

    It outlives its document, so that a deletion can be undone: no constraint in the database, and nothing cascades.
    """

    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="versions",
    )
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.FileField(_("file"), upload_to=random_name)
    file_name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("media type"), max_length=120)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of a document")
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="document_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.number})"
