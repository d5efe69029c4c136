"""Take a delivery out of use, and put it back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from records.forms import add_service_errors
from records.views.telling import told
from results.forms import WithdrawForm
from results.models import Delivery
from results.services import reinstate_delivery, withdraw_delivery
from results.views.shell import importers_only, show


@require_http_methods(["GET", "POST"])
@importers_only
def delivery_withdraw(request: HttpRequest, delivery_id: int) -> HttpResponse:
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=delivery_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_delivery(delivery, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _("The delivery is withdrawn. Its figures are no longer used in cases."))
            return redirect("results_delivery:inspect", delivery.pk)
    trail = ((reverse("results_delivery:inspect", args=[delivery.pk]), delivery.file_name),)
    return show(
        request, "results/delivery_withdraw.html", title=_("Withdraw"), trail=trail, delivery=delivery, form=form
    )


@require_POST
@importers_only
def delivery_reinstate(request: HttpRequest, delivery_id: int) -> HttpResponse:
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=delivery_id)
    with told(request, _("The withdrawal is undone. The delivery's figures are used again.")):
        reinstate_delivery(delivery, by=request.user)
    return redirect("results_delivery:inspect", delivery.pk)
