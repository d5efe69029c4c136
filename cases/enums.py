"""What kinds of paper there are, and how grave a finding is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    RECOMMENDATION = "recommendation", _("Recommendation case")
    FACT_SHEET = "fact_sheet", _("Fact sheet")


class Severity(models.TextChoices):
    """A blocking finding stops publication; a warning asks the officer to look."""

    BLOCKS = "blocks", _("Must be mended")
    WARNS = "warns", _("Look at this")
