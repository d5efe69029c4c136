"""The shape of numbers that other systems give."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# A year and a running number: F2 writes "2023 - 7083" or, with an en dash, "2023 – 96".
F2_NUMBER = re.compile(r"\d{4}\s*[-–]\s*\d+")
# A year, seven digits, and the number of a document where one is meant: "2023-0158729".
EDOC_NUMBER = re.compile(r"\d{4}-\d{7}(-\d+)?")


def validate_f2_number(value: str) -> None:
    """Raise ValidationError unless the text looks as F2 writes case numbers; it is stored as it was typed."""
    if not F2_NUMBER.fullmatch(value.strip()):
        raise ValidationError(
            _("“%(value)s” is not a case number in F2. Write a year, a hyphen and a number, such as 2023 - 7083.")
            % {"value": value}
        )


def validate_edoc_number(value: str) -> None:
    """Raise ValidationError unless the text looks as eDoc writes case numbers; it is stored as it was typed."""
    if not EDOC_NUMBER.fullmatch(value.strip()):
        raise ValidationError(
            _(
                "“%(value)s” is not a case number in eDoc. Write a year, a hyphen and seven digits, such as 2023-0158729."
            )
            % {"value": value}
        )
