"""A real browser for tests: the fixtures `browser` and `page`, which tests/conftest.py loads as a plugin.

Debian's Chromium is driven, since Playwright's own would have to be fetched. Where it is missing the tests are skipped, and in CI
they fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a test run."""
    if not CHROMIUM.exists():
        missing = f"Chromium is missing: there is no {CHROMIUM}. Install it (apt-get install chromium) or set CHROMIUM."
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    # Playwright's synchronous door runs an event loop in this thread. Django then refuses to query, and would open other
    # connections than those that the tests' transactions and the restored first rows belong to.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    held = {alias: connections[alias] for alias in connections}
    with sync_playwright() as playwright:
        for alias, connection in held.items():
            connections[alias] = connection
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page with no cookies, 1280 wide, in Danish."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="da-DK", timezone_id="Europe/Copenhagen"
    )
    yield context.new_page()
    context.close()
