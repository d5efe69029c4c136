"""`manage.py deadlines`: every deadline, with the rule that it follows from."""

from __future__ import annotations

import datetime as dt
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from contracts.deadlines import Deadline
from contracts.queries.deadlines import Scope, deadlines


class Command(BaseCommand):
    help = "Print the deadlines of all contracts and frameworks as they stand on a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", metavar="DATE", help="the day, as 2026-01-31; today unless given")
        parser.add_argument("--json", action="store_true", help="print them as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        today = _day(options["as_of"])
        found = deadlines(Scope(user=None), today=today)
        if options["json"]:
            self.stdout.write(json.dumps([_as_dict(row, today) for row in found], ensure_ascii=False, indent=2))
            return
        for row in found:
            self.stdout.write(f"{formats.date_format(row.due_on)}  {row.title}  ({row.rule})")
        if not found:
            self.stdout.write(_("No deadlines."))


def _day(text: str | None) -> dt.date:
    if not text:
        return timezone.localdate()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        message = _("“%(text)s” is not a day. Write it as 2026-01-31.")
        raise CommandError(message % {"text": text}) from error


def _as_dict(row: Deadline, today: dt.date) -> dict[str, Any]:
    """Return one deadline; `contract` is null for what is due by a framework or a tender."""
    facts = row.agreement
    return {
        "contract": facts.code if facts.is_contract else None,
        "framework": facts.framework_code or None,
        "tender": facts.code if facts.is_tender else None,
        "kind": row.kind.value,
        "what": row.what,
        "date": row.due_on.isoformat(),
        "begin_by": row.begin_by.isoformat(),
        "last_meeting": row.meeting.held_on.isoformat() if row.meeting else None,
        "agenda_deadline": row.meeting.agenda_deadline_on.isoformat() if row.meeting else None,
        "is_forecast": row.is_forecast,
        "stage": row.stage(today=today).value,
        "rule": row.rule,
    }
