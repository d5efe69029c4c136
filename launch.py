"""What `make run` and `make case` do: prepare the example once, then serve it or write its cases.

Outside Django on purpose: a start with nothing to prepare must not load the project twice.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VAR = Path(os.environ.get("PARTNERSKAB_VAR", ROOT / "var"))
STAMP = VAR / "prepared"
PYTHON = sys.executable
SKIPPED = {".git", ".venv", "var", "build", "tests", "bench", "docs", "__pycache__", "node_modules"}
WORKER = ["celery", "--quiet", "-A", "config", "worker", "--beat", "-c1", "-lERROR"]
# In a container one is root; Celery's warning of it would bury the addresses that a newcomer looks for.
ROOT_WARNING = "ignore:You're running the worker with superuser privileges"
START_PATIENCE_SECONDS = 60
STOP_PATIENCE_SECONDS = 10
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["prepare", "run", "case"])
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    options = parser.parse_args()
    if options.what == "run":
        require_free(options.port)
    prepare()
    if options.what == "run":
        return serve(options.port)
    if options.what == "case":
        manage("write_cases", "--output", str(ROOT / "build" / "cases"))
    return 0


def prepare() -> None:
    """Bring catalogues, static files, database and example up to date; nothing is done when nothing has changed."""
    mark = fingerprint()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == mark:
        return
    VAR.mkdir(parents=True, exist_ok=True)
    say("Oversættelser …")
    compile_catalogues()
    say("Statiske filer …")
    manage("collectstatic", "--noinput", "-v0")
    say("Database …")
    manage("migrate", "--noinput", "-v0")
    say("Eksempelkommunen og dens sagers dokumenter …")
    manage("load_example")
    STAMP.write_text(mark, encoding="utf-8")


def fingerprint() -> str:
    """Return a digest of names, sizes and times of the project's files, and of which database they are for."""
    digest = hashlib.sha256(os.environ.get("DATABASE_URL", str(VAR)).encode())
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in SKIPPED and not name.startswith("."))
        for name in sorted(files):
            if not name.endswith((".mo", ".pyc")):
                stat = Path(folder, name).stat()
                digest.update(f"{folder}/{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def compile_catalogues() -> None:
    """Compile every message catalogue, without GNU gettext."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for path in ROOT.glob("locale*/*/LC_MESSAGES/*.po"):
        compiled, new = path.with_suffix(".mo"), path.with_suffix(f".{os.getpid()}")
        if compiled.exists() and compiled.stat().st_mtime_ns > path.stat().st_mtime_ns:
            continue
        with path.open("rb") as source, new.open("wb") as target:
            write_mo(target, read_po(source))
        new.replace(compiled)  # whole or not at all: others may be reading it


def manage(*arguments: str) -> None:
    """Run a command of the project; one that fails has said why, and ends this program too."""
    command = subprocess.run([PYTHON, str(ROOT / "manage.py"), *arguments], check=False, cwd=ROOT)
    if command.returncode:
        raise SystemExit(command.returncode)


def serve(port: int) -> int:
    """Serve until Ctrl-C: the web first, the worker when the first page has been answered."""
    address = f"http://127.0.0.1:{port}/"
    environment = {**os.environ, "PUBLIC_URL": os.environ.get("PUBLIC_URL", address.rstrip("/"))}
    for number in STOPPING:  # Ctrl-C too: a script that starts us in the background has it ignored
        signal.signal(number, _interrupt)
    web = start(
        ["gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}", "--threads=8", "--log-level=warning"], environment
    )
    children = {"Webserveren": web}
    try:
        wait_for(address, web)
        say((VAR / "welcome.txt").read_text(encoding="utf-8").replace("{address}", address))
        children["Arbejderen (Celery)"] = start(WORKER, {**environment, "PYTHONWARNINGS": ROOT_WARNING})
        return watch(children)
    except KeyboardInterrupt:
        say("Stopper …")
        return 0
    finally:
        stop(list(children.values()))


def require_free(port: int) -> None:
    """Raise SystemExit when another program has the port: it would answer for us."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SystemExit(
                f"Port {port} er optaget af et andet program. Stop det, eller vælg en anden port: make run PORT={port + 1}"
            ) from None


def start(arguments: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches only us, and we stop the children in order.
    return subprocess.Popen([PYTHON, "-m", *arguments], cwd=ROOT, env=environment, start_new_session=True)


def wait_for(address: str, web: subprocess.Popen[bytes]) -> None:
    """Wait until the front page is answered. Raises SystemExit when the server stops before or takes too long."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # our own machine, whatever the proxy
    for _attempt in range(START_PATIENCE_SECONDS * 20):
        if web.poll() is not None:
            raise SystemExit("Webserveren kunne ikke starte. Grunden står herover.")
        try:
            with opener.open(address, timeout=30):
                return
        except urllib.error.HTTPError as error:
            raise SystemExit(f"Forsiden svarer med en fejl: {error}") from error
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{address} svarede ikke inden for {START_PATIENCE_SECONDS} sekunder.")


def watch(children: Mapping[str, subprocess.Popen[bytes]]) -> int:
    """Say which child stopped by itself, and return 1."""
    while True:
        for name, child in children.items():
            if (code := child.poll()) is not None:
                how = f"blev slået ihjel (signal {-code})" if code < 0 else f"stoppede med kode {code}"
                say(f"{name} {how}. Det, der var i gang, bliver gjort færdigt efter næste start.")
                return 1
        time.sleep(0.2)


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Stop the children in order, the last started first, and what they may leave behind."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)  # an impatient second Ctrl-C must leave nobody behind
    for child in reversed(children):
        if child.poll() is None:
            child.terminate()
    for child in reversed(children):
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(STOP_PATIENCE_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def say(text: str) -> None:
    print(text, flush=True)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
