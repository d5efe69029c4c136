"""The register at full size: `python -m bench.contracts`, on PostgreSQL with `DATABASE_URL`, else on SQLite.

10 frameworks with 40 lots each, 2,000 suppliers, 20,000 contracts, 200,000 rows of spend, beside a register of 20 contracts.
Prints the queries of every list and of every tab (the same for both sizes, 40 at most), the time of the list of contracts as a
ratio (1.5 at most), the deadlines of all contracts in one pass, and the memory of importing 20,000 contracts. Works in a database
of its own.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

RUNS = 40
LISTS = (
    "contract", "frameworkagreement", "lot", "supplier", "tender", "amendment", "obligationset", "obligation",
    "obligation_occurrence", "document", "contracts_import", "spend_delivery", "spend",
)  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(PARTNERSKAB_VAR=folder, DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
        import django
        from django.conf import settings

        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
        django.setup()
        from django.db import connection

        from contracts.viewsets import ContractViewSet

        ContractViewSet.list_per_page = 20  # as many rows on the page in both registers
        settings.ALLOWED_HOSTS = ["testserver"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            measure(Path(folder))
        finally:
            connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


def measure(folder: Path) -> None:
    from django.db import connection

    from bench.register import FULL, SMALL

    print(f"on {connection.vendor}")
    with forgotten(FULL):
        export(folder / "register.xlsx")
    imported(folder / "register.xlsx")
    with forgotten(SMALL) as client:
        small, small_time = queries(client), list_time(client)
    with forgotten(FULL) as client:
        full, full_time = queries(client), list_time(client)
        deadline_pass()
    compare(small, full)
    print(
        f"list of contracts: {full_time / small_time:.2f} times as long with 20,000 contracts as with 20 (1.5 at most)"
    )


@contextmanager
def forgotten(size: Any) -> Iterator[Any]:
    """Give a register of a size and somebody signed in, and forget both afterwards."""
    from django.db import connection, transaction
    from django.test import Client

    from accounts.models import User
    from bench.register import make_register

    with transaction.atomic():
        make_register(size)
        if connection.vendor == "postgresql":
            connection.cursor().execute("ANALYZE")
        client = Client()
        client.force_login(User.objects.create(email="bench@kommune.example", is_superuser=True))
        yield client
        transaction.set_rollback(True)


def addresses() -> dict[str, str]:
    """Return every list and every tab of the pages about one record."""
    from django.urls import reverse

    from contracts.models import Contract, FrameworkAgreement
    from desk.views.pages import PAGES
    from suppliers.models import Supplier

    found = {f"list {name}": reverse(f"{name}:index") for name in LISTS}
    contract = Contract.objects.order_by("pk")[1]
    records = {Contract: contract, Supplier: contract.supplier, FrameworkAgreement: contract.lot.framework}
    for page in PAGES:
        for tab in page.tabs:
            found[f"{page.name} {tab.name}"] = page.address(records[page.model], tab)
    return found


def queries(client: Any) -> dict[str, tuple[int, float]]:
    """Return how many queries each page asks, and how long it takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = {}
    for name, address in addresses().items():
        client.get(address)  # what is read once for all stays out of it
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            response = client.get(address)
            seconds = time.perf_counter() - start
        assert response.status_code == 200, (name, response.status_code)
        counted[name] = (len(captured), seconds)
    return counted


def compare(small: dict[str, tuple[int, float]], full: dict[str, tuple[int, float]]) -> None:
    for name, (count, seconds) in full.items():
        before = small[name][0]
        remark = "" if count <= 40 and count == before else "  <-- not as promised"
        print(f"{name}: {before} queries with 20 contracts, {count} with 20,000 ({1000 * seconds:.0f} ms){remark}")


def list_time(client: Any) -> float:
    """Return the least time of the list of contracts: what else the machine does counts little."""
    from django.urls import reverse

    return _least(lambda: client.get(reverse("contract:index")))


def deadline_pass() -> None:
    from django.utils import timezone

    from accounts.models import User
    from contracts.queries.deadlines import Scope, deadlines

    user, today = User.objects.get(email="bench@kommune.example"), timezone.localdate()
    times = []
    for _run in range(3):
        start = time.process_time()
        found = deadlines(Scope(user), today=today)
        times.append(time.process_time() - start)
    print(f"deadlines of all contracts: {len(found)} in {min(times):.2f} s of processor time (2 s at most)")


def export(path: Path) -> None:
    from accounts.models import User
    from contracts.workbook.exporting import register_workbook

    start = time.perf_counter()
    path.write_bytes(register_workbook(User(is_superuser=True)))
    print(f"export of 20,000 contracts: {time.perf_counter() - start:.1f} s, {path.stat().st_size / 2**20:.1f} MiB")


def imported(path: Path) -> None:
    """Import what was exported into a register that has nothing but words."""
    from bench.register import Size
    from contracts.services.workbook import import_contracts

    with forgotten(Size(frameworks=0, lots=0, suppliers=0, contracts=0)):
        start = time.process_time()
        result = import_contracts(path, by=None)
        seconds = time.process_time() - start
        new = result.plan.counts["contracts"]["new"]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"import of {new} contracts: {seconds:.0f} s of processor time, {memory:.0f} MiB at most (1,024 at most)")


def _least(work: Callable[[], object]) -> float:
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
