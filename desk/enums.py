"""Editions of a dossier, and what can be left out of one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Edition(models.TextChoices):
    FULL = "full", pgettext_lazy("dossier", "Everything")
    EXTRACTED = "extracted", pgettext_lazy("dossier", "Extract")


class LeftOut(models.TextChoices):
    """What is marked as internal; the officer chooses which of it an extract leaves out."""

    DOCUMENTS = "documents", pgettext_lazy("dossier", "Documents that the supplier may not see")
    NOTES = "notes", pgettext_lazy("dossier", "Notes and plans, and the reasons written for changes")
    BIDS = "bids", pgettext_lazy("dossier", "Bids, with their prices and points")
    CASE_DATA = "case_data", pgettext_lazy("dossier", "Case numbers, and who works with the agreement")
