"""A supplier's own results: the page, the file, and what it says of its figures."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.acting import Acting
from portal.forms import ResultCommentForm
from portal.queries import results
from portal.queries.results import Choice, NoSuchChoiceError
from portal.views.shell import address, member_page, show
from records.forms import add_service_errors
from records.views.downloads import CSV, table_file
from results.asking import asked_once
from results.comparison import printed
from results.models import ResultComment
from results.services import save_comment

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@member_page
@asked_once()
def result_show(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    choices = results.own_choices(acting)
    choice = _chosen(choices, request)
    asked = choice.codes if choice else request.GET.dict()
    facts: dict[str, Any] = {"has_choices": bool(choices), "choice": choice, "options": results.options(choices, asked)}
    if choice is not None:
        facts |= {"page": results.figures_of(acting, choice), "query": urlencode(choice.codes)}
    return show(request, "portal/result_show.html", acting, here="results", **facts)


@require_safe
@member_page
def result_download(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Return the table of the page as CSV, with the same numbers and the same marks."""
    choice = _one(results.own_choices(acting), request)
    found = results.figures_of(acting, choice).comparison
    names, lines = printed.sheet(found)
    parts = (_("Results"), str(choice.measure), found.question.scope, choice.period.code.replace("/", " "))
    stem = f"{' '.join(part for part in parts if part)} {timezone.localdate().isoformat()}"
    return table_file(stem, CSV, sheet=_("Results"), headings=names, rows=lines)


@GET_OR_POST
@member_page
def result_comment(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Let somebody who may write for the supplier say something of its figures; it is printed beside them."""
    if not acting.can_write:
        raise PermissionDenied
    choice = _one(results.own_choices(acting), request)
    held = _comment(acting, choice)
    sent = request.POST if request.method == "POST" else None
    form = ResultCommentForm(sent, initial={"text": held.text if held else ""})
    if sent is not None and form.is_valid() and _is_saved(acting, choice, form):
        messages.success(request, _("Your comment is saved, and stands beside your figures."))
        return redirect(f"{address('results', acting)}?{urlencode(choice.codes)}")
    facts = {"form": form, "choice": choice, "scope": results.scope_label(choice), "query": urlencode(choice.codes)}
    return show(request, "portal/result_comment.html", acting, here="results", **facts)


def _is_saved(acting: Acting, choice: Choice, form: ResultCommentForm) -> bool:
    """Save the comment and tell whether it was saved; what the service refuses stands in the form."""
    what = {"measure": choice.measure, "period": choice.period, "framework": choice.framework, "lot": choice.lot}
    try:
        save_comment(acting.supplier, **what, text=form.cleaned_data["text"], by=acting.user)
    except ValidationError as error:
        add_service_errors(form, error)
        return False
    return True


def _comment(acting: Acting, choice: Choice) -> ResultComment | None:
    framework = choice.lot.framework if choice.lot else choice.framework
    found = ResultComment.objects.of_period(choice.period).filter(supplier=acting.supplier, measure=choice.measure)
    return found.filter(framework=framework, lot=choice.lot).first()


def _chosen(choices: tuple[Choice, ...], request: HttpRequest) -> Choice | None:
    """Return what the address names; what the supplier has no figures of does not exist for it."""
    try:
        return results.chosen(choices, request.GET.dict())
    except NoSuchChoiceError as error:
        raise Http404 from error


def _one(choices: tuple[Choice, ...], request: HttpRequest) -> Choice:
    choice = _chosen(choices, request)
    if choice is None:
        raise Http404
    return choice
