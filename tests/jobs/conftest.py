"""Handlers for the length of one test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from jobs import handlers


@pytest.fixture
def handle() -> Iterator[Callable[[str, handlers.Handler], None]]:
    """Register handlers as an app does, and take them away again."""
    before = dict(handlers._handlers)
    yield handlers.register
    handlers._handlers.clear()
    handlers._handlers.update(before)
