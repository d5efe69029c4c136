"""Real processes around a database and a broker of their own: workers that can be killed, and askers that can race."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from kombu import Connection, Queue

ROOT = Path(settings.BASE_DIR)
PATIENCE_SECONDS = 300


class Plant:
    """A folder, a database, a queue, and the processes that work on them."""

    def __init__(self, folder: Path, *, database_url: str, broker_url: str, **environment: str) -> None:
        self.folder = folder
        self.broker_url = broker_url
        self.queue = f"floor-{uuid.uuid4().hex}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTEST_"))},
            "DJANGO_SETTINGS_MODULE": "tests.jobs.floor_settings",
            "PARTNERSKAB_VAR": str(folder),
            "DATABASE_URL": database_url,
            "CELERY_BROKER_URL": broker_url,
            "FLOOR_QUEUE": self.queue,
            **environment,
        }
        self.processes: list[subprocess.Popen[bytes]] = []
        self.call("prepare")

    # --- commands

    def call(self, *arguments: str) -> Any:
        """Run one command of `tests.jobs.floor` and return its answer."""
        return self.answer(self.begin(*arguments))

    def begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        return self._start([sys.executable, "-m", "tests.jobs.floor", *arguments], stdout=subprocess.PIPE)

    def answer(self, process: subprocess.Popen[bytes]) -> Any:
        output, _none = process.communicate(timeout=PATIENCE_SECONDS * 2)
        assert process.returncode == 0, self.log
        return json.loads(output)

    def open_the_gate(self, *, waiting: int) -> None:
        self.until(lambda: self.journal["ready"] == waiting, f"{waiting} processes at the gate")
        (self.folder / "gate").touch()

    # --- workers

    def start_worker(self, *, has_beat: bool = True) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "-A", "tests.jobs.floor", "worker", "-c1", "-lWARNING"]
        command += ["-n", f"{uuid.uuid4().hex}@floor", "--without-gossip", "--without-mingle"]
        command += ["--beat", "-s", str(self.folder / f"beat-{uuid.uuid4().hex}")] if has_beat else []
        return self._start(command, stdout=subprocess.DEVNULL)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Take a worker with all its children, as the power does."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_process_at_work(self) -> None:
        """Take only the process that does the work, as the kernel does when memory is short."""
        os.kill(int(list(self.times("worker"))[-1]), signal.SIGKILL)

    def hold(self, subject_id: str) -> None:
        """Let the worker stop in the middle of this subject, until it is released."""
        (self.folder / f"hold-{subject_id}").touch()

    def release(self, subject_id: str) -> None:
        (self.folder / f"hold-{subject_id}").unlink()

    # --- what happened

    @property
    def lines(self) -> list[str]:
        journal = self.folder / "journal"
        return journal.read_text().splitlines() if journal.exists() else []

    @property
    def journal(self) -> Counter[str]:
        """How many times each kind of line was written."""
        return Counter(line.split()[0] for line in self.lines)

    def times(self, what: str) -> Counter[str]:
        """How many times that happened, by subject."""
        return Counter(line.split()[1] for line in self.lines if line.split()[0] == what)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def until(self, condition: Any, what: str) -> None:
        for _attempt in range(PATIENCE_SECONDS * 20):
            if condition():
                return
            time.sleep(0.05)
        raise AssertionError(f"waited {PATIENCE_SECONDS} seconds for {what}\n{self.log}")

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)
        if not self.broker_url.startswith("filesystem"):
            with Connection(self.broker_url) as broker:
                Queue(self.queue, channel=broker.default_channel).delete()

    def _start(self, command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stderr=log, start_new_session=True, **options
            )
        self.processes.append(process)
        return process


@contextlib.contextmanager
def plant(folder: Path, *, broker_url: str = "filesystem://", **environment: str) -> Iterator[Plant]:
    """Give a plant on the kind of database that the suite runs on, and clear it away."""
    with _database(folder) as database_url:
        made = Plant(folder, database_url=database_url, broker_url=broker_url, **environment)
        try:
            yield made
        finally:
            made.close()


@contextlib.contextmanager
def _database(folder: Path) -> Iterator[str]:
    if connection.vendor != "postgresql":
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    server, name = settings.DATABASES["default"], f"floor_{uuid.uuid4().hex}"
    login = {
        "host": server["HOST"],
        "port": server["PORT"] or 5432,
        "user": server["USER"],
        "password": server["PASSWORD"],
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as administration:
        administration.execute(f"CREATE DATABASE {name}")
        try:
            yield f"postgres://{login['user']}:{login['password']}@{login['host']}:{login['port']}/{name}"
        finally:
            administration.execute(f"DROP DATABASE {name} WITH (FORCE)")
