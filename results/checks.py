"""Rules over several figures, proved again over everything stored (`manage.py check_data`)."""

from __future__ import annotations

from collections.abc import Iterator

from records.checks import Problem
from results.disclosure import attack, leak_text, published_figures


def check_nothing_hidden_can_be_computed() -> Iterator[Problem]:
    """Attack all figures that are or were public, as anybody could who knows the policy."""
    for leak in attack(published_figures()):
        record = leak.figure or next(iter(leak.beside), None)
        if record is not None:
            yield Problem(record, leak_text(leak))


CHECKS = (check_nothing_hidden_can_be_computed,)
