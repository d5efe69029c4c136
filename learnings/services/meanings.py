"""Whether other words than last year's mean the same: of questions and of statements alike."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from learnings.models import EvaluationStatement, Question


def settle_meaning(row: Question | EvaluationStatement) -> None:
    """Keep what was said of other words than last year's; forget it when there is nothing to compare.

    Raises ValidationError when the words are others and nothing is said.
    """
    last = row.predecessor
    if last is None or last.wording == row.wording:
        row.meaning = ""
    elif not row.meaning:
        text = _("Last year it read: “%(wording)s”. Say whether the new words mean the same or something else.")
        raise ValidationError({"meaning": text % {"wording": last.wording}})
