"""Load the example municipality and make its cases public."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from example.services import load, publish


class Command(BaseCommand):
    help = "Load the example municipality, and make its cases' documents and publish them. Running it again changes nothing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="load it although others can reach the site")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load(is_forced=options["force"])
            publish()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
