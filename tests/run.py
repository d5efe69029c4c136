"""What `make test` runs: everything on PostgreSQL, and on SQLite what the database could make a difference to.

With `CI` set, PostgreSQL, the broker and the browser are required: what is missing fails instead of being skipped.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/test")

QUICK = "not soak and not browser and not slow and not postgres"


def main() -> int:
    extra = sys.argv[1:]
    if is_reachable(5432):
        print("== Hele suiten på PostgreSQL", flush=True)
        code = pytest(["-n", "2", "-m", "not soak", *extra], {"DATABASE_URL": POSTGRES})
        print("== SQLite, uden browser og lange prøver", flush=True)
        return code | pytest(["-n", "2", "--database-only", "-m", QUICK, *extra], {})
    if os.environ.get("CI"):
        print("PostgreSQL kan ikke nås på 127.0.0.1:5432, og CI kræver den.")
        return 1
    print("== PostgreSQL kan ikke nås: hele suiten på SQLite", flush=True)
    return pytest(["-n", "2", "-m", "not soak and not postgres", *extra], {})


def pytest(arguments: list[str], environment: dict[str, str]) -> int:
    return subprocess.call([sys.executable, "-m", "pytest", "-q", *arguments], env={**os.environ, **environment})


def is_reachable(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(main())
