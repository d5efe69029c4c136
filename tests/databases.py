"""Test databases as copies of one that is migrated once: every worker and every later run is spared the migrations.

Loaded as a plugin by tests/conftest.py. The migrated original is known by a fingerprint of all migrations and all pinned
packages, so that it is made anew as soon as one of them changes: from the nearest original there is, in which only what came
since is left to migrate. Django still runs `migrate` on the copy, which then has nothing left to do.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from tests.first_rows import use_kept_rows

ROOT = Path(__file__).parent.parent
# One original is kept for each state of the code that is worked on, here also in other checkouts.
CACHE = Path(tempfile.gettempdir()) / f"partnerskab-test-databases-{os.getuid()}"
KEPT = 12
# Rows of the tests have keys of five figures from the first one on, so that one printed with a thousand separator is found out.
LAST_KEY = 10_000
MEMORY = "file:memorydb_default?mode=memory&cache=shared"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Before Django makes the test database: see that the original is there, and have it copied."""
    use_kept_rows()
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = postgres_original()
        yield
        return
    original = sqlite_original()
    # In memory a database lives as long as somebody is connected, and this is the somebody.
    with closing(sqlite3.connect(MEMORY, uri=True)) as keeper:
        with closing(sqlite3.connect(original)) as source:
            source.backup(keeper)
        yield


def sources() -> dict[str, str]:
    """What an original follows from: every migration and how one is made, by a digest; every package by its pinned version."""
    migrations = {str(path.relative_to(ROOT)): digest(path.read_bytes()) for path in ROOT.glob("*/migrations/*.py")}
    pins = re.findall(r"^([\w.\[\]-]+)==(\S+)", (ROOT / "requirements" / "dev.txt").read_text(), re.MULTILINE)
    return {**migrations, **dict(pins), "how": digest(Path(__file__).read_bytes())}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def fingerprint() -> str:
    return digest(json.dumps(sources(), sort_keys=True).encode())


def nearest(known: Mapping[str, Mapping[str, str]]) -> str | None:
    """The original with most of our sources and none that differ, so that only what came since is left to migrate."""
    wanted = sources().items()
    fitting = [name for name, theirs in known.items() if theirs and theirs.items() <= wanted]
    return max(fitting, key=lambda name: len(known[name]), default=None)


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    CACHE.mkdir(parents=True, exist_ok=True)
    lock = CACHE / "lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def postgres_original() -> str:
    """The name of a migrated database in the tests' server, made when there is none."""
    name = f"partnerskab_tests_{fingerprint()}"
    with postgres("postgres") as server:
        if name not in postgres_originals(server):
            with only_one_at_a_time():
                make_postgres_original(server, name)
    return name


def make_postgres_original(server: psycopg.Connection, name: str) -> None:
    known = postgres_originals(server)
    if name in known:
        return
    for outdated in list(known)[KEPT - 1 :]:
        server.execute(f'DROP DATABASE IF EXISTS "{outdated}"')
    made = f"{name}_made"
    server.execute(f'DROP DATABASE IF EXISTS "{made}"')
    server.execute(f'CREATE DATABASE "{made}" TEMPLATE "{nearest(known) or "template1"}"')
    given = connection.settings_dict
    migrate(f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT'] or 5432}/{made}")
    with postgres(made) as inside:
        inside.execute(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, greatest(last_value, %s))"
            " FROM pg_sequences",
            [LAST_KEY],
        )
    server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(made), json.dumps(sources())))
    server.execute(f'ALTER DATABASE "{made}" RENAME TO "{name}"')


def postgres_originals(server: psycopg.Connection) -> dict[str, dict[str, str]]:
    """Each original's sources by its name, the newest first; one that was never finished is none."""
    rows = server.execute(
        "SELECT datname, coalesce(shobj_description(oid, 'pg_database'), '{}') FROM pg_database"
        " WHERE datname LIKE 'partnerskab\\_tests\\_%' AND datname NOT LIKE '%\\_made' ORDER BY oid DESC"
    )
    return {name: json.loads(comment) for name, comment in rows}


def postgres(name: str) -> psycopg.Connection:
    given = connection.settings_dict
    where = {"host": given["HOST"], "port": given["PORT"] or None, "user": given["USER"], "password": given["PASSWORD"]}
    return psycopg.connect(**where, dbname=name, autocommit=True)


def sqlite_original() -> Path:
    """The path of a migrated SQLite file, made when there is none."""
    path = CACHE / f"{fingerprint()}.sqlite3"
    if not path.exists():
        with only_one_at_a_time():
            make_sqlite_original(path)
    return path


def make_sqlite_original(path: Path) -> None:
    if path.exists():
        return
    newest_first = sorted(CACHE.glob("*.json"), key=lambda told: told.stat().st_mtime, reverse=True)
    for told in newest_first[KEPT - 1 :]:
        told.unlink()
        told.with_suffix(".sqlite3").unlink(missing_ok=True)
    half_made = path.with_suffix(".made")
    half_made.unlink(missing_ok=True)
    if base := nearest({told.stem: json.loads(told.read_text()) for told in newest_first[: KEPT - 1]}):
        shutil.copyfile(CACHE / f"{base}.sqlite3", half_made)
    migrate(f"sqlite:///{half_made}")
    with closing(sqlite3.connect(half_made)) as made, made:
        made.execute("DELETE FROM sqlite_sequence")
        made.execute(
            "INSERT INTO sqlite_sequence (name, seq)"
            " SELECT name, ? FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'",
            [LAST_KEY],
        )
    half_made.rename(path)
    path.with_suffix(".json").write_text(json.dumps(sources()))


def migrate(address: str) -> None:
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
