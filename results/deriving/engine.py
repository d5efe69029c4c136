"""The one door to DuckDB: two files in, columns of numbers out.

Nothing of what DuckDB says of an error is passed on, since it quotes the rows.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import numpy as np
from django.utils.translation import gettext as _

from results.deriving import queries
from results.deriving.refusals import File, FilesRefusedError, refuse
from results.deriving.sources import Kind, Source, broken_letters, damaged_archive, different_ends, not_there

MEMORY_MB = 512
MOST_THREADS = 4
POLL_SECONDS = 1.0
_LINE = re.compile(r"^[^\n]*CSV Error on Line: ([0-9]+)")
_NO_UTF_8 = re.compile(r"^Invalid unicode ", re.MULTILINE)  # a row that is quoted stands behind other words


class NotNumbersError(Exception):
    """A column that looked like numbers holds something else: it is to be read as text."""


@dataclass(frozen=True)
class Columns:
    """Named columns of equal length."""

    arrays: Mapping[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.arrays[name]


class Engine:
    """A database in memory for one run; what does not fit lies in the run's own folder."""

    def __init__(self, folder: Path, *, memory_mb: int = MEMORY_MB) -> None:
        self.folder = folder
        self.connection = duckdb.connect(
            config={
                "memory_limit": f"{memory_mb}MB",
                "temp_directory": str(folder / "spill"),
                "threads": str(min(MOST_THREADS, os.cpu_count() or 1)),
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "preserve_insertion_order": "false",
                # The wide file streams past the narrow one, whatever the optimiser guesses of their sizes.
                "disabled_optimizers": "join_order,build_side_probe_side",
            }
        )
        for option in ("enable_progress_bar = true", "enable_progress_bar_print = false", "progress_bar_time = 0"):
            self.connection.execute(f"set {option}")
        self.connection.execute(queries.MACROS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.connection.close()

    def linked(self, source: Source) -> Path:
        """Return a name for the file that holds no pattern: DuckDB reads `[1]` and `*` in names as such."""
        link = self.folder / source.file.value
        if not link.is_symlink():
            link.symlink_to(source.path.resolve())
        return link

    def parquet_head(self, source: Source) -> dict[str, str]:
        """Return the columns of a Parquet file with their types; raises FilesRefusedError when it is damaged."""
        describe = f"describe select * from read_parquet({queries.quoted(str(self.linked(source)))})"
        with _reading(source):
            rows = self.connection.execute(describe).fetchall()
        return {str(row[0]): str(row[1]) for row in rows}

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> None:
        self._all(sql, parameters)

    def read(
        self, source: Source, sql: str, parameters: Sequence[object] = (), *, tell: Callable[[float], None]
    ) -> None:
        """Run a query over a file, and tell the share that is read as it goes; what `tell` raises ends the query.

        Raises FilesRefusedError, or NotNumbersError when a number is none.
        """
        with _reading(source), ThreadPoolExecutor(1) as aside:
            running = aside.submit(lambda: self.connection.execute(sql, list(parameters)).fetchall())
            try:
                while not wait([running], timeout=POLL_SECONDS).done:
                    tell(min(max(self.connection.query_progress(), 0.0), 100.0) / 100)
            except BaseException:
                self.connection.interrupt()
                raise
            running.result()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple]:
        return self._all(sql, parameters)

    def rows_in_order(self, source: Source, sql: str, parameters: Sequence[object] = ()) -> list[tuple]:
        """Run a query that numbers the rows of a file."""
        self.execute("set preserve_insertion_order = true")
        with _reading(source):
            return self.connection.execute(sql, list(parameters)).fetchall()

    def columns(self, sql: str, parameters: Sequence[object] = ()) -> Columns:
        with _working():
            return Columns(self.connection.execute(sql, list(parameters)).fetchnumpy())

    def dates(self, sql: str) -> list[dt.date]:
        return [row[0] for row in self._all(sql)]

    def _all(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple]:
        with _working():
            return self.connection.execute(sql, list(parameters)).fetchall()


class WrongLettersError(Exception):
    """The file is not UTF-8 after all: it is to be read with the older letters."""


class EngineFailedError(Exception):
    """The engine failed for a reason that is no file's; only the name of its error is told, since its words hold rows."""


@contextlib.contextmanager
def _reading(source: Source) -> Iterator[None]:
    """Turn what DuckDB raises over a file into sentences without anything from the rows."""
    try:
        yield
    except duckdb.Error as error:
        raise (_no_resources(error, source.file) or _translated(source, error)) from None


@contextlib.contextmanager
def _working() -> Iterator[None]:
    """Turn what DuckDB raises over its own tables into a sentence, or into its bare name."""
    try:
        yield
    except duckdb.Error as error:
        raise (_no_resources(error, None) or EngineFailedError(type(error).__name__)) from None


def _no_resources(error: duckdb.Error, file: File | None) -> FilesRefusedError | None:
    text = str(error).casefold()
    if isinstance(error, duckdb.OutOfMemoryException):
        return no_room(file) if "max_temp_directory_size" in text else too_large(file)
    if isinstance(error, duckdb.IOException) and "no space left" in text:
        return no_room(file)
    return None


def _translated(source: Source, error: duckdb.Error) -> Exception:
    if source.kind is Kind.PARQUET:
        return refuse(source.file, _("The Parquet file is damaged or not complete."), _("Copy or export it again."))
    if isinstance(error, duckdb.ConversionException):
        return NotNumbersError()
    if isinstance(error, duckdb.IOException):  # its words hold the name that the engine knows the file by, and no row
        return damaged_archive(source.file) if "gzip" in str(error).casefold() else not_there(source.file)
    return _unreadable(source, str(error))


def _unreadable(source: Source, text: str) -> Exception:
    match = _LINE.search(text)
    row = int(match[1]) if match else None
    if _NO_UTF_8.search(text):
        return broken_letters(source.file, row) if source.is_surely_utf_8 else WrongLettersError()
    if "invalid state" in text.partition("\n")[0]:
        return different_ends(source.file)
    return _broken_row(source.file, row)


def too_large(file: File | None) -> FilesRefusedError:
    return refuse(
        file,
        _("The file needs more memory than a run may use."),
        _("Divide it, or count on a larger machine."),
    )


def no_room(file: File | None) -> FilesRefusedError:
    return refuse(file, _("There is no room left on the disk for the work."), _("Free some space, and try again."))


def _broken_row(file: File, row: int | None) -> FilesRefusedError:
    return refuse(
        file,
        _("The row has another number of cells than the head, or a quotation mark that is not closed."),
        _("Correct it, or export the file again."),
        row=row,
    )
