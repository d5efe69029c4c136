"""`manage.py import_spend FILE --source TEXT --extracted-on DATE`: import a file of monthly amounts and referrals."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contracts.services.spend import SpendImport, import_spend
from contracts.spend_words import alarm_text
from records.sheets.errors import ImportRefusedError


class Command(BaseCommand):
    help = "Import a CSV or XLSX file of monthly amounts and referrals as one delivery, or nothing of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file: CSV or XLSX")
        parser.add_argument("--source", required=True, help="the system the amounts come from")
        parser.add_argument("--extracted-on", required=True, type=_date, help="the day they were drawn: YYYY-MM-DD")
        parser.add_argument("--note", default="", help="anything that whoever uses the figures should know")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: options[name] for name in ("source", "extracted_on", "note", "dry_run")}
        try:
            result = import_spend(options["file"], **given, by=None)
        except ImportRefusedError as refusal:
            raise CommandError(refusal.report) from None
        for warning in result.plan.warnings:
            self.stdout.write(str(warning))
        for alarm in result.plan.alarms:
            self.stdout.write(self.style.WARNING(alarm_text(alarm)))
        self.stdout.write(_outcome(result))


def _outcome(result: SpendImport) -> str:
    changes = ", ".join(f"{kind.label}: {count}" for kind, count in result.plan.counts.items() if count)
    if result.delivery is None:
        return _("Dry run, nothing was written. %(changes)s.") % {"changes": changes}
    return _("Imported as delivery %(id)s. %(changes)s.") % {"id": result.delivery.pk, "changes": changes}


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("“%(text)s” is not a date. Write YYYY-MM-DD.") % {"text": text}) from None
