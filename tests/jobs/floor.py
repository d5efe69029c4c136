"""Run inside the processes of `plant.Plant`: the handlers of real workers, and a few commands that answer in JSON."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
import time
from pathlib import Path

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


COMMANDS = {
    f.__name__: f
    for f in (prepare, enqueue, enqueue_at_the_gate, run_at_the_gate, time_passes, jobs, wait, freeze, renditions)
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
