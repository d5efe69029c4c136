"""Read what people write in the workbook's cells; each reader raises CellError."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from records.sheets.decoding import Cell
from records.sheets.errors import CellError
from suppliers.validators import bare_cvr

LONGEST = 32_767  # characters that a cell of a workbook holds
YES, NO = "Ja", "Nej"
_TRUE, _FALSE = frozenset({"ja", "true", "1", "x"}), frozenset({"nej", "false", "0"})
_FAILED = re.compile(r"#(?:REF|N/A|NAME|VALUE|DIV/0|NULL|NUM|VÆRDI|NAVN|I/T)[!?]?", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def plain(text: str) -> str:
    """Return a text as it comes back from a cell: without what a workbook drops or writes in its own way."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\N{NO-BREAK SPACE}", " ")
    return _UNPRINTABLE.sub("", lines).strip()[:LONGEST].strip()


def text(cell: Cell) -> str:
    if _FAILED.fullmatch(cell.text):
        raise CellError(_("The cell holds an error from the spreadsheet program."), _("Write what should stand there."))
    return plain(cell.text)


def cvr(cell: Cell) -> str:
    """Read a CVR number as people write it: with spaces, or with DK before it."""
    return bare_cvr(text(cell))


def codes(cell: Cell) -> tuple[str, ...]:
    """Read codes with semicolons between them, in their own order and each once."""
    return tuple(sorted({part.strip() for part in re.split(r"[;\n]", text(cell)) if part.strip()}))


def yes_no(cell: Cell) -> bool:
    word = cell.text.casefold()
    if word not in _TRUE | _FALSE:
        raise CellError(_("This is neither yes nor no."), _("Write %(yes)s or %(no)s.") % {"yes": YES, "no": NO})
    return word in _TRUE


def one_of(cell: Cell, words: Mapping[Any, str]) -> str:
    """Read a word of a list, or the code that it stands for; return the code."""
    written = " ".join(cell.text.casefold().split())
    for code, word in words.items():
        if written in {word.casefold(), code.casefold()}:
            return code
    raise CellError(_("The word is not one of those that can stand here."), _write_one_of(words.values()))


def _write_one_of(words: Iterable[str]) -> str:
    return _("Write one of: %(words)s.") % {"words": ", ".join(words)}
