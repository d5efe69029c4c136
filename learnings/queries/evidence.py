"""What the coded reports say, for cases and for the back office.

Counts are counts of suppliers, never of mentions: a supplier with three excerpts, or with contracts in two lots, is one.
Only the newest submitted version of a report counts, and only when it is accepted: main points, cases and what is public know
nothing else. Who codes before that asks for `Counted.HANDED_IN`, and is told that it is provisional. The number of queries is
the same for one supplier and for 500.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from learnings.enums import Addressee, Counted, InitiativeState, ReplyKind, TenderInputState
from learnings.models import (
    Excerpt,
    Initiative,
    MainPoint,
    Question,
    Recommendation,
    Round,
    TenderInput,
)
from learnings.passages import Span
from learnings.queries.panel import Panel, Support
from learnings.queries.quoting import kept_out
from learnings.queries.staleness import changes_since_review
from learnings.queries.who import Scope, SupplierRef, ref
from suppliers.models import Supplier


class Supported:
    """What rests on a count of suppliers, as its readers ask for it."""

    support: Support

    @property
    def n(self) -> int:
        return self.support.n

    @property
    def m(self) -> int:
        return self.support.m

    @property
    def suppliers(self) -> tuple[str, ...]:
        return self.support.supplier_names

    @property
    def excerpt_ids(self) -> tuple[int, ...]:
        return self.support.excerpt_ids


@dataclass(frozen=True)
class MainPointSummary(Supported):
    """A main point with its count. `question_wording` is None when the point rests on several questions.

    `provisional` counts what is handed in, too, as long as some of it is not accepted.
    """

    id: int
    heading: str
    text: str
    question_id: int | None
    question_key: str | None
    question_wording: str | None
    support: Support
    themes: tuple[str, ...] = ()
    scope: str = ""
    is_published: bool = False
    changes: tuple[str, ...] = ()
    provisional: Support | None = None
    round_id: int = 0


@dataclass(frozen=True)
class ReplySummary:
    kind: ReplyKind
    reason: str
    decided_by: str
    decided_on: dt.date


@dataclass(frozen=True)
class InitiativeSummary:
    id: int
    heading: str
    text: str
    responsible: str
    starts_on: dt.date | None
    state: InitiativeState
    ends_on: dt.date | None = None


@dataclass(frozen=True)
class TenderInputSummary:
    """What a tender did with a recommendation."""

    tender_id: int
    tender: str
    state: TenderInputState
    note: str


@dataclass(frozen=True)
class RecommendationSummary(Supported):
    """A recommendation with its count among the suppliers whose report is accepted, its reply and what came of it."""

    id: int
    heading: str
    text: str
    support: Support
    reply: ReplySummary | None
    initiatives: tuple[InitiativeSummary, ...]
    addressee: str = ""
    is_to_us: bool = False
    tenders: tuple[TenderInputSummary, ...] = ()
    provisional: Support | None = None
    round_id: int = 0


@dataclass(frozen=True)
class Quote:
    """A passage as the supplier wrote it, with all that is needed to find it again."""

    excerpt_id: int
    text: str
    supplier: SupplierRef
    question_id: int
    question_key: str
    question_wording: str
    theme: str
    version_id: int
    version_number: int
    submitted_at: dt.datetime
    is_strong: bool
    is_outdated: bool
    is_accepted: bool
    report_id: int
    answer_id: int
    is_withheld: bool = False

    @property
    def may_be_published(self) -> bool:
        """Tell whether the supplier's accepted report says it, and nobody has asked to keep it out."""
        return self.is_accepted and not self.is_outdated and not self.is_withheld


def main_points(
    round: Round, *, question: Question | None = None, is_published: bool | None = None
) -> list[MainPointSummary]:
    """Return the round's main points in order, or those of one question, or those (not) published; at most 11 queries."""
    points = MainPoint.objects.filter(round=round).select_related("question", "lot", "target_group")
    points = points.filter(question=question) if question else points
    points = points if is_published is None else points.filter(published_at__isnull=not is_published)
    points = points.prefetch_related(Prefetch("excerpts", _counted_excerpts()), "themes", "reviews")
    panel = Panel(round)
    return [_main_point_summary(point, panel) for point in points]


def support_of(point: MainPoint) -> Support:
    """Return the count of one main point; at most 9 queries."""
    scope = Scope(lot_id=point.lot_id, target_group_id=point.target_group_id)
    excerpts = _counted_excerpts().filter(pk__in=point.excerpts.values("pk"))
    return Panel(point.round).support(excerpts, question=point.question, scope=scope)


def recommendations(round: Round) -> list[RecommendationSummary]:
    """Return the round's recommendations in order, with replies, initiatives and tenders; at most 9 queries."""
    rows = Recommendation.objects.filter(round=round).select_related("reply")
    rows = rows.prefetch_related(
        Prefetch("excerpts", _counted_excerpts()), "initiatives", Prefetch("tender_inputs", _with_tender())
    )
    panel = Panel(round)
    return [_recommendation_summary(row, panel) for row in rows]


def quotes(excerpts: Iterable[int | Excerpt]) -> list[Quote]:
    """Return the passages of the excerpts (or of their ids) in the order given; 5 queries. Unknown ids are left out."""
    ids = [excerpt if isinstance(excerpt, int) else excerpt.pk for excerpt in excerpts]
    if not ids:
        return []
    found = {row.pk: row for row in _counted_excerpts().filter(pk__in=ids).select_related("theme")}
    hidden = kept_out(row.answer for row in found.values())
    return [_quote(found[pk], hidden[found[pk].answer_id]) for pk in ids if pk in found]


def suppliers_behind(point: MainPoint | Recommendation) -> list[Supplier]:
    """Return the suppliers whose accepted report still says what the point rests on; 2 queries."""
    excerpts = _counted_excerpts().filter(pk__in=point.excerpts.values("pk"))
    suppliers = {row.answer.version.report.supplier.survivor for row in excerpts if row.counts(Counted.ACCEPTED)}
    return sorted(suppliers, key=lambda supplier: supplier.name)


def _counted_excerpts() -> QuerySet[Excerpt]:
    return Excerpt.objects.with_newest().select_related(
        "answer__question", "answer__version__report__supplier__merged_into"
    )


def _main_point_summary(point: MainPoint, panel: Panel) -> MainPointSummary:
    question = point.question
    scope = Scope(lot_id=point.lot_id, target_group_id=point.target_group_id)
    support = panel.support(point.excerpts.all(), question=question, scope=scope)
    return MainPointSummary(
        id=point.pk,
        heading=point.heading,
        text=point.text,
        question_id=point.question_id,
        question_key=question.key if question else None,
        question_wording=question.wording if question else None,
        support=support,
        themes=tuple(theme.name for theme in point.themes.all()),
        scope=str(point.lot or point.target_group or ""),
        is_published=point.is_published,
        changes=changes_since_review(point, support),
        provisional=panel.provisional(point.excerpts.all(), question=question, scope=scope),
        round_id=point.round_id,
    )


def _recommendation_summary(row: Recommendation, panel: Panel) -> RecommendationSummary:
    return RecommendationSummary(
        id=row.pk,
        heading=row.heading,
        text=row.text,
        support=panel.support(row.excerpts.all(), question=None),
        provisional=panel.provisional(row.excerpts.all(), question=None),
        reply=_reply_summary(row),
        initiatives=tuple(_initiative_summary(item) for item in row.initiatives.all()),
        addressee=row.addressee_name or row.get_addressee_display(),
        is_to_us=row.addressee == Addressee.OWN_DEPARTMENT and not row.addressee_name,
        tenders=tuple(_tender_summary(item) for item in row.tender_inputs.all()),
        round_id=row.round_id,
    )


def _with_tender() -> QuerySet[TenderInput]:
    return TenderInput.objects.select_related("tender")


def _tender_summary(item: TenderInput) -> TenderInputSummary:
    return TenderInputSummary(item.tender_id, str(item.tender), TenderInputState(item.state), item.note)


def _initiative_summary(item: Initiative) -> InitiativeSummary:
    return InitiativeSummary(
        id=item.pk,
        heading=item.heading,
        text=item.text,
        responsible=item.responsible,
        starts_on=item.starts_on,
        ends_on=item.ends_on,
        state=InitiativeState(item.state),
    )


def _reply_summary(row: Recommendation) -> ReplySummary | None:
    reply = getattr(row, "reply", None)
    if reply is None:
        return None
    return ReplySummary(
        kind=ReplyKind(reply.kind), reason=reply.reason, decided_by=reply.decided_by, decided_on=reply.decided_on
    )


def _quote(row: Excerpt, hidden: Iterable[Span]) -> Quote:
    answer, version = row.answer, row.answer.version
    if version.submitted_at is None:
        raise ValueError(f"excerpt {row.pk} rests on version {version.pk}, which is not submitted")
    return Quote(
        excerpt_id=row.pk,
        text=row.passage,
        supplier=ref(version.report.supplier),
        question_id=answer.question_id,
        question_key=answer.question.key,
        question_wording=answer.wording,
        theme=row.theme.name,
        version_id=version.pk,
        version_number=version.number,
        submitted_at=version.submitted_at,
        is_strong=row.is_strong,
        is_outdated=row.is_outdated,
        is_accepted=row.is_accepted,  # type: ignore[attr-defined]
        report_id=version.report_id,
        answer_id=answer.pk,
        is_withheld=any(start < row.end and row.start < end for start, end in hidden),
    )
