"""Undo coding, step by step back, as far as nobody else has touched it since."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from learnings.enums import UNDONE
from learnings.models import Excerpt, Round, Theme
from learnings.services.coding import uncode
from records.services import save_record
from records.versions import CHANGED, CREATED

STEPS = 1_000


@transaction.atomic
def undo_coding(round: Round, *, by: User) -> Any:
    """Undo the person's last step of coding in the round and return its entry in history.

    Steps are: a passage coded, its mark as a strong quote or its theme changed, a coding removed. Raises ValidationError when
    there is nothing (more) to undo, or when a main point rests on what would go.
    """
    step = _last_step(round, by)
    if step is None:
        raise ValidationError(_("There is nothing more of yours to undo in this round."))
    excerpt = Excerpt.objects.filter(pk=step.id).first()
    if step.history_type == CREATED and excerpt is not None:
        uncode(excerpt, reason=UNDONE, by=by)
    else:
        _put_back(step.prev_record if step.history_type == CHANGED else step, by=by)
    return step


def _last_step(round: Round, by: User) -> Any:
    """Return the newest entry of the person's that still is the last word on its excerpt."""
    rows = Excerpt.history.filter(answer__version__report__round=round).order_by("-history_id")[:STEPS]
    standing: dict[int, list[Any]] = defaultdict(list)
    for row in reversed(rows):
        steps = standing[row.id]
        if row.history_change_reason != UNDONE:
            steps.append(row)
        elif steps:
            steps.pop()
    mine = [steps[-1] for steps in standing.values() if steps and steps[-1].history_user_id == by.pk]
    return max(mine, key=lambda row: row.history_id, default=None)


def _put_back(row: Any, *, by: User) -> None:
    if not Theme.objects.filter(pk=row.theme_id).exists():
        raise ValidationError(_("The theme does not exist any more, so the coding cannot be brought back."))
    excerpt = row.instance
    excerpt._state.adding = not Excerpt.objects.filter(pk=excerpt.pk).exists()
    save_record(excerpt, reason=UNDONE, by=by)
