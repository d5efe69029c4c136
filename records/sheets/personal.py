"""Find what looks like a person's number, so that it is refused. What is found is never repeated in a message."""

from __future__ import annotations

import re

# Day and month must exist; the check digit says nothing for numbers given since October 2007.
_CPR = re.compile(
    r"(?<![0-9])"
    r"(?:(?:0[1-9]|[12][0-9]|3[01])(?:0[13578]|1[02])|(?:0[1-9]|[12][0-9]|30)(?:0[469]|11)|(?:0[1-9]|[12][0-9])02)"
    r"[0-9]{2}[ \-–]?[0-9]{4}(?![0-9])"
)


def has_cpr(text: str) -> bool:
    """Tell whether a text holds ten digits that begin with a day and a month."""
    return bool(_CPR.search(text))


def is_cpr_number(value: int) -> bool:
    """Tell whether a number in a cell may be a CPR number that has lost its leading zero."""
    return 10**8 <= value < 10**10 and has_cpr(f"{value:010}")
