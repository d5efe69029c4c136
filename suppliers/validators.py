"""Checks of the numbers that identify companies and their places of work."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.dk import cvr


def bare_cvr(written: str) -> str:
    """Return the digits of a CVR number as people write it, with spaces or with DK before it; any other text as it is."""
    match = re.fullmatch(r"(?:DK)?([0-9]{8})", re.sub(r"[\s.-]", "", written), re.IGNORECASE)
    return match[1] if match else written


def is_cvr(value: str) -> bool:
    """Tell whether the value is eight digits, and nothing else, that pass the CVR register's check."""
    return re.fullmatch(r"[0-9]{8}", value) is not None and cvr.is_valid(value)


def validate_cvr(value: str) -> None:
    if not re.fullmatch(r"[0-9]{8}", value):
        raise ValidationError(
            _("A CVR number has eight digits and nothing else. Correct “%(value)s”.") % {"value": value}
        )
    if not is_cvr(value):
        raise ValidationError(
            _("“%(value)s” is not a CVR number: its check digit is wrong. Look for a mistyped digit.")
            % {"value": value}
        )


def validate_p_number(value: str) -> None:
    """The CVR register numbers places of work upwards from 1000000000; there is no check digit to look at."""
    if not re.fullmatch(r"1[0-9]{9}", value):
        raise ValidationError(
            _("A P-number has ten digits, of which the first is 1. Correct “%(value)s”.") % {"value": value}
        )


def validate_postal_code(value: str) -> None:
    if not re.fullmatch(r"[0-9]{4}", value):
        raise ValidationError(_("A postal code has four digits. Correct “%(value)s”.") % {"value": value})
