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


class Confidence(models.TextChoices):
    """How sure it is what a code of the register means."""

    HIGH = "high", _("High: found in several sources")
    MEDIUM = "medium", _("Medium: found in one source")
    LOW = "low", _("Low: from memory")


class Population(models.TextChoices):
    """Whose outcomes are counted in a period."""

    ENDED_IN_PERIOD = "ended_in_period", _("Courses that ended in the period")


class CountedBy(models.TextChoices):
    """Where an outcome is read."""

    REGISTER_WEEK = "register_week", _("The register's week at the end of the window")
    PLAN_DATE = "plan_date", _("The plan's date, from the start of the course to the end of the window")


class PersonRule(models.TextChoices):
    """Which of a person's courses in a cell decides for the person."""

    LAST_COURSE = "last_course", _("The person's course that ended last")
    ANY_COURSE = "any_course", _("Any of the person's courses")
