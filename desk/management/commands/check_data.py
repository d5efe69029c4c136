"""`manage.py check_data`: prove the rules that no single row can hold."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import contracts.checks
import results.checks
import suppliers.checks
from records.checks import Check, Problem

CHECKS: tuple[Check, ...] = (*suppliers.checks.CHECKS, *contracts.checks.CHECKS, *results.checks.CHECKS)


class Command(BaseCommand):
    help = "Check everything stored against the rules that stand over several rows; exit 1 when something breaks one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the problems as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(problems())
        if options["json"]:
            self.stdout.write(json.dumps([_as_dict(problem) for problem in found], ensure_ascii=False, indent=2))
        else:
            for problem in found:
                self.stdout.write(f"{_name(problem)}: {problem.message}")
        if found:
            counted = ngettext("%(count)s problem.", "%(count)s problems.", len(found)) % {"count": len(found)}
            raise CommandError(counted)
        if not options["json"]:
            self.stdout.write(_("All data hold together."))


def problems() -> Iterator[Problem]:
    for check in CHECKS:
        yield from check()


def _name(problem: Problem) -> str:
    return f"{capfirst(str(problem.record._meta.verbose_name))} {problem.record}"


def _as_dict(problem: Problem) -> dict[str, Any]:
    record = problem.record
    return {
        "model": record._meta.label_lower,
        "id": record.pk,
        "record": str(record),
        "message": problem.message,
    }
