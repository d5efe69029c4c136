"""The questions of a round: read them, order them, take them out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from learnings import services
from learnings.enums import Direction
from learnings.forms.rounds import DirectionForm
from learnings.models import Question, Round
from learnings.queries import next_order, sections
from learnings.rules import expected_minutes
from learnings.views.shell import actor, editors_only, show
from records.views.telling import told


@require_GET
def round_questions(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    questions = list(this_round.questions.select_related("target_group", "predecessor"))
    asked = [question for question in questions if question.withdrawn_on is None]
    return show(
        request,
        "learnings/round_questions.html",
        title=_("Questions"),
        round=this_round,
        sections=sections(asked),
        withdrawn=[question for question in questions if question.withdrawn_on],
        minutes=expected_minutes(question.word_limit for question in asked),
        count=len(asked),
        next_order=next_order(questions),
    )


@require_POST
@editors_only
def question_move(request: HttpRequest, question_id: int) -> HttpResponse:
    """Move a question; the page comes back at the question, so that it can be moved on by keyboard."""
    question = _question_or_404(request, question_id)
    form = DirectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether the question moves up or down."))
        return _back(question)
    direction = Direction(form.cleaned_data["direction"])
    with told(request):
        services.move_question(question, direction=direction, by=actor(request))
    return _back(question)


@require_POST
@editors_only
def question_withdraw(request: HttpRequest, question_id: int) -> HttpResponse:
    question = _question_or_404(request, question_id)
    with told(request, _("The question is no longer asked. Answers that were given stay.")):
        services.withdraw_question(question, by=actor(request))
    return _back(question)


@require_POST
@editors_only
def question_ask_again(request: HttpRequest, question_id: int) -> HttpResponse:
    question = _question_or_404(request, question_id)
    with told(request, _("The question is asked again.")):
        services.ask_again(question, by=actor(request))
    return _back(question)


def _question_or_404(request: HttpRequest, question_id: int) -> Question:
    return get_object_or_404(Question.objects.visible_to(request.user).select_related("round"), pk=question_id)


def _back(question: Question) -> HttpResponse:
    return redirect(f"{reverse('learnings:round_questions', args=[question.round_id])}#q{question.pk}")
