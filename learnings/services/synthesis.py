"""Write main points and recommendations that rest on excerpts, reply to them and record what is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from contracts.models import Tender
from learnings.enums import ReplyKind, TenderInputState
from learnings.models import (
    EvidenceReview,
    Excerpt,
    Initiative,
    MainPoint,
    Recommendation,
    Reply,
    TenderInput,
    Theme,
)
from learnings.queries import Support, changes_since_review, evidence_of, support_of
from learnings.services.changes import save_changed
from records.services import save_record


@transaction.atomic
def save_main_point(
    point: MainPoint,
    *,
    excerpts: Iterable[Excerpt] | None = None,
    themes: Iterable[Theme] | None = None,
    reason: str = "",
    by: User | None,
) -> MainPoint:
    """Save a main point; `excerpts` are all that it rests on, None leaves them as they are, and themes likewise.

    Who saves has looked the evidence through. Raises ValidationError when the question, an excerpt or a theme is of another
    round, when the point is about one question and an excerpt is from the answer to another (it would be counted among
    suppliers who were asked something else), or when a published point would lose the last of its evidence.
    """
    if point.question is not None and point.question.round_id != point.round_id:
        raise ValidationError({"question": _("The question belongs to another round. Choose one of this round's.")})
    rows = _chosen(point, excerpts)
    _check_round(rows, point.round_id)
    _check_question(rows, point)
    related: dict[str, Iterable[models.Model]] = dict(_related(excerpts, rows))
    if themes is not None:
        related["themes"] = _checked_themes(themes, point)
    with transaction.atomic():
        saved = save_changed(point, related=related, reason=reason, by=by)
        support = review_evidence(saved, by=by)
        if saved.is_published and not support.n:
            raise ValidationError(
                {"excerpts": _("The main point is published and must rest on something. Withdraw it first.")}
            )
    return saved


@transaction.atomic
def review_evidence(point: MainPoint, *, by: User | None) -> Support:
    """Note that somebody has looked through what a main point rests on; return what is counted now."""
    support = support_of(point)
    evidence = evidence_of(support)
    newest = point.reviews.last()
    if newest is None or newest.evidence != evidence:
        EvidenceReview.objects.create(main_point=point, evidence=evidence, reviewed_by=by)
    return support


@transaction.atomic
def publish_main_point(point: MainPoint, *, by: User | None) -> MainPoint:
    """Let the main point stand in cases and on the web.

    Raises ValidationError when nothing that counts supports it, or when its evidence has changed since it was looked through.
    """
    support = support_of(point)
    if support.waiting_excerpt_ids and not support.n:
        raise ValidationError(
            _("“%(heading)s” rests on reports that are not accepted yet. Accept them, then publish it.")
            % {"heading": point.heading}
        )
    if not support.n:
        raise ValidationError(
            _("“%(heading)s” rests on no excerpt that counts. Choose excerpts, then publish it.")
            % {"heading": point.heading}
        )
    if changes_since_review(point, support):
        raise ValidationError(
            _("The evidence of “%(heading)s” has changed. Look it through, then publish it.")
            % {"heading": point.heading}
        )
    review_evidence(point, by=by)
    point.published_at, point.published_by = timezone.now(), by
    return save_record(point, reason=_("Published"), by=by)


@transaction.atomic
def withdraw_main_point(point: MainPoint, *, by: User | None) -> MainPoint:
    """Take the main point out of cases and the web again."""
    point.published_at = point.published_by = None
    return save_record(point, reason=_("Withdrawn"), by=by)


@transaction.atomic
def save_recommendation(
    recommendation: Recommendation, *, excerpts: Iterable[Excerpt] | None = None, reason: str = "", by: User | None
) -> Recommendation:
    """Save a recommendation; `excerpts` are all that it rests on, None leaves them as they are.

    Raises ValidationError when an excerpt is of another round.
    """
    rows = _chosen(recommendation, excerpts)
    _check_round(rows, recommendation.round_id)
    return save_changed(recommendation, related=_related(excerpts, rows), reason=reason, by=by)


@transaction.atomic
def link_excerpts(
    target: MainPoint | Recommendation, *, excerpts: Iterable[Excerpt], by: User | None
) -> MainPoint | Recommendation:
    """Let the main point or recommendation rest on these excerpts too; errors as when it is saved."""
    return _save(target, [*target.excerpts.all(), *excerpts], by=by)


@transaction.atomic
def unlink_excerpts(
    target: MainPoint | Recommendation, *, excerpts: Iterable[Excerpt], by: User | None
) -> MainPoint | Recommendation:
    """Let the main point or recommendation no longer rest on these excerpts."""
    gone = {excerpt.pk for excerpt in excerpts}
    return _save(target, [row for row in target.excerpts.all() if row.pk not in gone], by=by)


@transaction.atomic
def reply_to_recommendation(
    recommendation: Recommendation,
    *,
    kind: ReplyKind,
    reason: str,
    decided_by: str,
    decided_on: dt.date,
    by: User | None,
) -> Reply:
    """Reply to a recommendation; an earlier reply is replaced and stays in history.

    Raises ValidationError without a reason or without who decides: a bare yes or no is no reply.
    """
    reply = Reply.objects.filter(recommendation=recommendation).first() or Reply(recommendation=recommendation)
    reply.kind, reply.reason, reply.decided_by, reply.decided_on = kind, reason, decided_by, decided_on
    return save_changed(reply, by=by)


@transaction.atomic
def save_initiative(initiative: Initiative, *, reason: str = "", by: User | None) -> Initiative:
    """Save what is done because of a recommendation."""
    return save_changed(initiative, reason=reason, by=by)


@transaction.atomic
def hand_to_tender(recommendation: Recommendation, *, tender: Tender, by: User | None) -> TenderInput:
    """Hand a recommendation on to a tender, once; there it is ticked as used or not used."""
    found = TenderInput.objects.filter(recommendation=recommendation, tender=tender).first()
    return found or save_changed(TenderInput(recommendation=recommendation, tender=tender), by=by)


@transaction.atomic
def judge_tender_input(item: TenderInput, *, state: TenderInputState, note: str, by: User | None) -> TenderInput:
    """Say whether the tender uses the recommendation; raises ValidationError when it does not and no reason is given."""
    item.state, item.note = state, note.strip()
    return save_changed(item, by=by)


def _checked_themes(themes: Iterable[Theme], point: MainPoint) -> list[Theme]:
    rows = list(themes)
    foreign = [theme.name for theme in rows if theme.code_book_id != point.round.code_book_id]
    if foreign:
        raise ValidationError(
            {"themes": _("These themes belong to another code book: %(names)s.") % {"names": ", ".join(foreign)}}
        )
    return rows


def _save(
    target: MainPoint | Recommendation, excerpts: list[Excerpt], *, by: User | None
) -> MainPoint | Recommendation:
    if isinstance(target, MainPoint):
        return save_main_point(target, excerpts=excerpts, by=by)
    return save_recommendation(target, excerpts=excerpts, by=by)


def _chosen(target: MainPoint | Recommendation, excerpts: Iterable[Excerpt] | None) -> list[Excerpt]:
    if excerpts is None:
        ids = list(target.excerpts.values_list("pk", flat=True)) if target.pk else []
    else:
        ids = [excerpt.pk for excerpt in excerpts]
    return list(Excerpt.objects.filter(pk__in=ids).select_related("answer__version__report"))


def _related(excerpts: Iterable[Excerpt] | None, rows: list[Excerpt]) -> dict[str, list[Excerpt]]:
    return {} if excerpts is None else {"excerpts": rows}


def _check_round(rows: list[Excerpt], round_id: int) -> None:
    foreign = [row for row in rows if row.answer.version.report.round_id != round_id]
    if foreign:
        raise ValidationError(_named(foreign, _("These passages are from another round. Take them out: %(passages)s")))


def _check_question(rows: list[Excerpt], point: MainPoint) -> None:
    foreign = [row for row in rows if point.question_id and row.answer.question_id != point.question_id]
    if foreign:
        message = ngettext(
            "The point is about one question, but a passage is from the answer to another. Take it out, or let the "
            "point be about several questions: %(passages)s",
            "The point is about one question, but passages are from answers to others. Take them out, or let the "
            "point be about several questions: %(passages)s",
            len(foreign),
        )
        raise ValidationError({"excerpts": _named(foreign, message)})


def _named(rows: list[Excerpt], message: str) -> str:
    return message % {"passages": " · ".join(f"“{row.passage}”" for row in rows)}
