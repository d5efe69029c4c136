"""Who coded what and when: the histories of excerpts, themes, dismissed suggestions and second readings as one list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from learnings.enums import UNDONE
from learnings.models import Answer, DismissedSuggestion, Excerpt, Round, SecondReading, Theme
from records.versions import CHANGED, CREATED, DELETED


@dataclass(frozen=True)
class LogEntry:
    at: dt.datetime
    who: str
    what: str
    passage: str
    theme: str
    answer_id: int | None
    supplier: str


def coding_log(round: Round, *, page: int = 1, size: int = 50) -> tuple[list[LogEntry], bool]:
    """Return a page of the round's coding, newest first, and whether there is more; at most 8 queries."""
    until = page * size + 1
    rows = [
        *_rows(Excerpt, round, until),
        *_rows(DismissedSuggestion, round, until),
        *_rows(SecondReading, round, until),
    ]
    rows += Theme.history.filter(code_book=round.code_book_id).select_related("history_user")[:until]
    rows.sort(key=lambda row: (row.history_date, row.history_id), reverse=True)
    shown = list(islice(rows, (page - 1) * size, page * size))
    return _entries(shown, round), len(rows) > page * size


def _rows(model: Any, round: Round, until: int) -> Iterable[Any]:
    rows = model.history.filter(answer__version__report__round=round).select_related("history_user")
    return rows[:until]


def _entries(rows: list[Any], round: Round) -> list[LogEntry]:
    ids = {row.answer_id for row in rows if hasattr(row, "answer_id")}
    answers = Answer.objects.filter(pk__in=ids).select_related("version__report__supplier").in_bulk()
    themes = dict(Theme.history.filter(code_book=round.code_book_id).order_by("history_id").values_list("id", "name"))
    return [_entry(row, answers, themes) for row in rows]


def _entry(row: Any, answers: dict[int, Answer], themes: dict[int, str]) -> LogEntry:
    answer = answers.get(getattr(row, "answer_id", None) or 0)
    has_span = answer is not None and hasattr(row, "start")
    return LogEntry(
        at=row.history_date,
        who=str(row.history_user or _("The system")),
        what=_what(row),
        passage=answer.text[row.start : row.end] if answer is not None and has_span else "",
        theme=row.name if row.instance_type is Theme else themes.get(getattr(row, "theme_id", 0), ""),
        answer_id=answer.pk if answer is not None else None,
        supplier=str(answer.version.report.supplier) if answer is not None else "",
    )


def _what(row: Any) -> str:
    if row.history_change_reason == UNDONE:
        return _("Undone")
    if row.instance_type is Excerpt and row.history_type == CREATED and row.was_suggested:
        return _("Suggestion accepted")
    return str(_words()[row.instance_type][row.history_type])


def _words() -> dict[Any, dict[str, str]]:
    return {
        Excerpt: {CREATED: _("Coded"), CHANGED: _("Coding changed"), DELETED: _("Coding removed")},
        Theme: {CREATED: _("Theme made"), CHANGED: _("Theme changed"), DELETED: _("Theme removed")},
        DismissedSuggestion: {
            CREATED: _("Suggestion dismissed"),
            CHANGED: _("Suggestion dismissed"),
            DELETED: _("Suggested again"),
        },
        SecondReading: {
            CREATED: _("Read by a second coder"),
            CHANGED: _("Second reading changed"),
            DELETED: _("Second reading removed"),
        },
    }
