"""What every function demands of its numbers. Each check returns the number as it is used, or raises ValueError with it."""

from __future__ import annotations

import math
from collections.abc import Sequence


def whole(name: str, value: float) -> int:
    """Return a count: whole and not below 0; 12.0 is 12."""
    if not is_real(value) or value < 0 or value != int(value):
        raise ValueError(f"{name} must be a whole number from 0, got {value!r}")
    return int(value)


def real(name: str, value: float, *, above: float = -math.inf) -> float:
    """Return a finite number that is greater than `above`."""
    if not is_real(value) or value <= above:
        raise ValueError(f"{name} must be a number{f' above {above:g}' if above > -math.inf else ''}, got {value!r}")
    return float(value)


def not_negative(name: str, value: float) -> float:
    if not is_real(value) or value < 0:
        raise ValueError(f"{name} must be a number from 0, got {value!r}")
    return float(value)


def share(name: str, value: float) -> float:
    if not is_real(value) or not 0 <= value <= 1:
        raise ValueError(f"{name} must lie from 0 to 1, got {value!r}")
    return float(value)


def part(name: str, value: float, whole_name: str, of: int) -> int:
    """Return a count that is part of another."""
    count = whole(name, value)
    if count > of:
        raise ValueError(f"{name} must be at most the {whole_name}, got {count} of {of}")
    return count


def confidence(value: float) -> float:
    if not is_real(value) or not 0 < value <= 1:
        raise ValueError(f"confidence must be above 0 and at most 1, got {value!r}")
    return float(value)


def one_of(name: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}; got {value!r}")
    return value


def same_length(**sequences: Sequence[object]) -> int:
    """Return the length that all the sequences have; raises ValueError when they differ or are empty."""
    lengths = {name: len(sequence) for name, sequence in sequences.items()}
    if len(set(lengths.values())) != 1:
        raise ValueError(f"sequences must be equally long, got {lengths}")
    length = next(iter(lengths.values()))
    if not length:
        raise ValueError(f"sequences must not be empty, got {lengths}")
    return length


def is_real(value: object) -> bool:
    """Tell whether a value is a finite number, NumPy's included; truth values are none."""
    if isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)  # type: ignore[arg-type]
    except (TypeError, OverflowError):  # a text, or a whole number beyond what a float holds
        return False
