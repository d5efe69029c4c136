"""`manage.py derive_results --courses FILE --register FILE --as-of DATE [--output OUT.csv]`: count results from the registers."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from records.sheets.errors import ImportRefusedError
from results.deriving.refusals import FilesRefusedError
from results.management.commands.import_results import _date
from results.models import Derivation
from results.services.counting_rules import definitions_in_use, ensure_versions
from results.services.derivations import checked_name, frameworks_of_lots, work_folder
from results.services.derived import keep_outcome, save_derivation


class Command(BaseCommand):
    help = (
        "Count results from an extract of courses and one of the weekly register: as a delivery, or as a file. "
        "CSV, gzipped CSV or Parquet. Rows about persons never enter the database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--courses", type=Path, required=True, help="the extract of courses")
        parser.add_argument("--register", type=Path, required=True, help="the extract of the weekly register")
        parser.add_argument("--as-of", type=_date, required=True, help="the last day that is known: YYYY-MM-DD")
        parser.add_argument("--output", type=Path, help="write the figures to this file, and save nothing")
        parser.add_argument(
            "--unknown-as-not-found", action="store_true", help="count register codes without a group as not found"
        )
        parser.add_argument(
            "--source", default="DREAM og Fasit", help="the registers or systems the extracts come from"
        )
        parser.add_argument("--extracted-on", type=_date, help="the day they were drawn; default: the day of --as-of")
        parser.add_argument("--unvalidated", action="store_true", help="the figures are not validated yet")
        parser.add_argument("--supersedes", type=int, metavar="ID", help="the delivery these figures stand in place of")
        parser.add_argument("--note", default="", help="anything that whoever uses the figures should know")

    def handle(self, *args: Any, **options: Any) -> None:
        from results.deriving.running import derive

        try:
            courses_name, register_name = (checked_name(options[name].name) for name in ("courses", "register"))
            _refuse_to_overwrite(options)
            definitions = definitions_in_use()
            outcome = derive(
                options["courses"],
                options["register"],
                as_of=options["as_of"],
                definitions=definitions,
                frameworks=frameworks_of_lots(),
                work_in=work_folder(),
                names=(courses_name, register_name),
                count_unknown_as_not_found=options["unknown_as_not_found"],
            )
        except FilesRefusedError as refusal:
            raise CommandError("\n".join(map(str, refusal.problems))) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self._tell(outcome)
        ensure_versions(definitions.rules, by=None)  # so that the file can be imported, too
        if options["output"]:
            self._write(outcome, options["output"])
        else:
            self._save(outcome, options)

    def _tell(self, outcome: Any) -> None:
        self.stdout.write(
            _(
                "%(ended)s ended courses; left out: %(running)s running, %(mistakes)s entered by mistake. Last week: %(week)s."
            )
            % {
                "ended": outcome.ended,
                "running": outcome.running,
                "mistakes": outcome.entered_by_mistake,
                "week": outcome.last_week,
            }
        )
        for code, count in outcome.unknown_codes.items():
            self.stdout.write(_("Unknown code %(code)s: %(count)s courses.") % {"code": code, "count": count})

    def _write(self, outcome: Any, path: Path) -> None:
        from results.deriving.writing import write

        try:
            write(outcome.rows(), path)
        except OSError:
            raise CommandError(
                _("The file cannot be written: %(path)s. Choose another place.") % {"path": path}
            ) from None
        if outcome.without_framework:
            lots = ", ".join(outcome.without_framework)
            self.stdout.write(
                _("These lots are not registered, so they are in no framework: %(lots)s.") % {"lots": lots}
            )
        self.stdout.write(_("%(count)s figures are written to %(path)s.") % {"count": outcome.row_count, "path": path})

    def _save(self, outcome: Any, options: dict[str, Any]) -> None:
        asked = Derivation(
            courses_name=outcome.courses.name,
            register_name=outcome.register.name,
            as_of=outcome.as_of,
            source=options["source"],
            extracted_on=options["extracted_on"] or _no_later_than_today(outcome.as_of),
            count_unknown=options["unknown_as_not_found"],
        )
        asked.save()
        keep_outcome(asked, outcome)
        try:
            delivery = save_derivation(
                asked,
                supersedes=options["supersedes"],
                is_validated=not options["unvalidated"],
                note=options["note"],
                by=None,
            )
        except ImportRefusedError as refusal:
            asked.output_file.delete(save=False)
            asked.delete()
            raise CommandError(refusal.report) from None
        self.stdout.write(
            _("%(count)s figures are saved as delivery %(id)s.") % {"count": outcome.row_count, "id": delivery.pk}
        )


def _refuse_to_overwrite(options: dict[str, Any]) -> None:
    output = options["output"]
    if output and output.resolve() in {options[name].resolve() for name in ("courses", "register")}:
        raise ValidationError(_("The figures would be written over an extract. Choose another file."))


def _no_later_than_today(day: dt.date) -> dt.date:
    return min(day, timezone.localdate())
