"""Checks of the numbers that identify companies."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def is_cvr(value: str) -> bool:
    """Tell whether eight digits pass the CVR register's modulus-11 check."""
    if not re.fullmatch(r"[0-9]{8}", value):
        return False
    return sum(int(digit) * weight for digit, weight in zip(value, CVR_WEIGHTS, strict=True)) % 11 == 0


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
