"""Make the documents that cases lack."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cases.models import CommitteeCase
from cases.services import make_documents_now
from cases.writing import has_documents


class Command(BaseCommand):
    help = "Make the documents of every approved case that lacks them, in this process."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for case in CommitteeCase.objects.filter(live=True).order_by("dated_on", "slug"):
            if has_documents(case):
                continue
            try:
                snapshot = make_documents_now(case, by=None)
            except ValidationError as error:
                failed.append(f"{case.slug}: {' '.join(error.messages)}")
            else:
                made = _("%(case)s: documents of version %(number)s are made.")
                self.stdout.write(made % {"case": case.slug, "number": snapshot.number})
        if failed:
            raise CommandError("\n".join(failed))
