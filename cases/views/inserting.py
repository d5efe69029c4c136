"""Put what somebody looks at into a case, as a live block."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.rules import AnyUser, can_edit_cases
from cases.models import CommitteeCase
from cases.services import insert_live_block
from cases.views.pages import edit_url, shell
from records.forms import is_done
from results.comparison import Comparison, Question, compare, printed
from results.comparison.scopes import scopes
from results.views.choices import ChoiceForm

if TYPE_CHECKING:
    from accounts.models import User

OFFERED = 25  # cases, the newest first


class PlaceForm(forms.Form):
    """Where in which case."""

    place = forms.ChoiceField(label=gettext_lazy("Case and section"))

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cases = CommitteeCase.objects.visible_to(user).select_related("latest_revision", "template")
        self.cases = {str(case.pk): case for case in cases.order_by("-dated_on", "-pk")[:OFFERED]}
        self.fields["place"].choices = [(case.title, _parts(case)) for case in self.cases.values()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[CommitteeCase, str]:
        pk, _separator, part_id = self.cleaned_data["place"].partition(":")
        return self.cases[pk], part_id


class CaptionedPlaceForm(PlaceForm):
    """Where in which case; and what stands above the table."""

    caption = forms.CharField(label=gettext_lazy("Caption"), max_length=250)


@require_http_methods(["GET", "POST"])
def insert_comparison(request: HttpRequest) -> HttpResponse:
    """Choose the case and section into which the comparison of the address is put."""
    if not can_edit_cases(request.user):
        raise PermissionDenied
    question = _asked(request)
    if question is None:
        raise Http404
    found = compare(question)
    form = CaptionedPlaceForm(request.POST or None, user=request.user, initial={"caption": _caption(found)})
    if request.method == "POST" and form.is_valid():
        case, part_id = form.chosen
        value = block_value(question, caption=form.cleaned_data["caption"])
        by = cast("User", request.user)
        if is_done(form, lambda: insert_live_block(case, part_id=part_id, kind="comparison", value=value, by=by)):
            messages.success(
                request, _("The comparison is in the case. It follows the figures until documents are made.")
            )
            return redirect(edit_url(case))
    context = {
        "form": form,
        "finding": printed.finding(found),
        "leaves_out_unvalidated": bool(request.GET.get("uvaliderede")),
        "back": f"{reverse('results:comparison')}?{request.GET.urlencode()}",
        **shell(_("Put the comparison into a case")),
    }
    return render(request, "cases/comparison_insert.html", context)


def _asked(request: HttpRequest) -> Question | None:
    """Return what the address asks for as a case shows it: validated figures, all suppliers alike, no places."""
    question = ChoiceForm(request.GET, scopes(include_unvalidated=bool(request.GET.get("uvaliderede")))).question
    return question and replace(question, include_unvalidated=False, supplier=None, with_places=False)


def block_value(question: Question, *, caption: str) -> dict[str, Any]:
    """Return the question as the block stores it."""
    return {
        "name": "tabel-sammenligning",
        "caption": caption,
        "measure": question.measure.pk,
        "period": question.period.code,
        "framework": question.framework.pk if question.framework else None,
        "lot": question.lot.pk if question.lot else None,
        "benefit_group": question.benefit_group.pk if question.benefit_group else None,
        "reference": question.reference.value,
        "target_percent": None if question.target is None else str(round(100 * question.target, 3)),
        "unit": question.unit.value if question.unit else "",
        "definition": question.version.code if question.version else "",
        "is_by_size": question.by_size,
        "has_groups": True,
        "has_pictures": True,
        "note": "",
    }


def _caption(found: Comparison) -> str:
    question = found.question
    return ", ".join(text for text in (question.measure.name, question.scope, question.period.label) if text)


def _parts(case: CommitteeCase) -> list[tuple[str, str]]:
    """Return the sections and annexes of the newest text, by the address that a choice of one has."""
    found = []
    for child in case.newest_text().body:
        section = None if child.block_type == "annex" else child.value["section"]
        if section is not None and section.is_after_meeting:
            continue
        label = child.value["title"] if child.block_type == "annex" else child.value["heading"] or str(section or "–")
        found.append((f"{case.pk}:{child.id}", label))
    return found
