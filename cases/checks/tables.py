"""Whether the figures of one table hold together, and whether they may be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.checks.cells import CellValue, Grid, GridRow, read_grid
from cases.checks.findings import TableFinding
from cases.sheets import Sheet
from documents import formats
from results.disclosure import Cell, current_policy
from results.disclosure.cells import small_cells

PERCENT_MISMATCH = "percent-mismatch"
SUM_MISMATCH = "sum-mismatch"
SMALL_CELL = "small-cell"
MIXED_DECIMALS = "mixed-decimals"
DERIVABLE_CELL = "derivable-cell"
OUTCOMES_ADD_UP = "outcomes-add-up"


def check_sheet(
    sheet: Sheet, *, has_unique_persons: bool = False, is_about_persons: bool = True
) -> tuple[TableFinding, ...]:
    """Return what is wrong with a table, in the order of its cells.

    `has_unique_persons` declares that the total counts unique persons, who may be in several groups: then it lies between
    the largest group and the sum. Without `is_about_persons` small figures recognise no one, and are not looked for.
    """
    grid = read_grid(sheet)
    found = [
        *_percentages(grid),
        *_sums(grid, has_unique_persons=has_unique_persons),
        *(_small_cells(grid) if is_about_persons else ()),
        *_decimals(grid),
    ]
    return tuple(sorted(found, key=lambda finding: (finding.row, finding.column, finding.code)))


def derivable_cells(sheet: Sheet) -> tuple[TableFinding, ...]:
    """Return the hidden cells whose figure can be computed from the total and the cells that are shown."""
    grid = read_grid(sheet)
    return tuple(finding for column in range(len(grid.headings) - 1) for finding in _derivable(grid, column))


def outcomes_that_add_up(sheet: Sheet) -> tuple[TableFinding, ...]:
    """Return outcome totals that are exact sums of the groups although the base's total is not.

    When persons may be in several groups, the outcomes would hardly add up by accident: one of the two is another count.
    """
    grid = read_grid(sheet)
    if grid.total is None or not grid.total.cells or _adds_up(grid, 0) is not False:
        return ()
    suspicious = [column for column in range(1, len(grid.total.cells)) if _adds_up(grid, column)]
    message = _("The outcomes add up to the total, but the base does not. Are they counted in the same way?")
    return tuple(_finding(OUTCOMES_ADD_UP, grid, grid.total, column, message) for column in suspicious)


def _percentages(grid: Grid) -> Iterator[TableFinding]:
    for row in _rows(grid):
        base = row.cells[0].count if row.cells else None
        for column, cell in enumerate(row.cells[1:], start=1):
            if base and cell.count is not None and cell.percent is not None and not _follows(cell, base):
                expected = formats.percent(cell.count, base, decimals=max(cell.decimals, 1))
                message = _("%(count)s of %(base)s is %(expected)s. Correct the percentage or the counts.") % {
                    "count": formats.number(cell.count),
                    "base": formats.number(base),
                    "expected": expected,
                }
                yield _finding(PERCENT_MISMATCH, grid, row, column, message)


def _follows(cell: CellValue, base: int) -> bool:
    tolerance = 0.5 * 10**-cell.decimals + 1e-9
    return abs(100 * (cell.count or 0) / base - (cell.percent or 0)) <= tolerance


def _sums(grid: Grid, *, has_unique_persons: bool) -> Iterator[TableFinding]:
    if grid.total is None:
        return
    for column, cell in enumerate(grid.total.cells):
        counts = _counts(grid, column)
        if cell.count is None or counts is None or not counts:
            continue
        if has_unique_persons and not max(counts) <= cell.count <= sum(counts):
            yield _finding(SUM_MISMATCH, grid, grid.total, column, _outside_text(cell.count, counts))
        if not has_unique_persons and cell.count != sum(counts):
            yield _finding(SUM_MISMATCH, grid, grid.total, column, _sum_text(cell.count, sum(counts)))


def _outside_text(total: int, counts: list[int]) -> str:
    text = _(
        "Unique persons must lie between the largest group (%(largest)s) and the sum of the groups (%(sum)s), not be %(total)s."
    )
    return text % {
        "largest": formats.number(max(counts)),
        "sum": formats.number(sum(counts)),
        "total": formats.number(total),
    }


def _sum_text(total: int, expected: int) -> str:
    text = _(
        "The rows add up to %(sum)s, but the total says %(total)s. Correct it, or declare that it counts unique persons."
    )
    return text % {"sum": formats.number(expected), "total": formats.number(total)}


def _small_cells(grid: Grid) -> Iterator[TableFinding]:
    message = _("The figure is about so few persons that they could be recognised. Hide it, and one more with it.")
    for row in _rows(grid):
        small = small_cells(_policy_cells(row), current_policy())
        for column, cell in enumerate(row.cells):
            if column in small and cell.count is not None:
                yield _finding(SMALL_CELL, grid, row, column, message)


def _policy_cells(row: GridRow) -> dict[int, Cell]:
    """Return the counts of a row by column, the outcomes as parts of the base where there is one that holds them."""
    counts = {column: cell.count for column, cell in enumerate(row.cells) if cell.count is not None and cell.count >= 0}
    base = counts.get(0)
    return {
        column: Cell(column, count, part_of=0 if column and base is not None and count <= base else None)
        for column, count in counts.items()
    }


def _decimals(grid: Grid) -> Iterator[TableFinding]:
    for column in range(len(grid.headings) - 1):
        shown = [(row, row.cells[column]) for row in _rows(grid) if _has_decimals(row.cells[column])]
        usual = _usual([cell.decimals for _row, cell in shown])
        for row, cell in shown:
            if cell.decimals != usual:
                message = _("The other percentages of the column have %(usual)s decimals. Write this one alike.") % {
                    "usual": usual
                }
                yield _finding(MIXED_DECIMALS, grid, row, column, message)


def _has_decimals(cell: CellValue) -> bool:
    """Return whether the cell's percentage is written with some precision: none at all is "0 %" however it is rounded."""
    is_none_at_all = cell.percent == 0 and cell.decimals == 0 and not cell.count
    return cell.percent is not None and not is_none_at_all


def _usual(decimals: list[int]) -> int:
    return max(Counter(decimals).items(), key=lambda item: (item[1], -item[0]))[0] if decimals else 0


def _derivable(grid: Grid, column: int) -> Iterator[TableFinding]:
    """Yield hidden cells that the total and the shown cells give away: alone, or all that they can be is small."""
    hidden = [row for row in grid.body if row.cells[column].is_hidden]
    total = grid.total.cells[column].count if grid.total else None
    shown = [row.cells[column].count for row in grid.body if not row.cells[column].is_hidden]
    if not hidden or total is None or None in shown:
        return
    rest = total - sum(count for count in shown if count is not None)
    if len(hidden) == 1 or rest < current_policy().min_cell:
        message = _("The hidden figure can be computed from the total and the others. Hide one more, larger figure.")
        yield from (_finding(DERIVABLE_CELL, grid, row, column, message) for row in hidden)


def _adds_up(grid: Grid, column: int) -> bool | None:
    counts = _counts(grid, column)
    if grid.total is None or counts is None or grid.total.cells[column].count is None:
        return None
    return grid.total.cells[column].count == sum(counts)


def _counts(grid: Grid, column: int) -> list[int] | None:
    counts = [row.cells[column].count for row in grid.body]
    return None if any(count is None for count in counts) else [count for count in counts if count is not None]


def _rows(grid: Grid) -> tuple[GridRow, ...]:
    return (*grid.body, grid.total) if grid.total else grid.body


def _finding(code: str, grid: Grid, row: GridRow, column: int, message: str) -> TableFinding:
    """`column` counts the cells after the label, so it is column 2 of the sheet that has index 0."""
    return TableFinding(
        code=code,
        row=row.line,
        column=column + 2,
        row_label=row.label,
        column_label=grid.headings[column + 1],
        value=row.cells[column].text,
        message=message,
    )
