"""The registry through which the rooms above say how their work is done. Filled in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

# What stops a handler whose work has gone on for too long; it may end its work by a sentence of its own.
from celery.exceptions import SoftTimeLimitExceeded as TakesTooLongError

__all__ = ["Handler", "Progress", "TakesTooLongError", "handler_for", "kinds", "register"]


class Progress(Protocol):
    """Reports how far the work has come, and renews the lease."""

    def __call__(self, percent: int, message: str = "") -> None: ...


Handler = Callable[[str, Progress], None]
_handlers: dict[str, Handler] = {}


def register(kind: str, handler: Handler) -> None:
    """Register how jobs of a kind are done: `handler(subject_id, progress)`, safe to run twice.

    Raises ValueError when another handler has the kind.
    """
    if _handlers.setdefault(kind, handler) is not handler:
        raise ValueError(f"jobs of kind {kind!r} already have a handler: {_handlers[kind]!r}")


def handler_for(kind: str) -> Handler:
    """Return the handler of a kind; raises LookupError for one that nobody registered."""
    try:
        return _handlers[kind]
    except KeyError:
        raise LookupError(f"no handler for jobs of kind {kind!r}; known: {sorted(_handlers)}") from None


def kinds() -> frozenset[str]:
    return frozenset(_handlers)
