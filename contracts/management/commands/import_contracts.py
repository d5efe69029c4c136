"""`manage.py import_contracts FILE.xlsx`: import frameworks, lots, suppliers, contracts, options and amendments."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contracts.services.workbook import WorkbookResult, import_contracts
from contracts.workbook.planning import ChangeKind, Entry, Plan
from contracts.workbook.tables import TABLES
from records.sheets.errors import ImportRefusedError


class Command(BaseCommand):
    help = "Import the register of contracts from one workbook, or nothing of it. A dry run prints every difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the workbook: XLSX")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = import_contracts(options["file"], dry_run=options["dry_run"], by=None)
        except ImportRefusedError as refusal:
            raise CommandError(refusal.report) from None
        if options["dry_run"]:
            self._print_differences(result.plan)
        self.stdout.write(_outcome(result, dry_run=options["dry_run"]))

    def _print_differences(self, plan: Plan) -> None:
        for table in TABLES:
            for entry in plan.touched(table):
                self.stdout.write(f"{table.title} {entry.label}: {_what(entry)}")


def _what(entry: Entry) -> str:
    if entry.is_new:
        return str(ChangeKind.NEW.label)
    return "; ".join(f"{change.label}: {change.old} → {change.new}" for change in entry.changes)


def _outcome(result: WorkbookResult, *, dry_run: bool) -> str:
    titles = {table.key: table.title for table in TABLES}
    lines = [
        f"{titles[key]}: " + ", ".join(f"{ChangeKind(kind).label} {count}" for kind, count in counts.items() if count)
        for key, counts in result.plan.counts.items()
    ]
    if dry_run:
        lines.append(_("Dry run, nothing was written."))
    elif result.record is None:
        lines.append(_("Nothing was to be changed."))
    else:
        lines.append(_("Imported as import %(id)s.") % {"id": result.record.pk})
    return "\n".join(lines)
