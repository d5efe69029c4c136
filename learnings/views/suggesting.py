"""Similar passages that are not coded yet: suggested, and then accepted or dismissed by a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from learnings.forms.suggesting import JudgeForm
from learnings.models import Answer, DismissedSuggestion, Round
from learnings.queries import theme_rows
from learnings.queries.suggestions import suggestions
from learnings.services import accept_suggestion, dismiss_suggestion, suggest_again
from learnings.views.shell import actor, back, editors_only, show
from records.views.telling import told


@require_GET
def suggesting(request: HttpRequest, round_id: int) -> HttpResponse:
    """`?theme=` is the theme whose passages others are held against."""
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    rows = theme_rows(this_round)
    asked = request.GET.get("theme", "")
    theme = next((row.theme for row in rows if str(row.theme.pk) == asked), None)
    dismissed = DismissedSuggestion.objects.filter(theme=theme, answer__version__report__round=this_round)
    return show(
        request,
        "learnings/suggesting.html",
        title=_("Suggestions"),
        round=this_round,
        rows=rows,
        theme=theme,
        suggestions=suggestions(this_round, theme) if theme else [],
        dismissed=dismissed.select_related("answer") if theme else [],
    )


@require_POST
@editors_only
def suggestion_judge(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Accept a suggestion, dismiss it, or let a dismissed one be suggested again."""
    submitted = Answer.objects.visible_to(request.user).filter(version__submitted_at__isnull=False)
    answer = get_object_or_404(submitted.select_related("version__report__round"), pk=answer_id)
    this_round = answer.version.report.round
    form = JudgeForm(request.POST, round=this_round)
    if not form.is_valid():
        messages.error(request, _("The suggestion is gone. Look at the list again."))
        return redirect("learnings:suggesting", this_round.pk)
    with told(request):
        messages.success(request, _judge(request, answer, form))
    query = urlencode({"theme": form.cleaned_data["theme"].pk})
    return redirect(back(request, f"{reverse('learnings:suggesting', args=[this_round.pk])}?{query}"))


def _judge(request: HttpRequest, answer: Answer, form: JudgeForm) -> str:
    given = form.cleaned_data
    theme, span, by = given["theme"], (given["start"], given["end"]), actor(request)
    if given["verdict"] == "accept":
        accept_suggestion(answer, theme=theme, span=span, by=by)
        return _("Coded under “%(theme)s”.") % {"theme": theme}
    if given["verdict"] == "dismiss":
        dismiss_suggestion(answer, theme=theme, span=span, by=by)
        return _("The passage is not suggested for “%(theme)s” any more.") % {"theme": theme}
    rows = DismissedSuggestion.objects.filter(answer=answer, theme=theme, start=span[0], end=span[1])
    for row in rows:
        suggest_again(row, by=by)
    return _("The passage is suggested again.")
