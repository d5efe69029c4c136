"""Code answers into themes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from learnings.forms.coding import ExcerptForm
from learnings.models import Answer, Excerpt, Question, Round, Theme
from learnings.queries import AnswerRow, answer_rows, next_order, theme_rows
from learnings.services import AmbiguousPassageError, code_excerpt, mark_strong, save_theme, uncode
from learnings.views.marking import marked
from learnings.views.shell import actor, back, editors_only, show
from records.forms import add_service_errors
from records.views.telling import told


@dataclass(frozen=True)
class AnswerGroup:
    """A question in the list beside the answer, with its answers when one of them is in the middle."""

    question: Question
    rows: tuple[AnswerRow, ...]
    answers: int
    coded: int
    first_id: int


@require_GET
def coding(request: HttpRequest, round_id: int) -> HttpResponse:
    """`?answer=` is the answer in the middle, the first one not coded yet unless given; `?theme=` the theme used last."""
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    rows = answer_rows(this_round)
    asked = request.GET.get("answer", "")
    answer_id = int(asked) if asked.isdigit() else _first_to_code(rows)
    if answer_id is None:
        return _page(request, this_round, rows, answer=None, form=None)
    answer = get_object_or_404(_answers(request).filter(version__report__round=this_round), pk=answer_id)
    form = ExcerptForm(round=this_round, answer=answer, initial={"theme": request.GET.getlist("theme")})
    return _page(request, this_round, rows, answer=answer, form=form)


@require_POST
@editors_only
def excerpt_add(request: HttpRequest, answer_id: int) -> HttpResponse:
    answer = get_object_or_404(_answers(request), pk=answer_id)
    this_round = answer.version.report.round
    form = ExcerptForm(request.POST, round=this_round, answer=answer)
    if form.is_valid():
        try:
            excerpts = _code(request, answer, form)
        except AmbiguousPassageError as error:
            form.ask_which(error.spans)
            form.add_error("place", error)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            names = get_text_list([f"“{excerpt.theme}”" for excerpt in excerpts], _("and"))
            messages.success(request, _("Coded under %(themes)s.") % {"themes": names})
            return redirect(_coding_url(answer, themes=[excerpt.theme_id for excerpt in excerpts]))
    return _page(request, this_round, answer_rows(this_round), answer=answer, form=form)


@require_POST
@editors_only
def excerpt_strong(request: HttpRequest, excerpt_id: int) -> HttpResponse:
    excerpt = _excerpt_or_404(request, excerpt_id)
    mark_strong(excerpt, is_strong=not excerpt.is_strong, by=actor(request))
    return redirect(back(request, _coding_url(excerpt.answer)))


@require_POST
@editors_only
def excerpt_remove(request: HttpRequest, excerpt_id: int) -> HttpResponse:
    excerpt = _excerpt_or_404(request, excerpt_id)
    with told(request, _("The coding under “%(theme)s” was removed.") % {"theme": excerpt.theme}):
        uncode(excerpt, by=actor(request))
    return redirect(back(request, _coding_url(excerpt.answer)))


def _answers(request: HttpRequest) -> QuerySet[Answer]:
    coded = Prefetch("excerpts", Excerpt.objects.select_related("theme"))
    submitted = Answer.objects.visible_to(request.user).filter(version__submitted_at__isnull=False)
    return submitted.select_related("question", "version__report__round", "version__report__supplier").prefetch_related(
        coded
    )


def _excerpt_or_404(request: HttpRequest, excerpt_id: int) -> Excerpt:
    rows = Excerpt.objects.visible_to(request.user).select_related("theme", "answer__version__report")
    return get_object_or_404(rows, pk=excerpt_id)


@transaction.atomic
def _code(request: HttpRequest, answer: Answer, form: ExcerptForm) -> list[Excerpt]:
    """Code the passage under each theme, also one made now when it is named; all of it or nothing."""
    given, themes = form.cleaned_data, form.chosen_themes()
    if given["new_theme"]:
        themes.append(_new_theme(request, answer, form))
    return [
        code_excerpt(
            answer,
            theme=theme,
            passage=given["passage"],
            span=form.span(),
            is_strong=given["is_strong"],
            by=actor(request),
        )
        for theme in themes
    ]


def _new_theme(request: HttpRequest, answer: Answer, form: ExcerptForm) -> Theme:
    given, parent = form.cleaned_data, form.chosen_parent()
    book = answer.version.report.round.code_book
    theme = Theme(code_book=book, parent=parent, name=given["new_theme"], definition=given["new_definition"])
    theme.order = next_order(Theme.objects.filter(code_book=book, parent=parent))
    return save_theme(theme, by=actor(request))


def _page(
    request: HttpRequest, this_round: Round, rows: list[AnswerRow], *, answer: Answer | None, form: ExcerptForm | None
) -> HttpResponse:
    questions = {question.pk: question for question in this_round.questions.all()}
    current = answer.question_id if answer is not None else None
    groups = [
        _group(questions[key], list(group), current) for key, group in groupby(rows, key=lambda row: row.question_id)
    ]
    ids = [row.answer_id for row in rows]
    place = ids.index(answer.pk) if answer is not None and answer.pk in ids else None
    return show(
        request,
        "learnings/coding.html",
        title=_("Coding"),
        round=this_round,
        groups=groups,
        marked=marked(answer) if answer is not None else None,
        form=form,
        theme_rows=theme_rows(this_round),
        is_newest=place is not None,
        before=ids[place - 1] if place else None,
        after=ids[place + 1] if place is not None and place + 1 < len(ids) else None,
        here=_coding_url(answer) if answer is not None else "",
    )


def _group(question: Question, rows: list[AnswerRow], current: int | None) -> AnswerGroup:
    """The answers to a question; those to other questions than the one in the middle are only counted."""
    texts = [row for row in rows if not row.not_applicable_reason]
    return AnswerGroup(
        question=question,
        rows=tuple(rows) if question.pk == current else (),
        answers=len(texts),
        coded=sum(1 for row in texts if row.excerpts),
        first_id=_first_to_code(rows) or rows[0].answer_id,
    )


def _first_to_code(rows: list[AnswerRow]) -> int | None:
    texts = [row for row in rows if not row.not_applicable_reason]
    waiting = [row for row in texts if not row.excerpts]
    return next((row.answer_id for row in waiting or texts), None)


def _coding_url(answer: Answer, *, themes: Iterable[int] = ()) -> str:
    query = urlencode({"answer": answer.pk, "theme": list(themes)}, doseq=True)
    return f"{reverse('learnings:coding', args=[answer.version.report.round_id])}?{query}"
