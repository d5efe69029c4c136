"""For whom a document is rendered, and as what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """`internal` shows every figure with those marked that may not leave; `public` hides them."""

    INTERNAL = "internal", _("Inside the municipality")
    PUBLIC = "public", _("Public")


class Format(models.TextChoices):
    HTML = "html", _("Web page")
    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word")
    EVIDENCE = "evidence", _("Evidence (JSON)")

    @property
    def filename(self) -> str:
        """The name of the file among a case's documents."""
        return FILENAMES[self]

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self]


FILENAMES = {
    Format.HTML: "case.html",
    Format.PDF: "case.pdf",
    Format.DOCX: "case.docx",
    Format.EVIDENCE: "evidence.json",
}
CONTENT_TYPES = {
    Format.HTML: "text/html; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.EVIDENCE: "application/json",
}
