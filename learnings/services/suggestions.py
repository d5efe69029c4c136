"""Accept or dismiss passages that the program found; only what is accepted is coded, and counts."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from learnings.models import Answer, DismissedSuggestion, Excerpt, Theme
from learnings.passages import Span
from learnings.services.changes import save_changed
from learnings.services.coding import check_span, code_excerpt
from records.services import delete_record


@transaction.atomic
def accept_suggestion(answer: Answer, *, theme: Theme, span: Span, by: User | None) -> Excerpt:
    """Code the suggested passage; errors as `code_excerpt`."""
    return code_excerpt(answer, theme=theme, span=span, was_suggested=True, by=by)


@transaction.atomic
def dismiss_suggestion(answer: Answer, *, theme: Theme, span: Span, by: User | None) -> DismissedSuggestion:
    """Suggest the passage for the theme no more. Raises ValidationError when the span lies outside the answer."""
    start, end = check_span(answer, span)
    known = DismissedSuggestion.objects.filter(answer=answer, theme=theme, start=start, end=end).first()
    row = known or DismissedSuggestion(answer=answer, theme=theme, start=start, end=end, dismissed_by=by)
    return save_changed(row, by=by)


@transaction.atomic
def suggest_again(row: DismissedSuggestion, *, by: User | None) -> None:
    """Take a dismissal back."""
    delete_record(row, by=by)
