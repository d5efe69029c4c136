"""Write figures in the layout of the import, and read them back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from results.deriving.running import Row

HEAD = (
    "measure;version;unit;period;framework;supplier_cvr;lot;benefit_group;service;"
    "denominator;outcomes;pending;censored;not_found"
)


def text_of(rows: Iterable[Row]) -> bytes:
    """Return the figures as CSV, in UTF-8."""
    stream = io.StringIO(newline="")
    stream.write(HEAD + "\n")
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerows(
        (
            row.measure,
            row.version,
            row.unit,
            *row.cell,
            row.denominator,
            row.outcomes,
            row.pending,
            row.censored,
            row.not_found,
        )
        for row in rows
    )
    return stream.getvalue().encode()


def write(rows: Iterable[Row], path: Path) -> None:
    """Write the figures to a file that is there whole or not at all."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(text_of(rows))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def read(content: bytes) -> Iterator[dict[str, str]]:
    """Yield the rows of what `text_of` wrote."""
    yield from csv.DictReader(io.StringIO(content.decode(), newline=""), delimiter=";")
