"""Make, move and merge themes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from learnings.models import Excerpt, MainPoint, Recommendation, SecondReading, Theme
from learnings.services.changes import save_changed
from records.services import delete_record, save_record


@transaction.atomic
def save_theme(theme: Theme, *, reason: str = "", by: User | None) -> Theme:
    """Save a theme; raises ValidationError when it would stand under itself or under another code book's theme."""
    if theme.parent is not None and theme.parent.code_book_id != theme.code_book_id:
        raise ValidationError({"parent": _("The theme above belongs to another code book. Choose one of the same.")})
    if theme.parent is not None and theme.pk in _line_above(theme.parent):
        raise ValidationError({"parent": _("A theme cannot stand under itself. Choose another theme, or none.")})
    return save_changed(theme, reason=reason, by=by)


@transaction.atomic
def merge_themes(theme: Theme, *, into: Theme, by: User | None) -> Theme:
    """Move all that is coded under a theme, and the themes below it, to another; the theme itself is deleted.

    A passage coded under both is kept once, and what rested on either rests on the one that stays. Raises ValidationError
    when it is the same theme, of another code book, or stands below the first.
    """
    if into.pk == theme.pk or into.code_book_id != theme.code_book_id or theme.pk in _line_above(into):
        raise ValidationError(
            {"into": _("Choose another theme of the code book, which does not stand below this one.")}
        )
    reason = _("“%(theme)s” merged into “%(into)s”") % {"theme": theme.name, "into": into.name}
    for child in theme.children.all():
        child.parent = into
        save_record(child, reason=reason, by=by)
    for excerpt in theme.excerpts.all():
        _move(excerpt, into, reason=reason, by=by)
    named: list[MainPoint | SecondReading] = [*theme.main_points.all(), *theme.second_readings.all()]
    for row in named:
        _replace(row, theme, into, reason=reason, by=by)
    delete_record(theme, reason=reason, by=by)
    return into


def _line_above(theme: Theme) -> set[int]:
    """Return the keys of a theme and of all that it stands under."""
    found: set[int] = set()
    above: Theme | None = theme
    while above is not None and above.pk not in found:
        found.add(above.pk)
        above = above.parent
    return found


def _move(excerpt: Excerpt, into: Theme, *, reason: str, by: User | None) -> None:
    same = {"answer": excerpt.answer_id, "start": excerpt.start, "end": excerpt.end}
    twin = Excerpt.objects.filter(theme=into, **same).first()
    if twin is None:
        excerpt.theme = into
        save_record(excerpt, reason=reason, by=by)
        return
    if excerpt.is_strong and not twin.is_strong:
        twin.is_strong = True
        save_record(twin, reason=reason, by=by)
    resting: list[MainPoint | Recommendation] = [*excerpt.main_points.all(), *excerpt.recommendations.all()]
    for row in resting:
        _rest_on_twin(row, excerpt, twin, reason=reason, by=by)
    delete_record(excerpt, reason=reason, by=by)


def _rest_on_twin(
    row: MainPoint | Recommendation, excerpt: Excerpt, twin: Excerpt, *, reason: str, by: User | None
) -> None:
    kept = [each for each in row.excerpts.all() if each.pk not in {excerpt.pk, twin.pk}]
    save_record(row, related={"excerpts": [*kept, twin]}, reason=reason, by=by)


def _replace(row: MainPoint | SecondReading, theme: Theme, into: Theme, *, reason: str, by: User | None) -> None:
    kept = [each for each in row.themes.all() if each.pk not in {theme.pk, into.pk}]
    save_record(row, related={"themes": [*kept, into]}, reason=reason, by=by)
