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


class RoundPart(models.TextChoices):
    """What a case that is written from a round may hold, in the order in which it stands there."""

    RESPONDENTS = "respondents", _("Who has answered, and what they were asked")
    MAIN_POINTS = "main_points", _("Main points, counted in suppliers")
    RECOMMENDATIONS = "recommendations", _("Recommendations with replies, as a table")
    DISCUSSIONS = "discussions", _("Discussions with the suppliers, and what was agreed")
    EVALUATION = "evaluation", _("The suppliers' rating of the municipality")
    ELABORATION = "elaboration", _("Annex 1: each question and target group elaborated")
