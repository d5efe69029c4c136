"""Write what suppliers are to rate, save their ratings, and bring them together so that nobody's own can be told."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from learnings.enums import RoundState
from learnings.models import EvaluationRelease, EvaluationStatement, ExperienceReport, Rating, ReportVersion, Round
from learnings.passages import normalise
from learnings.queries import round_summary
from learnings.queries.evaluation import may_be_released, ready_versions
from learnings.services.changes import save_changed, stored
from learnings.services.meanings import settle_meaning
from learnings.services.reports import draft_for_writing, hold_report
from learnings.services.saving import Basis, SavingConflictError
from learnings.services.standing import check_supplier_may_write

# What suppliers say is data of documents, so Danish.
USUAL_STATEMENTS = (
    ("visitation", "Kommunen visiterer de rette borgere til os, og henvisningerne er fyldestgørende."),
    ("svartider", "Vi får svar fra kommunen inden for rimelig tid."),
    ("oplysninger", "Vi får de oplysninger om borgeren, som vi skal bruge, når forløbet begynder."),
    ("kontakt", "Vi har en fast kontaktperson i kommunen, som kender vores samarbejde."),
)


@dataclass(frozen=True)
class DraftRating:
    score: int | None = None
    comment: str = ""


@transaction.atomic
def save_statement(
    statement: EvaluationStatement, *, is_correction: bool = False, reason: str = "", by: User | None
) -> EvaluationStatement:
    """Save a statement of a round; a new one follows last year's with the same key.

    Once suppliers can see it, its wording is only corrected, which `is_correction` says. Raises ValidationError for a change
    of meaning then, for another key when it is rated, and when it is not said whether other words than last year's mean the
    same.
    """
    before = stored(statement)
    if before is None:
        earlier = EvaluationStatement.objects.filter(round__year__lt=statement.round.year, key=statement.key)
        statement.predecessor = statement.predecessor or earlier.order_by("-round__year").first()
    else:
        _check_changes(statement, before, is_correction=is_correction)
    settle_meaning(statement)
    return save_changed(statement, reason=reason, by=by)


@transaction.atomic
def add_usual_statements(round: Round, *, by: User | None) -> list[EvaluationStatement]:
    """Give a round without statements the usual four; raises ValidationError when it has some."""
    if round.statements.exists():
        raise ValidationError(_("The round already has statements. Edit those."))
    rows = enumerate(USUAL_STATEMENTS, start=1)
    return [
        save_statement(EvaluationStatement(round=round, key=key, wording=wording, order=order), by=by)
        for order, (key, wording) in rows
    ]


@transaction.atomic
def save_rating(
    report: ExperienceReport, statement_id: int, *, given: DraftRating, basis: Basis, by: User | None
) -> Rating:
    """Save what a supplier's person says to one statement; a report without a draft gets one.

    The same sent again changes nothing, and a page never conflicts with itself. Raises SavingConflictError when somebody else
    has saved meanwhile, and then nothing is overwritten; ValidationError when the report takes no answers, or when the
    statement is not the round's.
    """
    report = hold_report(report, "round")
    check_supplier_may_write(report)
    statement = EvaluationStatement.objects.filter(round=report.round_id, pk=statement_id).first()
    if statement is None:
        raise ValidationError(_("The statement is no longer there. Reload the page."))
    draft = draft_for_writing(report, by=by)
    rating = draft.ratings.select_related("saved_by").filter(statement=statement).first()
    rating = rating or Rating(version=draft, statement=statement)
    comment = normalise(given.comment)
    if (rating.score, rating.comment) == (given.score, comment):
        return rating
    if rating.is_changed_since(basis.revision, page=basis.page):
        raise SavingConflictError(rating)
    rating.score, rating.comment = given.score, comment
    _write(rating, draft, page=basis.page, by=by)
    return rating


@transaction.atomic
def release_evaluation(round: Round, *, by: User | None) -> EvaluationRelease:
    """Bring together the ratings that are handed in, to be shown from now on.

    Raises ValidationError while the round is open, and when figures that are shown would change by what fewer than five
    suppliers say: the difference would tell it of them.
    """
    Round.objects.select_for_update().get(pk=round.pk)
    if round.state != RoundState.CLOSED:
        raise ValidationError(_("The round is not closed yet. The ratings are brought together when it closes."))
    release = _release(round, by=by)
    if release is None:
        raise ValidationError(
            _("Fewer than five suppliers have changed what they say, so the figures would tell it of them.")
        )
    return release


def release_on_closing(round: Round, *, by: User | None) -> None:
    """Bring the ratings of a round that closes together, if that tells nothing of a single supplier."""
    if round.statements.exists():
        _release(round, by=by)


def _release(round: Round, *, by: User | None) -> EvaluationRelease | None:
    """Bring together what is handed in; None when that would tell what a single supplier says."""
    ready = ready_versions(round).values()
    if not may_be_released(round, ready):
        return None
    release = EvaluationRelease.objects.create(round=round, asked=len(round_summary(round).owed), released_by=by)
    release.versions.set(ready)
    return release


def _write(rating: Rating, draft: ReportVersion, *, page: str, by: User | None) -> None:
    rating.count_saving(page=page, by=by)
    rating.clean_fields(exclude={"version", "statement", "saved_by"})
    ReportVersion.objects.count_saving(draft)  # nobody hands in what they have not seen
    rating.save(is_proved_draft=True)


def _check_changes(statement: EvaluationStatement, before: EvaluationStatement, *, is_correction: bool) -> None:
    if before.round_id != statement.round_id:
        raise ValidationError({"round": _("A statement stays in its round. Add one to the other round.")})
    if before.key != statement.key and statement.ratings.exists():
        raise ValidationError({"key": _("Suppliers have rated this statement, so its key can no longer change.")})
    if statement.round.is_draft or before.wording == statement.wording or is_correction:
        return
    text = _(
        "Suppliers can see this statement, so it may be corrected but not come to mean something else. If the meaning is the "
        "same, tick “Only a correction” below. If you want to ask something else, add a new statement with its own key."
    )
    raise ValidationError({"wording": text})
