"""Read what is coded into each theme, and merge themes."""

from __future__ import annotations

from itertools import groupby

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from learnings.enums import Counted
from learnings.forms.coding import MergeForm
from learnings.models import Excerpt, Round, Theme
from learnings.queries import Panel, Scope, ThemeRow, round_excerpts, theme_rows, themes_below
from learnings.queries.who import ref
from learnings.services import merge_themes
from learnings.views.shell import actor, back, editors_only, show
from records.forms import add_service_errors


@require_GET
def themes(request: HttpRequest, round_id: int) -> HttpResponse:
    """`?theme=` shows one theme and those below it only, `?question=` one question, `?column=lot-7` one lot.

    With `?counted=1` only what is counted is shown, the text behind a number; with `?reports=accepted` too only what is
    said in accepted reports.
    """
    this_round = get_object_or_404(Round.objects.visible_to(request.user), pk=round_id)
    rows = theme_rows(this_round)
    excerpts = _chosen(request, this_round, rows)
    grouped = {theme_id: list(group) for theme_id, group in groupby(excerpts, key=lambda row: row.theme_id)}
    chosen = [name for name in ("theme", "question", "column") if request.GET.get(name)]
    return show(
        request,
        "learnings/themes.html",
        title=_("Themes and excerpts"),
        round=this_round,
        rows=rows,
        chosen=chosen,
        groups=[(row, grouped[row.theme.pk]) for row in rows if row.theme.pk in grouped],
    )


@require_http_methods(["GET", "POST"])
@editors_only
def theme_merge(request: HttpRequest, theme_id: int) -> HttpResponse:
    """`?round=` is the round to go back to, the newest that is coded with the book unless given."""
    theme = get_object_or_404(Theme.objects.visible_to(request.user).select_related("code_book"), pk=theme_id)
    this_round = _round_of(request, theme)
    form = MergeForm(request.POST or None, theme=theme, round=this_round)
    if request.method == "POST" and form.is_valid():
        into = form.chosen()
        try:
            merge_themes(theme, into=into, by=actor(request))
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(
                request, _("“%(theme)s” is merged into “%(into)s”.") % {"theme": theme.name, "into": into.name}
            )
            default = f"{reverse('learnings:themes', args=[this_round.pk])}?{urlencode({'theme': into.pk})}"
            return redirect(back(request, default))
    return show(
        request,
        "learnings/theme_merge.html",
        title=_("Merge “%(theme)s”") % {"theme": theme.name},
        round=this_round,
        trail=[(reverse("learnings:themes", args=[this_round.pk]), _("Themes and excerpts"))],
        theme=theme,
        excerpts=theme.excerpts.count(),
        below=theme.children.all(),
        form=form,
        next=request.POST.get("next") or request.GET.get("next", ""),
    )


def _round_of(request: HttpRequest, theme: Theme) -> Round:
    rounds = Round.objects.visible_to(request.user).filter(code_book=theme.code_book)
    asked = request.GET.get("round", "")
    found = (rounds.filter(pk=asked).first() if asked.isdigit() else None) or rounds.first()
    return found or get_object_or_404(rounds, pk=0)


def _chosen(request: HttpRequest, this_round: Round, rows: list[ThemeRow]) -> list[Excerpt]:
    asked = request.GET
    excerpts = round_excerpts(this_round)
    if asked.get("theme", "").isdigit():
        excerpts = excerpts.filter(theme__in=themes_below(rows, int(asked["theme"])))
    if asked.get("question", "").isdigit():
        excerpts = excerpts.filter(answer__question=asked["question"])
    counted = Counted.ACCEPTED if asked.get("reports") == Counted.ACCEPTED else Counted.HANDED_IN
    found = [row for row in excerpts if not asked.get("counted") or row.counts(counted)]
    scope = scope_of(asked.get("column", ""))
    if scope is None:
        return found
    panel = Panel(this_round)
    return [row for row in found if panel.is_in(ref(row.answer.version.report.supplier), scope)]


def scope_of(key: str) -> Scope | None:
    """Return the lot or target group that the key of a column names, or None for all."""
    kind, _dash, pk = key.partition("-")
    if not pk.isdigit() or kind not in {"lot", "target_group"}:
        return None
    return Scope(lot_id=int(pk)) if kind == "lot" else Scope(target_group_id=int(pk))
