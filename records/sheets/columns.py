"""Which column stands where: the head of a sheet held against its layout."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from records.sheets.decoding import Sheet
from records.sheets.errors import ImportRefusedError, RowError
from records.sheets.layouts import Layout
from records.sheets.personal import has_cpr


def columns_of(sheet: Sheet, layout: Layout) -> list[str]:
    """Return the column of each place in the head.

    Raises ImportRefusedError with everything that is wrong with the head, since no row can then be read.
    """
    names = [layout.column_of(cell.text) for cell in sheet.head.cells]
    while names and not names[-1]:
        names.pop()
    errors = [*_wrong_names(sheet, layout, names), *_missing_names(sheet, layout, names)]
    if errors:
        raise ImportRefusedError(errors)
    return names


def as_written(errors: Iterable[RowError], sheet: Sheet, layout: Layout) -> list[RowError]:
    """Return the errors with the columns named as the sheet itself names them: “Beløb”, not “amount_dkk”."""
    heads = {layout.column_of(cell.text): cell.text for cell in sheet.head.cells}
    return [replace(error, column=heads.get(error.column, error.column)) for error in errors]


def _wrong_names(sheet: Sheet, layout: Layout, names: list[str]) -> list[RowError]:
    errors = []
    for place, name in enumerate(names):
        text = sheet.head.cells[place].text
        shown = "" if has_cpr(text) else text[:80]
        if not name:
            errors.append(_error(sheet, "", _("A column has no name."), _("Name it, or remove the column.")))
        elif name not in layout.columns:
            errors.append(_error(sheet, shown, _("The column is unknown."), _suggestion(name, layout)))
        elif name in names[:place]:
            errors.append(_error(sheet, shown, _("The column is there twice."), _("Remove one of them.")))
    return errors


def _suggestion(name: str, layout: Layout) -> str:
    close = difflib.get_close_matches(name, [*layout.columns, *layout.aliases], n=1)
    if close:
        return _("Did you mean %(name)s?") % {"name": close[0]}
    return _("Remove it, or use one of: %(names)s.") % {"names": ", ".join(layout.columns)}


def _missing_names(sheet: Sheet, layout: Layout, names: list[str]) -> list[RowError]:
    remedy = _("Add it to the head and fill it in for every row.")
    return [_error(sheet, name, _("The column is missing."), remedy) for name in layout.required if name not in names]


def _error(sheet: Sheet, column: str, problem: str, remedy: str) -> RowError:
    return RowError(sheet.head.number, column, "", problem, remedy, sheet.name)
