"""What `make run` and `make case` do: prepare the example once, then serve it or write its cases.

Outside Django on purpose: a start with nothing to prepare must not load the project twice.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["prepare", "run", "case"])
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    options = parser.parse_args()
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
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source))


def manage(*arguments: str) -> None:
    """Run a command of the project; one that fails has said why, and ends this program too."""
    command = subprocess.run([PYTHON, str(ROOT / "manage.py"), *arguments], check=False, cwd=ROOT)
    if command.returncode:
        raise SystemExit(command.returncode)


def serve(port: int) -> int:
    """Serve until Ctrl-C: the web first, the worker when the first page has been answered."""
    address = f"http://127.0.0.1:{port}/"
    environment = {**os.environ, "PUBLIC_URL": os.environ.get("PUBLIC_URL", address.rstrip("/"))}
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)  # also where a script started us in the background, with Ctrl-C ignored
    web = start(
        ["gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}", "--threads=8", "--log-level=warning"], environment
    )
    children = [web]
    try:
        wait_for(address, web)
        say((VAR / "welcome.txt").read_text(encoding="utf-8").replace("{address}", address))
        children.append(start(WORKER, {**environment, "PYTHONWARNINGS": ROOT_WARNING}))
        return watch(children)
    except KeyboardInterrupt:
        say("Stopper …")
        return 0
    finally:
        stop(children)


def start(arguments: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches only us, and we stop the children in order.
    return subprocess.Popen([PYTHON, "-m", *arguments], cwd=ROOT, env=environment, start_new_session=True)


def wait_for(address: str, web: subprocess.Popen[bytes]) -> None:
    """Wait until the front page is answered. Raises SystemExit when the server stops before or takes too long."""
    for _attempt in range(START_PATIENCE_SECONDS * 20):
        if web.poll() is not None:
            raise SystemExit(f"Webserveren kunne ikke starte. Er {address} optaget af et andet program?")
        try:
            with urllib.request.urlopen(address, timeout=30):
                return
        except urllib.error.HTTPError as error:
            raise SystemExit(f"Forsiden svarer med en fejl: {error}") from error
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{address} svarede ikke inden for {START_PATIENCE_SECONDS} sekunder.")


def watch(children: Sequence[subprocess.Popen[bytes]]) -> int:
    """Return the exit code of the first child that stops by itself."""
    while True:
        for child in children:
            if child.poll() is not None:
                say(f"{child.args!r} stoppede med kode {child.returncode}.")
                return child.returncode or 1
        time.sleep(0.5)


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in reversed(children):
        if child.poll() is None:
            child.terminate()
    for child in reversed(children):
        try:
            child.wait(STOP_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


def say(text: str) -> None:
    print(text, flush=True)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
