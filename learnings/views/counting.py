"""How many suppliers say what, by lot and target group, and the words that counts are put in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from learnings.forms.counting import CountChoiceForm, CountWordsForm
from learnings.models import CountWords, Round
from learnings.queries import count_table
from learnings.queries.words import thresholds_of
from learnings.rules import count_note
from learnings.services import save_count_words
from learnings.views.editing import edit
from learnings.views.shell import actor, editors_only, show


@require_GET
def counting(request: HttpRequest, round_id: int) -> HttpResponse:
    """`?question=` counts one question's answers, `?by=lot` or `?by=target_group` adds columns, `?reports=accepted` leaves
    out what is not accepted yet."""
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    form = CountChoiceForm(request.GET, round=this_round)
    question, by, counted = form.chosen()
    return show(
        request,
        "learnings/counting.html",
        title=_("Counting"),
        round=this_round,
        form=form,
        question=question,
        table=count_table(this_round, question=question, by=by, counted=counted),
        count_note=count_note(thresholds_of(this_round)),
    )


@require_http_methods(["GET", "POST"])
@editors_only
def count_words(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    words = CountWords.objects.filter(round=this_round).first() or CountWords(round=this_round)

    def save(form: CountWordsForm) -> None:
        save_count_words(form.save(commit=False), reason=form.cleaned_data["change_reason"], by=actor(request))

    outcome = edit(request, words, form_class=CountWordsForm, save=save)
    if outcome.is_saved:
        messages.success(request, _("The words for counts are saved."))
        return redirect("learnings:counting", this_round.pk)
    return show(
        request,
        "learnings/count_words.html",
        title=_("Words for counts"),
        round=this_round,
        trail=[(reverse("learnings:counting", args=[this_round.pk]), _("Counting"))],
        outcome=outcome,
        form=outcome.form,
        status=outcome.status,
    )
