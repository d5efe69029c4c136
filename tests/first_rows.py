"""The first rows, which migrating leaves: kept beside their tables, and put back before a transactional test.

Django's own way writes them as JSON, saves a thousand objects one by one and truncates every table of the program, filled or not:
seconds around each test where these statements take milliseconds. Loaded by tests/databases.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Site

KEPT = "first_{}"


def use_kept_rows() -> None:
    """Let Django's test database keep, empty and restore in these ways."""
    for name, way in (("serialize_db_to_string", keep), ("deserialize_db_from_string", put_back)):
        setattr(connection.creation, name, way)
    connection.ops.sql_flush = emptying(connection.ops.sql_flush)


def keep() -> str:
    """Copy what the tables hold, and return their names."""
    tables = filled(connection.introspection.django_table_names(only_existing=True, include_views=False))
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TABLE {quoted(KEPT.format(table))} AS SELECT * FROM {quoted(table)}")
    return json.dumps(tables)


def put_back(names: str) -> None:
    """Let the tables hold the first rows again, with their numbers, whatever was written there meanwhile."""
    tables = json.loads(names)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {quoted(table)}")
        for table in tables:
            cursor.execute(f"INSERT INTO {quoted(table)} SELECT * FROM {quoted(KEPT.format(table))}")
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()


def emptying(usual: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Return the statements of `flush` as ones that pass over empty tables; keys are checked when all of it is gone."""

    def statements(style: Any, tables: Iterable[str], *, reset_sequences: bool = False, **options: Any) -> list[str]:
        if reset_sequences:
            return usual(style, tables, reset_sequences=True, **options)
        # One at least: after none, Django would not tell the rooms that the database is new.
        return [f"DELETE FROM {quoted(table)}" for table in filled(tables) or list(tables)[:1]]

    return statements


def filled(tables: Iterable[str]) -> list[str]:
    names = list(tables)
    asked = ", ".join(f"EXISTS (SELECT 1 FROM {quoted(table)})" for table in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return [table for table, has_rows in zip(names, cursor.fetchone(), strict=True) if has_rows]


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
