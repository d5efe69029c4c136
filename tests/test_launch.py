"""`make run` for real: prepared once, served with its worker, stopped by Ctrl-C, and plain about what goes wrong."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source import ROOT

pytestmark = pytest.mark.slow

PATIENCE_SECONDS = 900
FORGOTTEN = (
    "DATABASE_URL",
    "CELERY_BROKER_URL",
    "DJANGO_SETTINGS_MODULE",
    "SECRET_KEY",
    "PUBLIC_URL",
    "PORT",
    "PARTNERSKAB_VAR",
)


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy of the project as it is checked out: nothing compiled, nothing prepared."""
    left = shutil.ignore_patterns(
        ".git",
        ".venv",
        ".*_cache",
        ".hypothesis",
        "node_modules",
        "var",
        "build",
        "tests",
        "bench",
        "docs",
        "*.mo",
        "__pycache__",
    )
    return Path(shutil.copytree(ROOT, tmp_path / "project", ignore=left))


class Launch:
    """One `launch.py` in a session of its own, as `make` starts it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in FORGOTTEN}
        self.output = folder.parent / f"output-{time.monotonic_ns()}"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "launch.py", *arguments],
                cwd=folder,
                env=kept,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")

    def until(self, condition, what: str) -> None:
        for _attempt in range(PATIENCE_SECONDS * 10):
            if condition():
                return
            assert self.process.poll() is None, self.said
            time.sleep(0.1)
        raise AssertionError(f"waited {PATIENCE_SECONDS} seconds for {what}\n{self.said}")

    def ends(self) -> int:
        return self.process.wait(PATIENCE_SECONDS)

    def children(self) -> dict[str, int]:
        """Return the processes that it started, by what they run."""
        command = ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.process.pid)]
        listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        pids = {}
        for line in listed.splitlines():
            for kind in ("gunicorn", "celery"):
                if kind in line:
                    pids[kind] = int(line.split()[0])
        return pids


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def page(port: int) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{port}/", timeout=60) as response:
        return response.read().decode()


def is_gone(session: int) -> bool:
    """Tell whether no process is left in a child's session."""
    found = subprocess.run(["ps", "-o", "pid=", "-s", str(session)], capture_output=True, check=False)
    return not found.stdout.strip()


@contextlib.contextmanager
def launched(folder: Path, *arguments: str) -> Iterator[Launch]:
    launch = Launch(folder, *arguments)
    try:
        yield launch
    finally:
        if launch.process.poll() is None:
            launch.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                launch.process.wait(PATIENCE_SECONDS)


def serving(launch: Launch, port: int) -> dict[str, int]:
    launch.until(lambda: {"gunicorn", "celery"} <= set(launch.children()), "the web and the worker")
    assert "<title>" in page(port)
    return launch.children()


def test_run_from_first_start_to_last_stop(project):
    port = free_port()
    with launched(project, "run", "--port", str(port)) as first:
        children = serving(first, port)
        assert "Database …" in first.said
        assert f"http://127.0.0.1:{port}/" in first.said
        assert re.search(r"\S+@\S+", first.said)
        os.killpg(first.process.pid, signal.SIGINT)
        assert first.ends() == 0
        assert "Stopper …" in first.said
        assert all(is_gone(pid) for pid in children.values())

    # Nothing to prepare; stopped as systemd stops.
    with launched(project, "run", "--port", str(port)) as second:
        children = serving(second, port)
        assert "Database …" not in second.said
        with launched(project, "run", "--port", str(port)) as third:
            assert third.ends() == 1
            assert f"Port {port} er optaget af et andet program." in third.said
        assert "<title>" in page(port)
        second.process.send_signal(signal.SIGTERM)
        assert second.ends() == 0
        assert all(is_gone(pid) for pid in children.values())

    with launched(project, "run", "--port", str(port)) as fourth:
        children = serving(fourth, port)
        os.kill(children["celery"], signal.SIGKILL)
        assert fourth.ends() == 1
        assert "Arbejderen (Celery) blev slået ihjel (signal 9)." in fourth.said
        assert all(is_gone(pid) for pid in children.values())


def test_a_taken_port_is_told_before_anything_is_prepared(project):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with launched(project, "run", "--port", str(port)) as launch:
            assert launch.ends() == 1
    assert f"Port {port} er optaget af et andet program." in launch.said
    assert not (project / "var").exists()
