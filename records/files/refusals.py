"""Why a file is not taken in: what is wrong, and what to do."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def refusal(problem: str, remedy: str) -> ValidationError:
    return ValidationError({"file": f"{problem} {remedy}"})


def damaged() -> ValidationError:
    return refusal(_("The file is damaged or not what its name says."), _("Open it, save it again and choose it anew."))


def has_macros() -> ValidationError:
    return refusal(
        _("The file holds macros or other programs, which may do harm."), _("Save it without macros, or as a PDF.")
    )


def is_infected() -> ValidationError:
    return refusal(
        _("The file holds something that virus scanners know."),
        _("Do not open it. Ask those who look after your computer."),
    )


def unpacks_too_large() -> ValidationError:
    return refusal(
        _("The file is very small for all that it unpacks to."), _("Save it again in the program that made it.")
    )
