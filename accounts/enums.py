"""Roles are Django groups; their names are stable codes, their labels what people see."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A person's work. Each is a group of the same name, whose permissions `accounts.roles` keeps."""

    PROCUREMENT = "procurement", _("Procurement officer")
    JOBCENTRE = "jobcentre", _("Jobcentre manager or staff")
    DIRECTOR = "director", _("Director")
    SECRETARIAT = "secretariat", _("Committee secretary")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


EDITORS = frozenset({Role.PROCUREMENT, Role.ADMINISTRATOR})
CASE_EDITORS = frozenset({Role.PROCUREMENT, Role.SECRETARIAT, Role.DIRECTOR, Role.ADMINISTRATOR})
APPROVERS = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})
