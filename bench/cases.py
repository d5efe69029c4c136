"""Unchanged cases and public pages: `python -m bench.cases`.

Prints the time of asking again for the documents of an unchanged case (from the stored snapshot), and the queries of a public
case page with 1 and with 100 tables. Works in a temporary database of its own.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(PARTNERSKAB_VAR=folder, DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
        import django
        from django.conf import settings

        # the folder has no manifest of static files, and none is measured
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("load_example", verbosity=0)
        unchanged()
        public_page()


def unchanged() -> None:
    """Ask again for a case that has not changed: assembled, compared with its snapshot, and served from the store."""
    from cases.models import CommitteeCase
    from cases.services import make_documents

    case = CommitteeCase.objects.get(slug="faktaark-2023")
    make_documents(case, by=None)
    median = _median(lambda: make_documents(case, by=None))
    print(f"unchanged case asked for again: {1000 * median:.0f} ms (median of 15; the aim is under 50)")


def public_page() -> None:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    address = "/sager/faktaark-2023/"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    print(f"public case page: {len(queries)} queries (15 at most; tests/cms holds it for 1 and 100 tables)")
    print(f"public case page: {1000 * _median(lambda: client.get(address)):.0f} ms (median of 15)")


def _median(work: Callable[[], object]) -> float:
    times = []
    for _run in range(15):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
