"""Main points and recommendations with their live counts, and replies."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from learnings import queries
from learnings.enums import Counted, ReplyKind
from learnings.forms.synthesis import MainPointForm, RecommendationForm, ReplyForm, RestingForm
from learnings.models import MainPoint, Question, Recommendation, Reply, Round
from learnings.queries.words import thresholds_of
from learnings.rules import count_note
from learnings.services import (
    publish_main_point,
    reply_to_recommendation,
    review_evidence,
    save_main_point,
    save_recommendation,
    withdraw_main_point,
)
from learnings.views.editing import Outcome, edit
from learnings.views.shell import Trail, actor, editors_only, show
from records.views.telling import told


@require_GET
def main_points(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = _round_or_404(request, round_id)
    points = queries.main_points(this_round)
    return show(
        request,
        "learnings/main_points.html",
        title=_("Main points"),
        round=this_round,
        points=points,
        quotes=_quotes(points),
        count_note=count_note(thresholds_of(this_round)),
    )


@require_http_methods(["GET", "POST"])
@editors_only
def main_point_add(request: HttpRequest, round_id: int) -> HttpResponse:
    """`?question=` fills in the question."""
    this_round = _round_or_404(request, round_id)
    initial = {"order": queries.next_order(this_round.main_points.all()), "question": request.GET.get("question")}
    return _main_point_page(request, MainPoint(round=this_round), title=_("New main point"), initial=initial)


@require_http_methods(["GET", "POST"])
@editors_only
def main_point_edit(request: HttpRequest, point_id: int) -> HttpResponse:
    point = _point_or_404(request, point_id)
    return _main_point_page(request, point, title=point.heading, initial={})


@require_POST
@editors_only
def main_point_publish(request: HttpRequest, point_id: int) -> HttpResponse:
    point = _point_or_404(request, point_id)
    return _move(request, point, publish_main_point, _("“%(heading)s” may now stand in cases and on the web."))


@require_POST
@editors_only
def main_point_withdraw(request: HttpRequest, point_id: int) -> HttpResponse:
    point = _point_or_404(request, point_id)
    return _move(request, point, withdraw_main_point, _("“%(heading)s” is withdrawn."))


@require_POST
@editors_only
def main_point_review(request: HttpRequest, point_id: int) -> HttpResponse:
    point = _point_or_404(request, point_id)
    return _move(request, point, review_evidence, _("The evidence of “%(heading)s” is looked through."))


@require_GET
def recommendations(request: HttpRequest, round_id: int) -> HttpResponse:
    this_round = _round_or_404(request, round_id)
    rows = queries.recommendations(this_round)
    return show(
        request,
        "learnings/recommendations.html",
        title=_("Recommendations"),
        round=this_round,
        recommendations=rows,
        quotes=_quotes(rows),
        count_note=count_note(thresholds_of(this_round)),
    )


@require_http_methods(["GET", "POST"])
@editors_only
def recommendation_add(request: HttpRequest, round_id: int) -> HttpResponse:
    """`?excerpts=` are those to begin with, as when similar ones are gathered."""
    this_round = _round_or_404(request, round_id)
    initial: dict[str, object] = {"order": queries.next_order(this_round.recommendations.all())}
    if chosen := [pk for pk in request.GET.getlist("excerpts") if pk.isdigit()]:
        initial["excerpts"] = chosen
    new = Recommendation(round=this_round)
    return _recommendation_page(request, new, title=_("New recommendation"), initial=initial)


@require_http_methods(["GET", "POST"])
@editors_only
def recommendation_edit(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    row = _recommendation_or_404(request, recommendation_id)
    return _recommendation_page(request, row, title=row.heading, initial={})


@require_http_methods(["GET", "POST"])
@editors_only
def reply_edit(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    recommendation = _recommendation_or_404(request, recommendation_id)
    reply = Reply.objects.filter(recommendation=recommendation).first() or Reply(recommendation=recommendation)

    def save(form: ReplyForm) -> None:
        given = form.cleaned_data
        reply_to_recommendation(
            recommendation,
            kind=ReplyKind(given["kind"]),
            reason=given["reason"],
            decided_by=given["decided_by"],
            decided_on=given["decided_on"],
            by=actor(request),
        )

    initial = {} if reply.pk else {"decided_on": timezone.localdate()}
    outcome = edit(request, reply, form_class=ReplyForm, save=save, initial=initial)
    if outcome.is_saved:
        messages.success(request, _("The reply to “%(heading)s” is saved.") % {"heading": recommendation.heading})
        return redirect("learnings:recommendations", recommendation.round_id)
    return show(
        request,
        "learnings/reply_edit.html",
        title=_("Reply"),
        round=recommendation.round,
        trail=_recommendations_trail(recommendation.round),
        recommendation=recommendation,
        outcome=outcome,
        form=outcome.form,
        status=outcome.status,
    )


def _point_or_404(request: HttpRequest, point_id: int) -> MainPoint:
    return get_object_or_404(MainPoint.objects.visible_to(request.user).select_related("round"), pk=point_id)


def _move(request: HttpRequest, point: MainPoint, service: Callable[..., object], done: str) -> HttpResponse:
    with told(request, done % {"heading": point.heading}):
        service(point, by=actor(request))
    return redirect(f"{reverse('learnings:main_points', args=[point.round_id])}#point-{point.pk}")


def _round_or_404(request: HttpRequest, round_id: int) -> Round:
    return get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)


def _recommendation_or_404(request: HttpRequest, recommendation_id: int) -> Recommendation:
    rows = Recommendation.objects.visible_to(request.user).select_related("round")
    return get_object_or_404(rows, pk=recommendation_id)


def _recommendations_trail(this_round: Round) -> Trail:
    return [(reverse("learnings:recommendations", args=[this_round.pk]), _("Recommendations"))]


def _quotes(
    rows: list[queries.MainPointSummary] | list[queries.RecommendationSummary],
) -> dict[int, queries.Quote]:
    supports = [row.support for row in rows]
    ids = {pk for row in supports for pk in (*row.excerpt_ids, *row.outdated_excerpt_ids, *row.waiting_excerpt_ids)}
    return {quote.excerpt_id: quote for quote in queries.quotes(ids)}


def _main_point_page(
    request: HttpRequest, point: MainPoint, *, title: str, initial: Mapping[str, object]
) -> HttpResponse:
    this_round = point.round

    def save(form: MainPointForm) -> None:
        given = form.cleaned_data
        changed = form.save(commit=False)
        save_main_point(
            changed,
            excerpts=given["excerpts"],
            themes=given["themes"],
            reason=given["change_reason"],
            by=actor(request),
        )

    outcome = edit(request, point, form_class=MainPointForm, save=save, initial=initial, round=this_round)
    if outcome.is_saved:
        messages.success(request, _("The main point “%(heading)s” is saved.") % {"heading": point.heading})
        return redirect("learnings:main_points", this_round.pk)
    question = outcome.form.chosen_question()
    trail = [(reverse("learnings:main_points", args=[this_round.pk]), _("Main points"))]
    return _resting_page(
        request, "learnings/main_point_edit.html", this_round, outcome, title=title, trail=trail, question=question
    )


def _recommendation_page(
    request: HttpRequest, row: Recommendation, *, title: str, initial: Mapping[str, object]
) -> HttpResponse:
    this_round = row.round

    def save(form: RecommendationForm) -> None:
        given = form.cleaned_data
        changed = form.save(commit=False)
        save_recommendation(changed, excerpts=given["excerpts"], reason=given["change_reason"], by=actor(request))

    outcome = edit(request, row, form_class=RecommendationForm, save=save, initial=initial, round=this_round)
    if outcome.is_saved:
        messages.success(request, _("The recommendation “%(heading)s” is saved.") % {"heading": row.heading})
        return redirect("learnings:recommendations", this_round.pk)
    trail = _recommendations_trail(this_round)
    return _resting_page(
        request, "learnings/recommendation_edit.html", this_round, outcome, title=title, trail=trail, question=None
    )


def _resting_page(
    request: HttpRequest,
    template: str,
    this_round: Round,
    outcome: Outcome,
    *,
    title: str,
    trail: Trail,
    question: Question | None,
) -> HttpResponse:
    form = cast("RestingForm", outcome.form)
    panel = queries.Panel(this_round)
    asked = [None, *(form.fields["question"].queryset if "question" in form.fields else ())]
    totals = {str(row.pk if row else ""): panel.support([], question=row, counted=Counted.HANDED_IN).m for row in asked}
    return show(
        request,
        template,
        title=title,
        round=this_round,
        trail=trail,
        outcome=outcome,
        form=form,
        groups=form.groups(),
        totals=json.dumps(totals),
        answered=totals[str(question.pk if question else "")],
        suppliers=sorted(
            {row.answer.version.report.supplier.name for row in form.chosen_excerpts() if not row.is_outdated}
        ),
        status=outcome.status,
    )
