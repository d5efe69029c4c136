"""The project's settings with one address more: `bench.writing_urls`."""

from __future__ import annotations

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.writing_urls"
