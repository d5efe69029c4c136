"""Write questions, order them, and correct them once suppliers can see them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from learnings.enums import Direction
from learnings.models import Answer, Question, Round
from learnings.services.changes import save_changed, stored
from learnings.services.meanings import settle_meaning


@transaction.atomic
def save_question(question: Question, *, is_correction: bool = False, reason: str = "", by: User | None) -> Question:
    """Save a question of a round; a new one follows last year's with the same key.

    While the round is prepared everything may change. Once suppliers can see it, a wording is only corrected, which
    `is_correction` says: answers keep the wording that they were given to. Raises ValidationError, with the way to do it,
    for a change of meaning then, for stricter demands on those who are writing, when an answered question would get another
    key or be asked of others, and when it is not said whether other words than last year's mean the same.
    """
    before = stored(question)
    if before is not None and before.round_id != question.round_id:
        text = _("A question stays in its round. Copy the round, or add the question to the other one.")
        raise ValidationError({"round": text})
    if before is None:
        question.predecessor = question.predecessor or _last_years(question)
    else:
        _check_answered(question, before)
        _check_opened(question, before, is_correction=is_correction)
    settle_meaning(question)
    return save_changed(question, reason=reason, by=by)


@transaction.atomic
def move_question(question: Question, *, direction: Direction, by: User | None) -> Question:
    """Move a question one place among those of its target group; at the end of them it stays where it is."""
    Round.objects.select_for_update().get(pk=question.round_id)
    rows = list(question.round.questions.filter(target_group=question.target_group_id))
    place = rows.index(question)
    other = place + (-1 if direction == Direction.UP else 1)
    if 0 <= other < len(rows):
        orders = _strictly_rising([row.order for row in rows])
        rows[place], rows[other] = rows[other], rows[place]
        for row, order in zip(rows, orders, strict=True):
            row.order = order
            save_changed(row, by=by)
    return question


@transaction.atomic
def withdraw_question(question: Question, *, reason: str = "", by: User | None) -> Question:
    """Ask a question of an opened round no longer; answers that were given stay. Raises ValidationError for the last one."""
    if question.round.is_draft:
        raise ValidationError(_("Suppliers have not seen the question yet. Delete it instead."))
    if not question.round.questions.asked().exclude(pk=question.pk).exists():
        raise ValidationError(_("It is the only question of the round. Add another before you withdraw it."))
    question.withdrawn_on = timezone.localdate()
    return save_changed(question, reason=reason, by=by)


@transaction.atomic
def ask_again(question: Question, *, by: User | None) -> Question:
    """Ask a withdrawn question again."""
    question.withdrawn_on = None
    return save_changed(question, by=by)


def _last_years(question: Question) -> Question | None:
    before = Question.objects.filter(round__year__lt=question.round.year, key=question.key)
    return before.order_by("-round__year").first()


def _check_answered(question: Question, before: Question) -> None:
    is_other = (before.key, before.target_group_id) != (question.key, question.target_group_id)
    if is_other and Answer.objects.filter(question=question).exists():
        raise ValidationError(
            _(
                "Suppliers have answered this question, so its key and target group can no longer change. "
                "Correct the wording only, or add a new question."
            )
        )


def _check_opened(question: Question, before: Question, *, is_correction: bool) -> None:
    if question.round.is_draft:
        return
    is_reworded = (before.wording, before.help_text) != (question.wording, question.help_text)
    if is_reworded and not is_correction:
        raise ValidationError(
            {
                "wording": _(
                    "Suppliers can see this question, so it may be corrected but not come to mean something else. If the "
                    "meaning is the same, tick “Only a correction” below. If you want to ask something else, add a new "
                    "question with its own key and withdraw this one."
                )
            }
        )
    if _is_stricter(question, before):
        raise ValidationError(
            _(
                "Suppliers are writing under the demands that the question had when the round opened. They can be "
                "eased but not made stricter. Add a new question if you need more."
            )
        )


def _is_stricter(question: Question, before: Question) -> bool:
    no_limit = 10**6
    return (
        (question.is_required and not before.is_required)
        or (before.may_not_apply and not question.may_not_apply)
        or (question.word_limit or no_limit) < (before.word_limit or no_limit)
    )


def _strictly_rising(orders: list[int]) -> list[int]:
    """Return places that differ, as near to the old ones as can be."""
    found: list[int] = []
    for order in orders:
        found.append(max(order, found[-1] + 1) if found else order)
    return found
