"""A report to be filled in without a connection: as a workbook or a Word paper, and read again.

What is read changes nothing by itself: it is a plan that somebody looks at first. Words in the files are a file format and
no texts of the interface: Danish in every language.
"""

from __future__ import annotations

from pathlib import Path

from django.core.files import File

from learnings.offline.paper_reading import paper_entries
from learnings.offline.papers import paper_of
from learnings.offline.plans import Change, Plan, RatingChange, Unplaced, planned
from learnings.offline.sheets import sheet_entries, workbook_of
from learnings.queries import Writing

__all__ = ["Change", "Plan", "RatingChange", "Unplaced", "paper_of", "plan_of", "workbook_of"]


def plan_of(file: File, writing: Writing) -> Plan:
    """Read a filled-in file; raises ImportRefusedError when it is none, or another report's.

    An empty place leaves what stands there: nothing is emptied by a file.
    """
    is_paper = Path(file.name or "").suffix.lower() not in {".csv", ".xlsx"}
    return planned(paper_entries(file, writing) if is_paper else sheet_entries(file, writing), writing)
