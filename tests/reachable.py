"""What a test needs from outside: skipped where it is missing, failed in CI, where everything is required."""

from __future__ import annotations

import os
import shutil
import socket
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from django.db import connection

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DEFAULT_PORTS = {"redis": 6379, "amqp": 5672}


def require_postgres() -> None:
    """Leave the test out unless the suite runs on PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("the suite runs on another database than PostgreSQL")


def require_broker(url: str) -> str:
    """Return `url` when its broker listens."""
    parts = urlsplit(url)
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    if not is_listening(parts.hostname or "127.0.0.1", port):
        missing(f"no {parts.scheme} broker listens on {parts.hostname}:{port}")
    return url


def require_browser() -> str:
    """Return the path of Chromium."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or missing(f"none of {', '.join(BROWSERS)} is installed")


def is_listening(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex((host, port)) == 0


def missing(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
