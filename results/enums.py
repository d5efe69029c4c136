"""The fixed words of results: kinds of measure, units, ways to break a table down, kinds of total."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeasureKind(models.TextChoices):
    """What a figure of the measure consists of."""

    SHARE = "share", _("Share: outcomes of a base")
    COUNT = "count", _("Count: only a base")
    MEAN = "mean", _("Mean of answers")


class Unit(models.TextChoices):
    """What is counted. Persons and courses are never added up with each other."""

    PERSONS = "persons", _("persons")
    COURSES = "courses", _("courses")
    RESPONSES = "responses", _("responses")


class Breakdown(models.TextChoices):
    """What the rows of a results table are."""

    BENEFIT_GROUP = "benefit_group", _("By benefit group")
    SUPPLIER = "supplier", _("By supplier")


class TotalKind(models.TextChoices):
    """What the source's own total is, held against the sum of the rows above it."""

    SUM_OF_GROUPS = "sum_of_groups", _("Sum of groups")
    UNIQUE_PERSONS = "unique_persons", _("Unique persons")
    UNDECLARED = "undeclared", _("Neither the sum nor declared as unique persons")
