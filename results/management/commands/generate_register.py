"""`manage.py generate_register FOLDER`: make up an extract of courses and one of the register, of any size."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contracts.models import Lot, Service
from results.management.commands.import_results import _date
from results.models import BenefitGroup
from suppliers.models import Supplier


class Command(BaseCommand):
    help = "Make up register extracts for trials and measurements. The same seed gives the same files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where forloeb.csv and register.csv are written")
        parser.add_argument("--persons", type=int, default=200_000)
        parser.add_argument("--courses", type=int, default=300_000)
        parser.add_argument("--weeks", type=int, default=260)
        parser.add_argument("--last-day", type=_date, default=dt.date(2023, 6, 4), help="in the last week: YYYY-MM-DD")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--gzip", action="store_true", help="compress both files")

    def handle(self, *args: Any, **options: Any) -> None:
        from results.deriving.generating import Extract, write_extract

        if min(options["persons"], options["courses"], options["weeks"]) < 1:
            raise CommandError(_("Persons, courses and weeks must be at least 1."))
        ending = ".csv.gz" if options["gzip"] else ".csv"
        courses, register = (options["folder"] / f"{name}{ending}" for name in ("forloeb", "register"))
        extract = Extract(
            persons=options["persons"],
            courses=options["courses"],
            weeks=options["weeks"],
            last_day=options["last_day"],
            seed=options["seed"],
            vocabulary=_vocabulary(),
        )
        try:
            options["folder"].mkdir(parents=True, exist_ok=True)
            write_extract(extract, courses=courses, register=register)
        except OSError:
            raise CommandError(_("The files cannot be written there. Choose another folder.")) from None
        self.stdout.write(_("Written: %(files)s.") % {"files": f"{courses}, {register}"})


def _vocabulary() -> Any:
    """Use the codes that are registered, so that the figures can be saved; made-up ones where there are none."""
    from results.deriving.generating import Vocabulary

    made_up = Vocabulary()
    return Vocabulary(
        suppliers=list(Supplier.objects.order_by("cvr").values_list("cvr", flat=True)[:12]) or made_up.suppliers,
        lots=list(Lot.objects.order_by("code").values_list("code", flat=True)[:8]) or made_up.lots,
        benefit_groups=list(BenefitGroup.objects.values_list("code", flat=True)[:6]) or made_up.benefit_groups,
        services=list(Service.objects.order_by("code").values_list("code", flat=True)[:4]) or made_up.services,
    )
