"""Take coding in from a table or a REFI-QDA project: shown first, then coded. It only adds; nothing that is there is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from learnings.exchange.keys import STRONG, key
from learnings.exchange.layout import BETWEEN, CODING, YES
from learnings.exchange.refi import Code, Project, read_project
from learnings.models import Answer, Excerpt, Round, Theme
from learnings.passages import Span, find_passage
from learnings.queries import next_order, theme_tree
from learnings.queries.exporting import theme_paths
from learnings.services.coding import code_excerpt
from learnings.services.themes import save_theme
from records.sheets.decoding import decode
from records.sheets.errors import ImportRefusedError
from records.sheets.reading import read_source
from records.sheets.rows import RowReader, read_rows

PROJECT_SUFFIX = ".qdpx"


@dataclass(frozen=True)
class PlannedCoding:
    """A passage that would be coded; `theme` is the path of its theme, which is made when it is not there."""

    answer: Answer
    span: Span
    theme: str
    is_strong: bool = False
    is_known: bool = False

    @property
    def passage(self) -> str:
        return self.answer.text[slice(*self.span)]


@dataclass
class ImportPlan:
    """What a file would add, and what of it cannot be matched, with the reason."""

    codings: list[PlannedCoding] = field(default_factory=list)
    definitions: dict[str, str] = field(default_factory=dict)
    unmatched: list[tuple[str, str]] = field(default_factory=list)
    new_themes: list[str] = field(default_factory=list)

    @property
    def new(self) -> list[PlannedCoding]:
        return [row for row in self.codings if not row.is_known]


def plan_import(round: Round, file: File) -> ImportPlan:
    """Return what the file would add to the round's coding.

    Raises ValidationError (at `file`) when it cannot be read at all.
    """
    answers = _answers(round)
    if (file.name or "").lower().endswith(PROJECT_SUFFIX):
        file.seek(0)
        plan = _of_project(read_project(file.read()), answers, theme_paths(round))
    else:
        plan = _of_table(_table(file), answers)
    return _completed(plan, round)


@transaction.atomic
def import_coding(round: Round, plan: ImportPlan, *, by: User) -> int:
    """Code what the plan adds, with the themes that are missing; return how many codings were added."""
    themes = {path: Theme.objects.get(pk=pk) for pk, path in theme_paths(round).items()}
    for row in plan.new:
        theme = _theme(row.theme, themes, plan, round, by)
        code_excerpt(row.answer, theme=theme, span=row.span, is_strong=row.is_strong, by=by)
    return len(plan.new)


# --- tables


def _table(file: File) -> list[RowReader]:
    try:
        return list(read_rows(decode(read_source(file, advice=CODING.advice), CODING), CODING))
    except ImportRefusedError as error:
        raise ValidationError({"file": [str(row) for row in error.errors]}) from error


def _of_table(rows: Iterable[RowReader], answers: list[Answer]) -> ImportPlan:
    plan = ImportPlan()
    by_place = {(str(row.version.report.supplier).casefold(), row.question.key.casefold()): row for row in answers}
    for row in rows:
        answer = by_place.get((row.text("supplier").casefold(), row.text("key").casefold()))
        path = BETWEEN.join(part.strip() for part in row.text("theme").split(BETWEEN.strip()) if part.strip())
        wanted = (row.text("start"), row.text("end"))
        where = _("Row %(number)d") % {"number": row.number}
        is_strong = row.text("strong").casefold() == YES
        _match(plan, Found(where, answer, row.text("passage"), path, wanted, is_strong))
        plan.unmatched += [(str(error), "") for error in row.errors]
    return plan


@dataclass(frozen=True)
class Found:
    """What a row of a file or a coding of a project says; `wanted` is the place that it names, as text."""

    where: str
    answer: Answer | None
    passage: str
    theme: str
    wanted: tuple[str, str]
    is_strong: bool


def _match(plan: ImportPlan, found: Found) -> None:
    if found.answer is None:
        plan.unmatched.append((found.where, _("No newest answer by this supplier to a question with this key.")))
        return
    if not found.theme:
        plan.unmatched.append((found.where, _("No theme is named.")))
        return
    spans = find_passage(found.answer.text, found.passage)
    chosen = [span for span in spans if (str(span[0]), str(span[1])) == found.wanted] or spans
    if len(chosen) == 1:
        plan.codings.append(PlannedCoding(found.answer, chosen[0], found.theme, found.is_strong))
        return
    problem = (
        _("The passage stands there more than once.") if chosen else _("The passage does not stand in the answer.")
    )
    plan.unmatched.append((f"{found.where}: “{found.passage[:80]}”", problem))


# --- projects


def _of_project(project: Project, answers: list[Answer], known: dict[int, str]) -> ImportPlan:
    plan = ImportPlan()
    by_key = {key("answer", answer.pk): answer for answer in answers}
    names = {key("theme", pk): path for pk, path in known.items()}
    paths = _code_paths(project.codes, names)
    plan.definitions = {paths[code.guid]: code.description for code in project.codes if code.description}
    for source in project.sources:
        answer = by_key.get(source.guid) or _same_text(answers, source.text)
        strong = {(row.start, row.end) for row in source.codings if row.code == STRONG}
        for row in source.codings:
            if row.code == STRONG:
                continue
            passage = source.text[row.start : row.end]
            place = (row.start, row.end)
            wanted = (str(row.start), str(row.end))
            _match(plan, Found(source.name, answer, passage, paths.get(row.code, ""), wanted, place in strong))
    return plan


def _code_paths(codes: Iterable[Code], known: dict[str, str]) -> dict[str, str]:
    """Return the path of each code: that of our own theme by its key, whatever it is called there, else by its names."""
    paths: dict[str, str] = {}
    for code in codes:
        above = paths.get(code.parent, "")
        name = " ".join(code.name.split())[:120] or _("Without a name")
        paths[code.guid] = known.get(code.guid) or (f"{above}{BETWEEN}{name}" if above else name)
    return paths


def _same_text(answers: list[Answer], text: str) -> Answer | None:
    found = [answer for answer in answers if answer.text.split() == text.split()]
    return found[0] if len(found) == 1 else None


# --- both


def _answers(round: Round) -> list[Answer]:
    rows = Answer.objects.counting().with_text().filter(version__report__round=round)
    return list(rows.select_related("version__report__supplier", "version__report__round", "question"))


def _completed(plan: ImportPlan, round: Round) -> ImportPlan:
    """Mark what is coded already, take out what stands twice, and name the themes that would be made."""
    by_folded = {path.casefold(): path for path in theme_paths(round).values()}
    by_name = {theme.name.casefold(): theme_path for theme, theme_path in _named(round)}
    taken = set(_coded(round))
    rows: dict[tuple[int, str, int, int], PlannedCoding] = {}
    for row in plan.codings:
        last = row.theme.rpartition(BETWEEN)[2]
        path = by_folded.get(row.theme.casefold()) or by_name.get(last.casefold()) or row.theme
        place = (row.answer.pk, path, *row.span)
        rows[place] = PlannedCoding(row.answer, row.span, path, row.is_strong, place in taken)
    plan.codings = list(rows.values())
    plan.new_themes = sorted({row.theme for row in plan.codings} - set(by_folded.values()))
    return plan


def _named(round: Round) -> list[tuple[Theme, str]]:
    paths = theme_paths(round)
    return [(theme, paths[theme.pk]) for theme, _depth in theme_tree(round)]


def _coded(round: Round) -> list[tuple[int, str, int, int]]:
    paths = theme_paths(round)
    rows = Excerpt.objects.of_round(round.pk).values_list("answer_id", "theme_id", "start", "end")
    return [(answer_id, paths[theme_id], start, end) for answer_id, theme_id, start, end in rows]


def _theme(path: str, themes: dict[str, Theme], plan: ImportPlan, round: Round, by: User) -> Theme:
    """Return the theme of a path, made with those above it when it is not there."""
    if path in themes:
        return themes[path]
    above, _between, name = path.rpartition(BETWEEN)
    parent = _theme(above, themes, plan, round, by) if above else None
    theme = Theme(code_book=round.code_book, parent=parent, name=name, definition=plan.definitions.get(path, ""))
    theme.order = next_order(Theme.objects.filter(code_book=round.code_book, parent=parent))
    themes[path] = save_theme(theme, reason=_("Read in from a file"), by=by)
    return themes[path]
