"""`manage.py attack_published`: try to compute what is hidden in all that is public."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from results.disclosure import attack, current_policy, leak_text, published_figures


class Command(BaseCommand):
    help = "Attack every figure that is or was public, as a reader could who knows the policy; exit 1 when a number is found."

    def handle(self, *args: Any, **options: Any) -> None:
        figures = published_figures()
        leaks = attack(figures)
        for leak in leaks:
            self.stdout.write(leak_text(leak))
        if leaks:
            count = len(leaks)
            raise CommandError(
                ngettext("%(count)s hidden number can be computed.", "%(count)s hidden numbers can be computed.", count)
                % {"count": count}
            )
        said = _(
            "%(figures)s public figures, and nothing hidden can be computed (numbers from 1 to %(highest)s are small)."
        )
        self.stdout.write(said % {"figures": len(figures), "highest": current_policy().min_cell - 1})
