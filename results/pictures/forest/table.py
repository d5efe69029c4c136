"""The table behind a forest."""

from __future__ import annotations

from collections.abc import Sequence

from documents import formats
from documents import tree as t
from results.pictures import words
from results.pictures.forest.data import Forest, ForestRow, printed_ratio
from results.pictures.parts import cell, column, derived_cell, words_cell


def table_of(forest: Forest) -> t.Table:
    about = forest.about
    has_groups = any(row.group for row in forest.rows)
    group = (column("Ydelsesgruppe", is_numeric=False),) if has_groups else ()
    return t.Table(
        anchor=f"{about.anchor}-tal" if about.anchor else "",
        caption=(),
        columns=(
            column("Leverandør", is_numeric=False),
            *group,
            column(about.unit.capitalize(), "n"),
            column("Observeret", "O"),
            column("Forventet", "E"),
            column("O/E"),
            column("95 %-interval"),
        ),
        rows=tuple(_row(row, has_groups=has_groups) for _, rows in forest.sections for row in rows),
    )


def _row(row: ForestRow, *, has_groups: bool) -> t.Row:
    name = f"{row.name} ({words.OWN})" if row.is_own else row.name
    ratio = printed_ratio(row.observed.value, row.expected.value)
    interval = formats.MISSING
    if ratio is not None and row.low is not None and row.high is not None:
        interval = f"{formats.number(row.low, decimals=2)}–{formats.number(row.high, decimals=2)}"
    cells: Sequence[t.Cell] = (
        cell(row.base),
        cell(row.observed),
        cell(row.expected, decimals=1),
        derived_cell(formats.number(ratio, decimals=2), *row.rests_on),
        derived_cell(interval, *row.rests_on),
    )
    return t.Row((words_cell(name), *((words_cell(row.group or "Alle"),) if has_groups else ()), *cells))
