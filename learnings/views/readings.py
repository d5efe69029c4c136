"""A second coder reads answers without seeing the first coding, and the two are held against each other."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from accounts.models import User
from learnings.forms.readings import ReadingForm
from learnings.models import Answer, Excerpt, Round, SecondReading
from learnings.queries.readings import agreements
from learnings.services import save_second_reading
from learnings.views.shell import actor, editors_only, show
from records.forms import add_service_errors


@require_GET
def agreement(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    return show(
        request,
        "learnings/agreement.html",
        title=_("Second coding"),
        round=this_round,
        agreements=agreements(this_round),
        next_id=_next_answer(this_round, actor(request)),
    )


@require_http_methods(["GET", "POST"])
@editors_only
def reading(request: HttpRequest, answer_id: int) -> HttpResponse:
    newest = Answer.objects.visible_to(request.user).counting().with_text()
    related = ("question", "version__report__round", "version__report__supplier")
    answer = get_object_or_404(newest.select_related(*related), pk=answer_id)
    this_round, by = answer.version.report.round, actor(request)
    mine = SecondReading.objects.filter(answer=answer, coder=by).first()
    initial = {"theme": [theme.pk for theme in mine.themes.all()]} if mine else None
    form = ReadingForm(request.POST or None, round=this_round, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_second_reading(answer, themes=form.chosen_themes(), by=by)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _("Your reading is saved."))
            following = _next_answer(this_round, by)
            if following is None:
                return redirect("learnings:agreement", this_round.pk)
            return redirect("learnings:reading", following)
    return show(
        request,
        "learnings/reading.html",
        title=_("Read an answer"),
        round=this_round,
        trail=[(reverse("learnings:agreement", args=[this_round.pk]), _("Second coding"))],
        answer=answer,
        form=form,
        is_known=mine is not None,
    )


def _next_answer(this_round: Round, by: User) -> int | None:
    """Return an answer that the person has neither coded nor read; those that are coded first, spread over the suppliers."""
    waiting = Answer.objects.counting().with_text().filter(version__report__round=this_round)
    waiting = waiting.exclude(second_readings__coder=by).exclude(excerpts__coded_by=by)
    coded = Excerpt.objects.of_round(this_round.pk).values("answer")
    rows = waiting.order_by("question__order", "question", "pk").values_list("pk", flat=True)
    first: int | None = rows.filter(pk__in=coded).first() or rows.first()
    return first
