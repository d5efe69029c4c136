"""What happens to a supplier's ratings when its report gets a new version."""

from __future__ import annotations

from collections.abc import Iterable

from learnings.models import Rating, ReportVersion


def carry_ratings_over(newest: ReportVersion, draft: ReportVersion) -> None:
    """Let a new version begin with the ratings of the one before."""
    names = ("statement_id", "score", "comment", "saved_at", "saved_by_id")
    Rating.objects.bulk_create(
        Rating(version=draft, **{name: getattr(row, name) for name in names}) for row in newest.ratings.all()
    )


def rated(version: ReportVersion) -> set[tuple[int, int | None, str]]:
    """Return what a version says of the municipality, to tell whether another says the same."""
    rows: Iterable[Rating] = version.ratings.exclude(score=None, comment="")
    return {(row.statement_id, row.score, row.comment) for row in rows}
