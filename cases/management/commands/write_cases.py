"""Write the documents of cases to a folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cases.models import CommitteeCase
from cases.writing import write_documents
from documents.enums import Audience


class Command(BaseCommand):
    help = "Write case.html, case.pdf, case.docx and evidence.json of each case to a folder of its own, made first if need be."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="the cases; without any, all that are approved")
        parser.add_argument("--output", type=Path, required=True, help="the folder that gets one for each case")
        parser.add_argument("--audience", choices=Audience.values, default=Audience.PUBLIC.value)

    def handle(self, *args: Any, **options: Any) -> None:
        audience, failed = Audience(options["audience"]), []
        for case in _cases(options["slugs"]):
            try:
                paths = write_documents(case, options["output"] / case.slug, audience=audience, by=None)
            except (ValidationError, OSError) as error:
                failed.append(f"{case.slug}: {_reason(error)}")
            else:
                self.stdout.write("\n".join(map(str, paths)))
        if failed:
            raise CommandError("\n".join(failed))


def _cases(slugs: list[str]) -> list[CommitteeCase]:
    if not slugs:
        return list(CommitteeCase.objects.filter(live=True).order_by("dated_on", "slug"))
    found = CommitteeCase.objects.in_bulk(slugs, field_name="slug")
    if unknown := [slug for slug in slugs if slug not in found]:
        raise CommandError(_("There is no case at the address %(slugs)s.") % {"slugs": ", ".join(unknown)})
    return [found[slug] for slug in dict.fromkeys(slugs)]


def _reason(error: ValidationError | OSError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
