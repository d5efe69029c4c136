"""Run inside the processes of `plant.Plant`: the handlers of real workers, and a few commands that answer in JSON."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.jobs.floor_settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db.models import F  # noqa: E402

from config.celery import app  # noqa: E402, F401 -- `celery -A tests.jobs.floor`
from jobs import handlers, services  # noqa: E402
from jobs.models import Job  # noqa: E402

KIND = "floor.work"
LONG = dt.timedelta(hours=1)
services.UNSENT_PATIENCE = dt.timedelta(seconds=1)
JOURNAL = Path(settings.VAR_DIR) / "journal"
GATE = Path(settings.VAR_DIR) / "gate"


def note(what: str, subject_id: str) -> None:
    """Append one line; short appends of several processes do not mix."""
    with JOURNAL.open("a") as journal:
        journal.write(f"{what} {subject_id}\n")


def work(subject_id: str, progress: handlers.Progress) -> None:
    """Write down when it starts and ends; between, wait while there is a file named as the subject is."""
    note("start", subject_id)
    note("worker", str(os.getpid()))
    progress(50)
    while (Path(settings.VAR_DIR) / f"hold-{subject_id}").exists():
        time.sleep(0.02)
    time.sleep(float(os.environ.get("FLOOR_WORK_SECONDS", "0")))
    note("end", subject_id)


handlers.register(KIND, work)


def prepare() -> None:
    call_command("migrate", verbosity=0)


def enqueue(first: str, last: str) -> list[int]:
    numbers = range(int(first), int(last) + 1)
    return [services.enqueue(KIND, str(number), key=str(number), by=None).pk for number in numbers]


def enqueue_at_the_gate(first: str, last: str) -> list[int]:
    wait_at_the_gate()
    return enqueue(first, last)


def run_at_the_gate() -> int:
    """Run every job as fast as may be and return how many this process did."""
    ids = list(Job.objects.values_list("pk", flat=True))
    wait_at_the_gate()
    return sum(services.run(job_id) for job_id in ids)


def wait_at_the_gate() -> None:
    note("ready", str(os.getpid()))
    while not GATE.exists():
        time.sleep(0.001)


def time_passes() -> None:
    """Let an hour pass for every job: leases run out, and the sweep's patience too."""
    Job.objects.update(
        created_at=F("created_at") - LONG,
        dispatched_at=F("dispatched_at") - LONG,
        locked_until=F("locked_until") - LONG,
    )


def jobs() -> list[dict[str, object]]:
    return list(Job.objects.order_by("pk").values("pk", "subject_id", "state", "attempts", "message"))


def wait(seconds: str) -> list[dict[str, object]]:
    """Return the jobs when all are over, or as they stand after so many seconds."""
    until = time.monotonic() + float(seconds)
    while Job.objects.open().exists() and time.monotonic() < until:
        time.sleep(0.1)
    return jobs()


def freeze() -> int:
    """Freeze a paper and ask for its documents; only where every room is loaded."""
    from accounts.models import User
    from documents import tree as t
    from documents.services.snapshots import freeze as freeze_paper
    from documents.services.snapshots import request_renditions
    from tests.documents.papers import said, tabled

    children = (t.Heading(1, (t.Text("Resultater"),), "resultater"), said("Se tabellen."), tabled(["I alt", "1.286"]))
    document = t.Document(
        title="Faktaark", short_title="Faktaark", author="Center for Eksempler", subject="Resultater",
        dated_on=dt.date(2023, 8, 7), case_numbers="", children=children,
    )  # fmt: skip
    subject = User.objects.create_user("officer@kommune.example")
    snapshot = freeze_paper(subject, document, {}, findings=[], data_as_of=None, by=subject)
    request_renditions(snapshot, by=subject)
    return snapshot.pk


def renditions() -> list[list[object]]:
    """Return every finished file: for whom, as what, and whether its bytes are those that its digest says."""
    from documents.models import Rendition

    return [
        [row.audience, row.format, hashlib.sha256(row.read()).hexdigest() == row.sha256]
        for row in Rendition.objects.order_by("audience", "format")
    ]


def workbook_of(count: int, *, note: str = "") -> Any:
    """Return a workbook with so many new contracts, and everything that they point at."""
    from tests.contracts.workbook.books import book_of
    from tests.factories import cvr

    start = "2026-07-01"
    return book_of(
        suppliers=[{"cvr": cvr(place), "name": f"Leverandør {place}"} for place in range(count)],
        frameworks=[{"code": "ramme", "name": "Ramme", "starts_on": start}],
        lots=[{"code": "omraade", "framework": "ramme", "name": "Unge"}],
        contracts=[
            {"number": f"K-{place}", "supplier": cvr(place), "lot": "omraade", "starts_on": start, "note": note}
            for place in range(count)
        ],
    )


def confirm_workbook(count: str) -> int:
    """Bring a workbook and begin the import of what its preview shows; only where every room is loaded."""
    from accounts.models import User
    from contracts.services import large_workbooks

    officer = User.objects.create_user("officer@kommune.example")
    large_workbooks.LARGE_BYTES = 0
    staged = large_workbooks.stage_upload(workbook_of(int(count)), by=officer)
    Job.objects.all().delete()  # the preview is made here, so that the worker has the import alone
    large_workbooks.make_preview(str(staged.pk), lambda *_told: None)
    staged.refresh_from_db()
    return large_workbooks.confirm_large(staged, digest=staged.facts["digest"], by=officer).pk


def import_at_the_gate(note: str) -> str:
    """Import the same contracts as another process does at the same time, as a preview showed them; say how it went."""
    from contracts.services.workbook import import_contracts, plan_import
    from records.sheets.errors import ImportRefusedError

    digest = plan_import(workbook_of(20, note=note)).digest
    wait_at_the_gate()
    try:
        import_contracts(workbook_of(20, note=note), digest=digest, by=None)
    except ImportRefusedError as refusal:
        return f"refused: {refusal}"
    return "imported"


def registered() -> dict[str, object]:
    """Return how many contracts, entries in their history, imports and problems there are, and what their notes say."""
    from contracts.checks import CHECKS
    from contracts.models import Contract, ContractImport
    from records.models import StagedSheet

    return {
        "contracts": Contract.objects.count(),
        "history": Contract.history.count(),
        "imports": ContractImport.objects.count(),
        "staged": StagedSheet.objects.count(),
        "notes": sorted(set(Contract.objects.values_list("note", flat=True))),
        "problems": [problem.message for check in CHECKS for problem in check()],
    }


def hold_imports() -> None:
    """Let an import stop at its last row, with everything written and nothing committed, while it is held."""
    from django.db.models.signals import pre_save

    from contracts.models import ContractImport

    def stop(**_told: object) -> None:
        note("written", "import")
        while (Path(settings.VAR_DIR) / "hold-import").exists():
            time.sleep(0.02)

    pre_save.connect(stop, sender=ContractImport, weak=False)


if os.environ.get("FLOOR_WHOLE"):
    hold_imports()

ROOMS = (freeze, renditions, confirm_workbook, import_at_the_gate, registered)
WORK = (prepare, enqueue, enqueue_at_the_gate, run_at_the_gate, time_passes, jobs, wait)
COMMANDS = {command.__name__: command for command in (*WORK, *ROOMS)}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
