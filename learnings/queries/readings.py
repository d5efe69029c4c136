"""How well a second coder agrees with the coding that counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from learnings.agreement import Agreement, agreement, pooled
from learnings.models import Answer, Excerpt, Round, SecondReading, Theme
from learnings.queries.desk import theme_tree


@dataclass(frozen=True)
class ThemeAgreement:
    theme: Theme
    depth: int
    agreement: Agreement


@dataclass(frozen=True)
class Disagreement:
    """An answer that only one of the two put under a theme."""

    answer: Answer
    theme: Theme
    is_first_only: bool


@dataclass(frozen=True)
class CoderAgreement:
    """A second coder's readings held against the first coding, theme by theme and all together."""

    coder: User
    answers: int
    without_excerpts: int
    themes: tuple[ThemeAgreement, ...]
    overall: Agreement
    disagreements: tuple[Disagreement, ...]


def agreements(round: Round) -> list[CoderAgreement]:
    """Return the agreement with each second coder; 5 queries.

    The unit is an answer and a theme: did the coder find the theme in the answer? Only answers of newest versions that the
    second coder has read take part; what the second coder has coded in the first coding is left out of it.
    """
    readings = SecondReading.objects.filter(answer__in=Answer.objects.counting().filter(version__report__round=round))
    rows = readings.select_related("coder", "answer__version__report__supplier").prefetch_related("themes")
    coded = list(Excerpt.objects.of_round(round.pk).values_list("answer_id", "theme_id", "coded_by_id"))
    tree = theme_tree(round)
    by_coder: dict[User, list[SecondReading]] = defaultdict(list)
    for row in rows:
        by_coder[row.coder].append(row)
    return [_of_coder(coder, found, coded, tree) for coder, found in by_coder.items()]


def _of_coder(
    coder: User,
    readings: list[SecondReading],
    coded: Sequence[tuple[int, int, int | None]],
    tree: list[tuple[Theme, int]],
) -> CoderAgreement:
    first: dict[int, set[int]] = defaultdict(set)
    for answer_id, theme_id, coder_id in coded:
        if coder_id != coder.pk:
            first[theme_id].add(answer_id)
    second: dict[int, set[int]] = defaultdict(set)
    for reading in readings:
        for theme in reading.themes.all():
            second[theme.pk].add(reading.answer_id)
    units = {reading.answer_id: reading.answer for reading in readings}
    themes = tuple(
        ThemeAgreement(theme, depth, agreement(first[theme.pk], second[theme.pk], units)) for theme, depth in tree
    )
    marked = set().union(*first.values())
    return CoderAgreement(
        coder=coder,
        answers=len(units),
        without_excerpts=len(set(units) - marked),
        themes=themes,
        overall=pooled(row.agreement for row in themes),
        disagreements=tuple(_disagreements(tree, first, second, units)),
    )


def _disagreements(
    tree: list[tuple[Theme, int]], first: dict[int, set[int]], second: dict[int, set[int]], units: dict[int, Answer]
) -> list[Disagreement]:
    return [
        Disagreement(units[answer_id], theme, answer_id in first[theme.pk])
        for theme, _depth in tree
        for answer_id in sorted((first[theme.pk] ^ second[theme.pk]) & set(units))
    ]
