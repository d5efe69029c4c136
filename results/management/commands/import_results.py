"""`manage.py import_results FILE --source TEXT --extracted-on DATE`: import a file of aggregated results."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from results.services import ImportRefusedError, ImportResult, import_results


class Command(BaseCommand):
    help = "Import a CSV or XLSX file of aggregated results as one delivery, or nothing of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file: CSV or XLSX")
        parser.add_argument("--source", required=True, help="the registers or systems the figures come from")
        parser.add_argument("--extracted-on", required=True, type=_date, help="the day they were drawn: YYYY-MM-DD")
        parser.add_argument("--unvalidated", action="store_true", help="the figures are not validated yet")
        parser.add_argument("--supersedes", type=int, metavar="ID", help="the delivery these figures stand in place of")
        parser.add_argument("--note", default="", help="anything that whoever uses the figures should know")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = import_results(
                options["file"],
                source=options["source"],
                extracted_on=options["extracted_on"],
                is_validated=not options["unvalidated"],
                supersedes=options["supersedes"],
                note=options["note"],
                dry_run=options["dry_run"],
                by=None,
            )
        except ImportRefusedError as refusal:
            raise CommandError(refusal.report) from None
        self.stdout.write(_outcome(result))


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("“%(text)s” is not a date. Write YYYY-MM-DD.") % {"text": text}) from None


def _outcome(result: ImportResult) -> str:
    changes = ", ".join(f"{kind.label}: {count}" for kind, count in result.plan.counts.items() if count)
    if result.delivery is None:
        return _("Dry run, nothing was written. %(changes)s.") % {"changes": changes}
    return _("Imported as delivery %(id)s. %(changes)s.") % {"id": result.delivery.pk, "changes": changes}
