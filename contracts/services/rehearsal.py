"""Find out what a service would do, without doing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

Result = TypeVar("Result")


def rehearse(service: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
    """Run a service and undo all of it: what it returns is what it would return, what it raises is what it would refuse."""
    with transaction.atomic():
        result = service(*args, **kwargs)
        transaction.set_rollback(True)
    return result
