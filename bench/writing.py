"""300 suppliers' teams write at once: `python -m bench.writing`, on PostgreSQL with `DATABASE_URL`, else on SQLite.

Real HTTP against gunicorn as in docs/production.md, with two workers killed (-9) meanwhile. Open loop: 30 saves and 10 reference
writes a second leave by a fixed schedule whatever the server does, and each is timed from the moment that it should have left. A
request that gets no answer is sent again as the page does it, after 1, 2, 4 … seconds. The reference is a view behind the same
middleware, sign-in and door of the portal, that writes one row and its history. What is stored afterwards is held against
what was acknowledged.

Prints saves a second (30 at least), lost texts, error pages, and p95 of a save as a ratio to the reference (2 at most).
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

SECONDS = int(os.environ.get("SECONDS_OF_WRITING", "50"))
SAVES, REFERENCES = 30, 10  # a second
KILLS = (0.3, 0.6)  # parts of the time
WORKERS, THREADS, PORT = 3, 4, 8977
SLEEPS = (1, 2, 4, 8, 16, 30)
DATABASE = "partnerskab_bench_writing"
TOKEN = "b" * 32


@dataclass
class Typing:
    """One answer while it is written: as its page knows it."""

    text: str = ""
    revision: int = 0
    acknowledged: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Seen:
    """What came back: seconds from the intended time by kind, answers that are no success, and how often one asked again."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"save": [], "reference": []})
    refused: list[str] = field(default_factory=list)
    retried: int = 0


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, database(folder) as environment:
        manage(environment, "migrate", "--verbosity=0")
        writers = asked(environment, "make_writers")
        with served(environment, Path(folder)) as master:
            warm_up(writers)
            seen, typed, took = write(writers, master)
        return tell(seen, typed, took, asked(environment, "stored"))


@contextmanager
def database(folder: str) -> Iterator[dict[str, str]]:
    """Give the environment of a database of its own, which is gone afterwards."""
    url = os.environ.get("DATABASE_URL", "")
    environment = {**os.environ, "PARTNERSKAB_VAR": folder, "DJANGO_SETTINGS_MODULE": "bench.writing_settings"}
    environment |= {"LOG_LEVEL": "ERROR", "PUBLIC_URL": f"http://127.0.0.1:{PORT}", "PYTHONUNBUFFERED": "1"}
    if not url.startswith("postgres"):
        yield environment
        return
    import psycopg

    parts = urlsplit(url)
    server = urlunsplit((*parts[:2], "/postgres", *parts[3:]))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
        try:
            yield environment | {"DATABASE_URL": urlunsplit((*parts[:2], f"/{DATABASE}", *parts[3:]))}
        finally:
            connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], check=True, env=environment)


def asked(environment: dict[str, str], name: str) -> Any:
    """Return what a function of `bench.writing_world` returns in a process of its own."""
    program = f"import django, json; django.setup(); from bench import writing_world; print(json.dumps(writing_world.{name}()))"
    return json.loads(subprocess.check_output([sys.executable, "-c", program], env=environment))


@contextmanager
def served(environment: dict[str, str], folder: Path) -> Iterator[subprocess.Popen]:
    command = ["gunicorn", "config.wsgi", f"--bind=127.0.0.1:{PORT}", f"--workers={WORKERS}", f"--threads={THREADS}"]
    with (folder / "gunicorn.log").open("w") as log:
        master = subprocess.Popen([sys.executable, "-m", *command], env=environment, stderr=log, stdout=log)
    try:
        wait_for_server()
        yield master
    finally:
        master.terminate()
        master.wait(30)


def wait_for_server() -> None:
    for _try in range(240):
        try:
            send("GET", "/konto/login/", "")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The server does not answer.")


def warm_up(writers: list[dict[str, Any]]) -> None:
    """Let every worker have met both addresses; what it reads once for all stays out of the times."""
    for writer in writers[:40]:
        send("POST", writer["reference"], writer["cookie"], {"phone": "0"})


def write(writers: list[dict[str, Any]], master: subprocess.Popen) -> tuple[Seen, dict[str, Typing], float]:
    """Send everything by its schedule, and kill workers meanwhile."""
    seen, typed = Seen(), {}
    plan = schedule(len(writers))
    start = time.monotonic() + 1
    with ThreadPoolExecutor(max_workers=200) as pool:
        pool.submit(kill_workers, master, start)
        for at, kind, number in plan:
            time.sleep(max(start + at - time.monotonic(), 0))
            writer = writers[number % len(writers)]
            if kind == "reference":
                pool.submit(refer, writer, number, start + at, seen)
                continue
            place = number // len(writers) % len(writer["answers"])
            key = f"{writer['report']}:{writer['questions'][place]}"
            typing = typed.setdefault(key, Typing())
            pool.submit(save, writer, place, typing, start + at, seen)
    return seen, typed, time.monotonic() - start


def schedule(writers: int) -> list[tuple[float, str, int]]:
    """Return when what leaves: each team writes in one answer after another, twice in each before the next."""
    saves = [
        (number / SAVES, "save", number % writers + number // writers // 2 * writers)
        for number in range(SECONDS * SAVES)
    ]
    others = [((number + 0.5) / REFERENCES, "reference", number) for number in range(SECONDS * REFERENCES)]
    return sorted(saves + others)


def save(writer: dict[str, Any], place: int, typing: Typing, intended: float, seen: Seen) -> None:
    """Type on in an answer and save it, as the page does: again and again until it is acknowledged."""
    with typing.lock:
        typing.text += f"Sætning nummer {len(typing.acknowledged) + 1} om vores samarbejde, skrevet af et team. "
        data = {
            "text": typing.text,
            "reason": "",
            "revision": typing.revision,
            "page": f"side-{writer['report']}-{place}",
        }
        status, body = persistently(writer["answers"][place], writer["cookie"], data, seen)
        seen.seconds["save"].append(time.monotonic() - intended)
        if status != 200:
            seen.refused.append(f"save: {status} {body[:120]!r}")
            return
        typing.revision = json.loads(body)["revision"]
        typing.acknowledged.append(typing.text)


def refer(writer: dict[str, Any], number: int, intended: float, seen: Seen) -> None:
    status, body = persistently(writer["reference"], writer["cookie"], {"phone": str(number)}, seen)
    seen.seconds["reference"].append(time.monotonic() - intended)
    if status != 200:
        seen.refused.append(f"reference: {status} {body[:120]!r}")


def persistently(path: str, cookie: str, data: dict[str, Any], seen: Seen) -> tuple[int, bytes]:
    """Send until there is an answer; an error page is one, and is told."""
    for pause in SLEEPS:
        try:
            return send("POST", path, cookie, data)
        except (OSError, http.client.HTTPException):
            seen.retried += 1
            time.sleep(pause)
    return 0, b"no answer"


def send(method: str, path: str, cookie: str, data: dict[str, Any] | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    headers = {
        "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        connection.request(method, path, urlencode(data or {}), headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def kill_workers(master: subprocess.Popen, start: float) -> None:
    for part in KILLS:
        time.sleep(max(start + part * SECONDS - time.monotonic(), 0))
        children = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)


def tell(seen: Seen, typed: dict[str, Typing], took: float, stored: dict[str, list[Any]]) -> int:
    saved = sum(len(typing.acknowledged) for typing in typed.values())
    lost = [
        key for key, typing in typed.items() if stored.get(key, [""])[0] != (typing.acknowledged or [""])[-1].strip()
    ]
    entries = [key for key, typing in typed.items() if stored.get(key, ["", 0])[1] != len(typing.acknowledged)]
    p95 = {kind: quantile(seconds, 0.95) for kind, seconds in seen.seconds.items()}
    ratio = p95["save"] / p95["reference"]
    print(
        f"{saved} saves by 300 teams in {took:.1f} s: {saved / took:.1f} a second (30 sent a second), {len(KILLS)} workers killed"
    )
    for kind, seconds in seen.seconds.items():
        told = ", ".join(
            f"{name} {1000 * quantile(seconds, part):.0f}"
            for name, part in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
        )
        print(f"{kind}: {told}, at most {1000 * max(seconds):.0f} ms from the intended time")
    print(f"p95 of a save: {ratio:.2f} times the reference's (2 at most)")
    print(
        f"texts lost: {len(lost)} (0); answers with another number of entries in history than saves: {len(entries)} (0)"
    )
    print(f"error pages: {len(seen.refused)} (0); requests without an answer, sent again: {seen.retried}")
    for text in seen.refused[:5]:
        print(f"  {text}")
    return int(bool(lost or entries or seen.refused or ratio > 2))


def quantile(values: list[float], part: float) -> float:
    return sorted(values)[min(int(part * len(values)), len(values) - 1)]


if __name__ == "__main__":
    sys.exit(main())
