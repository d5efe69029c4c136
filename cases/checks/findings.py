"""What a check says."""

from __future__ import annotations

from dataclasses import dataclass

from cases.enums import Severity


@dataclass(frozen=True)
class Finding:
    """One thing to mend or to look at, in a whole sentence, and where it is.

    `block_id` is the id of the StreamField block it stands in, empty for the paper as a whole; `place` names it for people.
    """

    code: str
    severity: Severity
    message: str
    place: str = ""
    block_id: str = ""

    @property
    def is_blocking(self) -> bool:
        return self.severity == Severity.BLOCKS


@dataclass(frozen=True)
class TableFinding:
    """A finding in one cell. `row` and `column` count from 1, the headings being row 1."""

    code: str
    row: int
    column: int
    row_label: str
    column_label: str
    value: str
    message: str
