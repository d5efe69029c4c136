"""Who coded what and when, and undo."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from learnings.models import Answer, Round
from learnings.queries.log import coding_log as log_of
from learnings.services import undo_coding
from learnings.views.shell import actor, back, editors_only, show
from records.views.telling import told


@require_GET
def coding_log(request: HttpRequest, round_id: int) -> HttpResponse:
    """`?p=` is the page."""
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    asked = request.GET.get("p", "")
    page = min(max(int(asked), 1), 10_000) if asked.isdecimal() and len(asked) < 6 else 1
    entries, has_more = log_of(this_round, page=page)
    return show(
        request,
        "learnings/coding_log.html",
        title=_("Log of coding"),
        round=this_round,
        entries=entries,
        newer=page - 1,
        older=page + 1 if has_more else 0,
    )


@require_POST
@editors_only
def coding_undo(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    default = reverse("learnings:coding", args=[this_round.pk])
    with told(request):
        step = undo_coding(this_round, by=actor(request))
        text = Answer.objects.get(pk=step.answer_id).text[step.start : step.end]
        messages.success(request, _("Undone: the coding of “%(passage)s”.") % {"passage": text})
        return redirect(back(request, f"{default}?answer={step.answer_id}"))
    return redirect(back(request, default))
