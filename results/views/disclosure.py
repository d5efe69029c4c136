"""Why a number may not leave the municipality."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from documents import formats
from results.disclosure import MUNICIPALITY, Disclosure, Part, State, main_part
from results.models import Observation
from results.queries import disclosed
from results.views.shell import show


@dataclass(frozen=True)
class NumberRow:
    """One number of a figure: as the municipality sees it, as the public does, and why."""

    label: str
    number: str
    is_marked: bool
    public: str
    why: str


@require_GET
def figure_disclosure(request: HttpRequest, observation_id: int) -> HttpResponse:
    figure = get_object_or_404(Observation.objects.visible_to(request.user).with_names(), pk=observation_id)
    answer = disclosed([figure], audience=MUNICIPALITY)
    delivery = figure.delivery
    return show(
        request,
        "results/figure_disclosure.html",
        title=_("What may be shown"),
        trail=((reverse("results_delivery:inspect", args=[delivery.pk]), delivery.file_name),),
        figure=figure,
        rows=number_rows(figure, answer),
        highest=answer.policy.min_cell - 1,
        min_cell=answer.policy.min_cell,
        hidden_mark=formats.HIDDEN,
    )


def number_rows(figure: Observation, answer: Disclosure) -> list[NumberRow]:
    """Return the numbers that the figure has, what it says first."""
    parts = dict.fromkeys((main_part(figure), *Part))
    return [_row(figure, part, answer) for part in parts if getattr(figure, part.value) is not None]


def _row(figure: Observation, part: Part, answer: Disclosure) -> NumberRow:
    verdict = answer.of(figure, part)
    field = Observation._meta.get_field(part.value)
    number = formats.number(getattr(figure, part.value), decimals=1 if part is Part.MEAN else 0)
    return NumberRow(
        label=str(field.verbose_name),
        number=number,
        is_marked=verdict.state is State.MARKED,
        public=formats.HIDDEN if verdict.is_marked else number,
        why=answer.why(figure, part),
    )
