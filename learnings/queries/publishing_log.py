"""What was decided and made public of a report, and by whom: read from the histories."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from learnings.models import ExperienceReport, ReportEdition, Resolution
from records.versions import CREATED, DELETED


@dataclass(frozen=True)
class LogLine:
    moment: dt.datetime
    by: User | None
    what: str
    reason: str


def publishing_log(report: ExperienceReport) -> list[LogLine]:
    """Return the steps, newest first; two queries. A decision names the kind of what was found, never the words."""
    editions = ReportEdition.history.filter(report=report).select_related("history_user")
    decisions = Resolution.history.filter(answer__version__report=report).select_related("history_user")
    lines = [_line(row, _step(row), row.withdrawal_reason or row.history_change_reason or "") for row in editions]
    lines += [_line(row, _decided(row), row.reason) for row in decisions]
    return sorted(lines, key=lambda line: line.moment, reverse=True)


def _line(row: Any, what: str, reason: str) -> LogLine:
    return LogLine(row.history_date, row.history_user, what, reason)


def _step(row: Any) -> str:
    if row.history_type == CREATED:
        return _("Made public")
    return _("Taken off the website") if row.withdrawn_at else _("Made public again")


def _decided(row: Any) -> str:
    facts = {"kind": row.get_kind_display(), "decision": row.get_decision_display()}
    if row.history_type == DELETED:
        return _("%(kind)s: decision taken back") % facts
    return _("%(kind)s: %(decision)s") % facts
