"""Prepare a round, open and close it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from committees.models import Decision
from learnings.enums import RoundState
from learnings.models import Answer, CodeBook, ExperienceReport, Question, Round
from learnings.rules import may_move
from learnings.services.changes import save_changed, stored


@transaction.atomic
def save_round(round: Round, *, wishes: Iterable[Decision] | None = None, reason: str = "", by: User | None) -> Round:
    """Save a round; one without a code book gets one of its own. `wishes` None leaves them as they are."""
    if round.code_book_id is None:
        name = _("Code book %(year)s") % {"year": round.year}
        round.code_book = CodeBook.objects.filter(name=name).first() or save_changed(CodeBook(name=name), by=by)
    related = {} if wishes is None else {"wishes": wishes}
    return save_changed(round, related=related, reason=reason, by=by)


@transaction.atomic
def move_round(round: Round, *, to: RoundState, by: User | None) -> Round:
    """Open, close or reopen a round.

    Raises ValidationError when the move is not legal, when there is nothing to ask, or when a round that has reports
    would become a draft again.
    """
    current = Round.objects.select_for_update().get(pk=round.pk)
    if not may_move(RoundState(current.state), to):
        raise ValidationError(
            _("The round is “%(state)s” and cannot become “%(to)s”. Reload the page to see where it stands.")
            % {"state": current.get_state_display(), "to": to.label}
        )
    if to == RoundState.OPEN and not current.questions.exists():
        raise ValidationError(_("The round has no questions. Add at least one before you open it."))
    if to == RoundState.DRAFT and ExperienceReport.objects.filter(round=current).exists():
        raise ValidationError(
            _("Suppliers have begun to answer, so the round can no longer be a draft. Close it instead.")
        )
    round.state = to
    return save_changed(round, by=by)


@transaction.atomic
def save_question(question: Question, *, reason: str = "", by: User | None) -> Question:
    """Save a question of a round.

    Wording may be corrected at any time: answers keep the wording they were given to. Raises ValidationError when an
    answered question would get another key or be asked of others, since its answers would then mean something else.
    """
    before = stored(question)
    is_other = before is not None and (before.key, before.target_group_id) != (question.key, question.target_group_id)
    if is_other and Answer.objects.filter(question=question).exists():
        raise ValidationError(
            _(
                "Suppliers have answered this question, so its key and target group can no longer change. "
                "Correct the wording only, or add a new question."
            )
        )
    return save_changed(question, reason=reason, by=by)
