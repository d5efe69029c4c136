"""A second coder reads the same answers, so that the coding can be trusted; and how a round puts counts in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from learnings.models import Answer, CountWords, Excerpt, SecondReading, Theme
from learnings.services.changes import save_changed


@transaction.atomic
def save_second_reading(answer: Answer, *, themes: Iterable[Theme], by: User) -> SecondReading:
    """Save which themes a second coder finds in an answer; none of them is a finding too.

    Raises ValidationError when the person has coded the answer already, so that it would be held against itself, or when a
    theme is of another code book than the round.
    """
    rows = list(themes)
    if Excerpt.objects.filter(answer=answer, coded_by=by).exists():
        raise ValidationError(_("You have coded this answer yourself. A second coder must be another person."))
    if any(theme.code_book_id != answer.version.report.round.code_book_id for theme in rows):
        raise ValidationError(_("The theme belongs to another code book than the round. Choose another theme."))
    reading = SecondReading.objects.filter(answer=answer, coder=by).first() or SecondReading(answer=answer, coder=by)
    return save_changed(reading, related={"themes": rows}, by=by)


@transaction.atomic
def save_count_words(words: CountWords, *, reason: str = "", by: User | None) -> CountWords:
    """Save from which shares a round's counts are called “flere” and “de fleste”."""
    return save_changed(words, reason=reason, by=by)
