"""The coding of a round as a table and as a REFI-QDA project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from learnings.exchange.keys import STRONG, key
from learnings.exchange.layout import BETWEEN, YES
from learnings.exchange.refi import Case, Code, Coding, Project, Source, User
from learnings.models import Answer, Excerpt, Round, Theme
from learnings.queries.desk import theme_tree
from learnings.queries.who import SupplierRef, ref


def coding_rows(round: Round) -> Iterator[tuple[object, ...]]:
    """Yield a row for each coding of the round, under the heads of `learnings.exchange.layout`; 2 queries."""
    paths = theme_paths(round)
    for row in _excerpts(round):
        answer = row.answer
        yield (
            row.passage,
            str(answer.version.report.supplier),
            answer.question.key,
            paths[row.theme_id],
            answer.wording,
            answer.version.number,
            row.start,
            row.end,
            YES if row.is_strong else "",
            YES if row.was_suggested else "",
            str(row.coded_by or ""),
            row.coded_at,
        )


def theme_paths(round: Round) -> dict[int, str]:
    """Return each theme with those above it, as “Samarbejde > Kontaktperson”; one query."""
    paths: dict[int, str] = {}
    for theme, _depth in theme_tree(round):
        above = paths.get(theme.parent_id or 0)
        paths[theme.pk] = f"{above}{BETWEEN}{theme.name}" if above else theme.name
    return paths


def project_of(round: Round) -> Project:
    """Return the newest answers of the round with their coding: a source for each answer, a case for each supplier; 3 queries."""
    codings: dict[int, list[Excerpt]] = defaultdict(list)
    for excerpt in _excerpts(round):
        codings[excerpt.answer_id].append(excerpt)
    answers = list(_answers(round))
    coders = {row.coded_by.pk: row.coded_by for rows in codings.values() for row in rows if row.coded_by}
    cases: dict[SupplierRef, list[str]] = defaultdict(list)
    for answer in answers:
        cases[ref(answer.version.report.supplier)].append(key("answer", answer.pk))
    return Project(
        name=str(round),
        users=tuple(User(key("user", pk), str(coder)) for pk, coder in coders.items()),
        codes=(*map(_code, (theme for theme, _depth in theme_tree(round))), Code(STRONG, "Stærkt citat")),
        sources=tuple(_source(answer, codings[answer.pk]) for answer in answers),
        cases=tuple(Case(key("supplier", row.id), row.name, tuple(guids)) for row, guids in cases.items()),
    )


def _excerpts(round: Round) -> list[Excerpt]:
    related = ("theme", "coded_by", "answer__question", "answer__version__report__supplier__merged_into")
    return list(Excerpt.objects.of_round(round.pk).select_related(*related))


def _answers(round: Round) -> Iterator[Answer]:
    rows = Answer.objects.counting().with_text().filter(version__report__round=round)
    rows = rows.select_related("version__report__supplier__merged_into", "question")
    yield from rows.order_by("version__report__supplier__name", "question__order", "question")


def _code(theme: Theme) -> Code:
    parent = key("theme", theme.parent_id) if theme.parent_id else ""
    return Code(key("theme", theme.pk), theme.name, parent, theme.definition)


def _source(answer: Answer, excerpts: list[Excerpt]) -> Source:
    name = f"{answer.version.report.supplier} · {answer.question.key}"
    return Source(key("answer", answer.pk), name, answer.text, tuple(_codings(excerpts)))


def _codings(excerpts: list[Excerpt]) -> Iterator[Coding]:
    for row in excerpts:
        user = key("user", row.coded_by_id) if row.coded_by_id else ""
        yield Coding(key("excerpt", row.pk), row.start, row.end, key("theme", row.theme_id), user, row.coded_at)
        if row.is_strong:
            yield Coding(key("strong", row.pk), row.start, row.end, STRONG, user, row.coded_at)
