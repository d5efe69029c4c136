"""Paste figures from jobindsats as context."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from records.forms import add_service_errors
from results.forms import OutsideForm
from results.services import import_outside
from results.views.shell import importers_only, show


@require_http_methods(["GET", "POST"])
@importers_only
def outside_import(request: HttpRequest) -> HttpResponse:
    form = OutsideForm(request.POST or None, initial={"retrieved_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            saved = import_outside(facts.pop("rows"), **facts, by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            text = ngettext("%(number)s figure is saved.", "%(number)s figures are saved.", len(saved))
            messages.success(request, text % {"number": len(saved)})
            return redirect("results_outside_figure:index")
    return show(request, "results/outside_import.html", title=_("Figures from outside"), form=form)
