"""Code passages of submitted answers into themes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from learnings.models import Answer, Excerpt, MainPoint, Recommendation, ReportVersion, Theme
from learnings.passages import Span, find_passage
from learnings.services.changes import save_changed
from records.services import delete_record


class AmbiguousPassageError(ValidationError):
    """The passage stands in the answer more than once; `spans` are the places to choose between."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = spans
        super().__init__(
            _("The passage stands %(count)d times in the answer. Choose which one you mean.") % {"count": len(spans)},
            code="ambiguous",
        )


@transaction.atomic
def code_excerpt(
    answer: Answer,
    *,
    theme: Theme,
    passage: str = "",
    span: Span | None = None,
    is_strong: bool = False,
    was_suggested: bool = False,
    by: User | None,
) -> Excerpt:
    """Code a passage of a submitted answer under a theme.

    The place is a span (characters, end left out), or a passage that stands in the answer, white space aside. The same
    place and theme again returns the excerpt that is there. Raises AmbiguousPassageError when the passage stands there
    more than once, and ValidationError when it does not, when the span lies outside the answer or is blank, when the
    version is not the newest submitted one, or when the theme is of another code book.
    """
    start, end = _place(answer, passage) if span is None else check_span(answer, span)
    if found := Excerpt.objects.filter(answer=answer, theme=theme, start=start, end=end).first():
        return mark_strong(found, is_strong=True, by=by) if is_strong else found
    _check_codable(answer, theme)
    excerpt = Excerpt(answer=answer, theme=theme, start=start, end=end, is_strong=is_strong, coded_by=by)
    excerpt.was_suggested = was_suggested
    return save_changed(excerpt, by=by)


@transaction.atomic
def mark_strong(excerpt: Excerpt, *, is_strong: bool, by: User | None) -> Excerpt:
    """Mark the excerpt as a quote worth printing, or take the mark away."""
    excerpt.is_strong = is_strong
    return save_changed(excerpt, by=by)


@transaction.atomic
def uncode(excerpt: Excerpt, *, reason: str = "", by: User) -> None:
    """Remove the coding; raises ValidationError when a main point or recommendation rests on it."""
    resting: list[MainPoint | Recommendation] = [*excerpt.main_points.all(), *excerpt.recommendations.all()]
    if resting:
        names = get_text_list([f"“{row.heading}”" for row in resting], _("and"))
        raise ValidationError(
            ngettext(
                "The excerpt supports %(names)s. Take it out there first.",
                "The excerpt supports %(names)s. Take it out of each of them first.",
                len(resting),
            )
            % {"names": names}
        )
    delete_record(excerpt, reason=reason, by=by)


def _place(answer: Answer, passage: str) -> Span:
    spans = find_passage(answer.text, passage)
    if not passage.strip():
        raise ValidationError({"passage": _("Mark a passage of the answer, or paste it here.")})
    if not spans:
        raise ValidationError(
            {
                "passage": _(
                    "The passage does not stand in the answer word for word. Copy it from the answer and paste it."
                )
            }
        )
    if len(spans) > 1:
        raise AmbiguousPassageError(spans)
    return spans[0]


def check_span(answer: Answer, span: Span) -> Span:
    """Return the span; raises ValidationError when it lies outside the answer or holds nothing."""
    start, end = span
    if not 0 <= start < end <= len(answer.text) or not answer.text[start:end].strip():
        raise ValidationError({"passage": _("The marked passage lies outside the answer. Mark it again.")})
    return span


def _check_codable(answer: Answer, theme: Theme) -> None:
    version = answer.version
    if not ReportVersion.objects.newest().filter(pk=version.pk).exists():
        raise ValidationError(
            _("Version %(number)d is not the newest submitted one. Code the newest version of the report.")
            % {"number": version.number}
        )
    if theme.code_book_id != version.report.round.code_book_id:
        raise ValidationError(
            {"theme": _("The theme belongs to another code book than the round. Choose another theme.")}
        )
