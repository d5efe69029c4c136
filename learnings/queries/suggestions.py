"""Passages not coded yet that are like those of a theme, and coded passages that are like each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from learnings.models import Answer, DismissedSuggestion, Excerpt, Round, Theme
from learnings.passages import Span
from learnings.queries.desk import standing_excerpts
from learnings.queries.who import SupplierRef, ref
from learnings.similarity import alike, most_like, sentences


@dataclass(frozen=True)
class Suggestion:
    """A sentence that nobody has coded under the theme; it counts for nothing until it is accepted."""

    answer_id: int
    start: int
    end: int
    text: str
    question: str
    supplier: SupplierRef
    percent: int


def suggestions(round: Round, theme: Theme, *, at_most: int = 20) -> list[Suggestion]:
    """Return sentences of the newest answers like those coded under the theme, the likest first; 3 queries."""
    coded = Excerpt.objects.of_round(round.pk).filter(theme=theme).select_related("answer")
    taken: dict[int, list[Span]] = defaultdict(list)
    examples = []
    for excerpt in coded:
        taken[excerpt.answer_id].append((excerpt.start, excerpt.end))
        examples.append(excerpt.passage)
    for answer_id, start, end in _dismissed(round, theme):
        taken[answer_id].append((start, end))
    places = [(answer, span) for answer in _answers(round) for span in _free(answer, taken[answer.pk])]
    found = most_like(examples, [answer.text[slice(*span)] for answer, span in places], at_most=at_most)
    return [_suggestion(*places[like.place], round_percent(like.score)) for like in found]


def similar_groups(round: Round, theme_ids: Iterable[int]) -> list[list[Excerpt]]:
    """Return the standing excerpts of the themes on which no recommendation rests, grouped by likeness; 2 queries."""
    wanted = set(theme_ids)
    used = set(Excerpt.objects.of_round(round.pk).filter(recommendations__isnull=False).values_list("pk", flat=True))
    rows = [row for row in standing_excerpts(round) if row.theme_id in wanted and row.pk not in used]
    return [[rows[place] for place in group] for group in alike([row.passage for row in rows])]


def round_percent(score: float) -> int:
    return round(100 * score)


def _answers(this_round: Round) -> Iterable[Answer]:
    rows = Answer.objects.counting().with_text().filter(version__report__round=this_round)
    return rows.select_related("version__report__supplier__merged_into")


def _dismissed(this_round: Round, theme: Theme) -> Iterable[tuple[int, int, int]]:
    rows = DismissedSuggestion.objects.filter(theme=theme, answer__version__report__round=this_round)
    return rows.values_list("answer_id", "start", "end")


def _free(answer: Answer, taken: list[Span]) -> list[Span]:
    return [span for span in sentences(answer.text) if all(span[1] <= one[0] or one[1] <= span[0] for one in taken)]


def _suggestion(answer: Answer, span: Span, percent: int) -> Suggestion:
    return Suggestion(
        answer_id=answer.pk,
        start=span[0],
        end=span[1],
        text=answer.text[slice(*span)],
        question=answer.wording,
        supplier=ref(answer.version.report.supplier),
        percent=percent,
    )
