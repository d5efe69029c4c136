"""Check one table of figures before it goes into a paper."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cases.checks.findings import TableFinding
from cases.checks.tables import check_sheet
from cases.sheets import read_text_file


class Command(BaseCommand):
    help = "Check percentages, totals, small cells and decimals of a table: label column, base column, outcome columns."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")
        parser.add_argument(
            "--unique-persons", action="store_true", help="the total counts unique persons, not the sum of the groups"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sheet = read_text_file(options["file"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        findings = check_sheet(sheet, has_unique_persons=options["unique_persons"])
        self.stdout.write(_as_json(findings) if options["json"] else _as_text(findings))


def _as_json(findings: tuple[TableFinding, ...]) -> str:
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2)


def _as_text(findings: tuple[TableFinding, ...]) -> str:
    if not findings:
        return _("Nothing to remark.")
    line = _("Row %(row)s (%(row_label)s), column %(column)s (%(column_label)s), “%(value)s”: %(message)s [%(code)s]")
    return "\n".join(line % asdict(finding) for finding in findings)
