"""Make a case public and take it down, from its page in the back office."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.rules import AnyUser
from cases.models import CommitteeCase
from cases.queries import latest_snapshot, publish_obstacles
from cases.rules import can_publish
from cms.forms import WithdrawForm
from cms.queries.cases import is_public, page_of
from cms.services import withdraw_case
from cms.services.cases import publish_case
from records.views.frames import frame
from records.views.telling import told


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what will be public, and on the word make it so."""
    case = _case_to_publish(request.user, pk)
    if request.method == "POST":
        with told(request):
            page = publish_case(case, by=request.user)
            messages.success(request, _("The case is public at %(address)s") % {"address": page.full_url})
        return redirect(case)
    page, snapshot = page_of(case), latest_snapshot(case)
    context = {
        "case": case,
        "snapshot": snapshot,
        "obstacles": publish_obstacles(case),
        "page": page,
        "is_public": bool(page and snapshot and is_public(page, snapshot)),
        **_frame(case, _("Publish the case")),
    }
    return render(request, "cms/case_publish.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and take the case and all its versions off the website."""
    case = _case_to_publish(request.user, pk)
    page = page_of(case)
    if page is None or not page.live:
        messages.warning(request, _("The case is not on the website, so there is nothing to withdraw."))
        return redirect(case)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_case(page, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The case has been taken off the website. Your reason is kept with it."))
        return redirect(case)
    context = {"case": case, "page": page, "form": form, **_frame(case, _("Withdraw the case"))}
    return render(request, "cms/case_withdraw.html", context)


def _case_to_publish(user: AnyUser, pk: int) -> CommitteeCase:
    case = get_object_or_404(CommitteeCase.objects.visible_to(user), pk=pk)
    if not can_publish(user, case):
        raise PermissionDenied
    return case


def _frame(case: CommitteeCase, title: str) -> dict[str, object]:
    return frame(title, (case.get_absolute_url(), case.title), icon="site")
