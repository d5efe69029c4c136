"""Take a delivery of spend out of use, and put it back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from contracts.forms.spend import WithdrawSpendForm
from contracts.models import SpendDelivery
from contracts.services.spend import reinstate_spend, withdraw_spend
from contracts.views.shell import editors_only
from contracts.views.spend.frame import show
from records.forms import add_service_errors
from records.views.telling import told


@require_http_methods(["GET", "POST"])
@editors_only
def spend_withdraw(request: HttpRequest, delivery_id: int) -> HttpResponse:
    delivery = get_object_or_404(SpendDelivery.objects.visible_to(request.user), pk=delivery_id)
    form = WithdrawSpendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_spend(delivery, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _("The delivery is withdrawn. What it took the place of counts again."))
            return redirect("spend_delivery:inspect", delivery.pk)
    trail = ((reverse("spend_delivery:inspect", args=[delivery.pk]), delivery.file_name),)
    return show(
        request, "contracts/spend_withdraw.html", title=_("Withdraw"), trail=trail, delivery=delivery, form=form
    )


@require_POST
@editors_only
def spend_reinstate(request: HttpRequest, delivery_id: int) -> HttpResponse:
    delivery = get_object_or_404(SpendDelivery.objects.visible_to(request.user), pk=delivery_id)
    with told(request, _("The withdrawal is undone. The delivery counts again.")):
        reinstate_spend(delivery, by=request.user)
    return redirect("spend_delivery:inspect", delivery.pk)
