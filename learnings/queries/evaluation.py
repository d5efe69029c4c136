"""The one door to what suppliers say of the municipality: across suppliers, from five answers on, as it was released.

A supplier's own ratings are read by `rating_section`, for that supplier's pages alone. Everything else (the back office,
exports, cases) asks `evaluation`. `tests/learnings/test_evaluation_door.py` holds that nobody reads ratings past it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Prefetch, QuerySet

from learnings.enums import RoundState
from learnings.models import EvaluationRelease, EvaluationStatement, ExperienceReport, Rating, ReportVersion, Round
from learnings.queries.who import round_summary
from learnings.ratings import THIN_BELOW, Distribution, Said, Sheets, comments, distribution, may_follow


@dataclass(frozen=True)
class StatementResult:
    """A statement with what may be told: nothing but its words where fewer than five suppliers answered."""

    statement: EvaluationStatement
    told: Distribution | None
    before: Distribution | None
    comments: tuple[str, ...]

    @property
    def is_reworded(self) -> bool:
        last = self.statement.predecessor
        return last is not None and last.wording != self.statement.wording


@dataclass(frozen=True)
class Evaluation:
    """What the suppliers of a round say together. `released_at` is None until the round has closed.

    `rated` of the `asked` suppliers have rated something in a report that is handed in.
    """

    round: Round
    rows: tuple[StatementResult, ...]
    rated: int
    asked: int
    released_at: dt.datetime | None
    year_before: int | None
    can_bring_in: bool

    @property
    def told(self) -> tuple[StatementResult, ...]:
        return tuple(row for row in self.rows if row.told)

    @property
    def for_dialogue(self) -> tuple[StatementResult, ...]:
        """Return the statements that are no figures, but something to talk about; none before the release."""
        return tuple(row for row in self.rows if not row.told) if self.released_at else ()

    @property
    def is_thin(self) -> bool:
        """Tell whether so few answered that the year before is not set beside it."""
        return _is_thin(self.rated, self.asked)


@dataclass(frozen=True)
class RatingRow:
    statement: EvaluationStatement
    rating: Rating | None

    @property
    def score(self) -> int | None:
        return self.rating.score if self.rating else None

    @property
    def comment(self) -> str:
        return self.rating.comment if self.rating else ""

    @property
    def revision(self) -> int:
        return self.rating.revision if self.rating else 0

    @property
    def is_rated(self) -> bool:
        return self.score is not None or bool(self.comment)


@dataclass(frozen=True)
class RatingSection:
    """A supplier's own ratings in one version of its report, for that supplier alone."""

    rows: tuple[RatingRow, ...]

    @property
    def rated(self) -> int:
        return sum(row.is_rated for row in self.rows)


def evaluation(round: Round) -> Evaluation:
    """Return what may be told of a round; at most 11 queries, however many suppliers."""
    shown = _shown(EvaluationRelease.objects.filter(round=round))
    earlier = _shown(EvaluationRelease.objects.filter(round=_year_before(round)).select_related("round"))
    ready = ready_versions(round)
    rated = len(shown[0].sheets) if shown else len(ready)
    asked = shown[0].release.asked if shown else len(round_summary(round).owed)
    last = earlier[0].sheets if earlier and not (_is_thin(rated, asked) or earlier[0].is_thin) else {}
    rows = tuple(_row(each, shown[0].sheets if shown else {}, last) for each in statements_of(round))
    return Evaluation(
        round=round,
        rows=rows,
        rated=rated,
        asked=asked,
        released_at=shown[0].release.released_at if shown else None,
        year_before=earlier[0].release.round.year if any(row.before for row in rows) else None,
        can_bring_in=_can_bring_in(round, shown, ready),
    )


def statements_of(round: Round) -> list[EvaluationStatement]:
    return list(round.statements.select_related("predecessor"))


def rating_section(report: ExperienceReport, version: ReportVersion | None) -> RatingSection:
    """Return the supplier's own ratings beside every statement of the round; 2 queries."""
    given = {row.statement_id: row for row in version.ratings.select_related("saved_by")} if version else {}
    return RatingSection(tuple(RatingRow(each, given.get(each.pk)) for each in statements_of(report.round)))


def ready_versions(round: Round) -> dict[int, ReportVersion]:
    """Return the newest submitted version of each supplier that has rated anything in it, by supplier; one query."""
    rated = Rating.objects.exclude(score=None, comment="").values("version")
    versions = ReportVersion.objects.newest().filter(report__round=round, pk__in=rated)
    found = versions.select_related("report__supplier__merged_into").order_by("submitted_at", "pk")
    return {version.report.supplier.survivor_id: version for version in found}


def may_be_released(round: Round, ready: Iterable[ReportVersion]) -> bool:
    """Tell whether the ratings of these versions may be shown after all that was shown before; 4 queries."""
    return _may_follow(_shown(EvaluationRelease.objects.filter(round=round)), list(ready))


@dataclass(frozen=True)
class _Shown:
    """What a release shows, by supplier and statement."""

    release: EvaluationRelease
    sheets: Sheets

    @property
    def is_thin(self) -> bool:
        return _is_thin(len(self.sheets), self.release.asked)


def _can_bring_in(round: Round, shown: list[_Shown], ready: Mapping[int, ReportVersion]) -> bool:
    if round.state != RoundState.CLOSED:
        return False
    new = {version.pk for version in ready.values()}
    is_new = not shown or new != {version.pk for version in shown[0].release.versions.all()}
    return is_new and _may_follow(shown, list(ready.values()))


def _may_follow(shown: list[_Shown], ready: list[ReportVersion]) -> bool:
    # After each that was ever shown: two that are alike but for one supplier need not come after one another.
    after = _sheets(ready, _said(ready))
    return all(may_follow(each.sheets, after) for each in shown)


def _shown(releases: QuerySet[EvaluationRelease]) -> list[_Shown]:
    """Return what was released, the newest first; 3 queries."""
    versions = Prefetch("versions", ReportVersion.objects.select_related("report"))
    found = list(releases.order_by("-pk").prefetch_related(versions))
    said = _said(version for release in found for version in release.versions.all())
    return [_Shown(release, _sheets(release.versions.all(), said)) for release in found]


def _said(versions: Iterable[ReportVersion]) -> Mapping[int, dict[int, Said]]:
    """Return what each version says to each statement."""
    said: dict[int, dict[int, Said]] = defaultdict(dict)
    for row in Rating.objects.filter(version__in=[version.pk for version in versions]).exclude(score=None, comment=""):
        said[row.version_id][row.statement_id] = Said(row.score, row.comment)
    return said


def _sheets(versions: Iterable[ReportVersion], said: Mapping[int, dict[int, Said]]) -> Sheets:
    # By the name that a version was handed in under: a merge afterwards changes no figure that was shown.
    return {version.report.supplier_id: said[version.pk] for version in versions if version.pk in said}


def _is_thin(rated: int, asked: int) -> bool:
    return bool(asked) and Fraction(rated, asked) < THIN_BELOW


def _year_before(round: Round) -> Round | None:
    """Return the newest earlier round of which anything is released."""
    earlier = Round.objects.filter(year__lt=round.year, evaluation_releases__isnull=False)
    return earlier.order_by("-year").first()


def _row(statement: EvaluationStatement, sheets: Sheets, last: Sheets) -> StatementResult:
    said = [sheet[statement.pk] for sheet in sheets.values() if statement.pk in sheet]
    then = statement.predecessor_id or 0
    before = [sheet[then] for sheet in last.values() if then in sheet]
    return StatementResult(
        statement=statement,
        told=distribution(row.score for row in said),
        before=distribution(row.score for row in before) if statement.is_comparable else None,
        comments=comments(said),
    )
