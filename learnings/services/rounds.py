"""Prepare a round, copy it from last year's, open and close it."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.services import enqueue
from learnings.enums import TELLING_JOB, RoundState
from learnings.models import CodeBook, EvaluationStatement, ExperienceReport, Question, Round
from learnings.rules import may_move
from learnings.services.changes import save_changed
from learnings.services.evaluation import release_on_closing


@transaction.atomic
def save_round(round: Round, *, reason: str = "", by: User | None) -> Round:
    """Save a round with the committee's wishes; one without a code book gets one of its own."""
    if round.code_book_id is None:
        name = _("Code book %(year)s") % {"year": round.year}
        round.code_book = CodeBook.objects.filter(name=name).first() or save_changed(CodeBook(name=name), by=by)
    return save_changed(round, reason=reason, by=by)


@transaction.atomic
def copy_round(
    source: Round, *, year: int, title: str, opens_on: dt.date, closes_on: dt.date, by: User | None
) -> Round:
    """Return a new round with the questions and statements of another, each with last year's as predecessor.

    Questions that were withdrawn stay behind, and so do the wishes: a committee says anew what it wants to hear. The code
    book is shared, so that years can be compared. Raises ValidationError when the year has a round already.
    """
    new = Round(year=year, title=title, opens_on=opens_on, closes_on=closes_on)
    new.introduction, new.code_book = source.introduction, source.code_book
    save_changed(new, by=by)
    for question in source.questions.asked():
        save_changed(_copied(question, new), by=by)
    for statement in source.statements.all():
        same = {name: getattr(statement, name) for name in ("key", "wording", "order")}
        save_changed(EvaluationStatement(round=new, predecessor=statement, **same), by=by)
    return new


@transaction.atomic
def move_round(round: Round, *, to: RoundState, by: User | None) -> Round:
    """Open, close or reopen a round; the suppliers' teams are told of one that opens, by a job. With one that closes their
    ratings of the municipality are brought together.

    Raises ValidationError when the move is not legal, when there is nothing to ask, or when a round that has reports
    would become a draft again.
    """
    current = Round.objects.select_for_update().get(pk=round.pk)
    _check_move(current, to)
    round.state = to
    save_changed(round, by=by)
    if to == RoundState.CLOSED:
        release_on_closing(round, by=by)
    enqueue(TELLING_JOB, str(round.pk), key=f"round-{round.pk}", by=by)
    return round


def _copied(question: Question, new: Round) -> Question:
    same = ("key", "wording", "help_text", "target_group", "order", "word_limit", "is_required", "may_not_apply")
    return Question(round=new, predecessor=question, **{name: getattr(question, name) for name in same})


def _check_move(current: Round, to: RoundState) -> None:
    if not may_move(RoundState(current.state), to):
        raise ValidationError(
            _("The round is “%(state)s” and cannot become “%(to)s”. Reload the page to see where it stands.")
            % {"state": current.get_state_display(), "to": to.label}
        )
    if to == RoundState.OPEN and not current.questions.asked().exists():
        raise ValidationError(_("The round has no questions. Add at least one before you open it."))
    if to == RoundState.DRAFT and ExperienceReport.objects.filter(round=current).exists():
        raise ValidationError(
            _("Suppliers have begun to answer, so the round can no longer be a draft. Close it instead.")
        )
