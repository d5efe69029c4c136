"""Merge two entries of the same supplier: find the other, see what would happen, do it, undo it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from records.forms import add_service_errors
from suppliers.forms import OtherSupplierForm, ReasonForm
from suppliers.models import Supplier
from suppliers.queries import likely_duplicates, side_by_side
from suppliers.services import merge_suppliers, preview_merge, undo_merge
from suppliers.views.shell import actor, editors_only, page_of, show
from suppliers.viewsets import supplier_chooser


@require_GET
@editors_only
def merge_choose(request: HttpRequest, supplier_id: int) -> HttpResponse:
    supplier = get_object_or_404(Supplier.objects.offered_to(request.user), pk=supplier_id)
    form = OtherSupplierForm(
        request.GET or None, supplier=supplier, user=request.user, widget=supplier_chooser.widget_class()
    )
    if form.is_valid():
        return redirect("suppliers:merge", supplier.pk, form.cleaned_data["into"].pk)
    return show(
        request,
        "suppliers/merge_choose.html",
        title=_("Merge"),
        supplier=supplier,
        form=form,
        media=form.media,
        likely=likely_duplicates(supplier, user=request.user),
    )


@require_http_methods(["GET", "POST"])
@editors_only
def merge(request: HttpRequest, supplier_id: int, into_id: int) -> HttpResponse:
    offered = Supplier.objects.offered_to(request.user)
    supplier, into = get_object_or_404(offered, pk=supplier_id), get_object_or_404(offered, pk=into_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            survivor = merge_suppliers(supplier, into=into, reason=form.cleaned_data["reason"], by=actor(request))
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            text = _("“%(name)s” is merged into “%(survivor)s”.") % {"name": supplier, "survivor": survivor}
            undo = messages.button(reverse("suppliers:merge_undo", args=[supplier.pk]), _("Undo…"))
            messages.success(request, text, buttons=[undo])
            return redirect(page_of(survivor))
    parts = preview_merge(supplier, into=into)
    return show(
        request,
        "suppliers/merge_confirm.html",
        title=_("Merge"),
        supplier=supplier,
        into=into,
        form=form,
        rows=side_by_side(supplier, into),
        parts=[part for part in parts if part.moved or part.kept],
        refusals=[refusal for part in parts for refusal in part.refusals],
    )


@require_http_methods(["GET", "POST"])
@editors_only
def merge_undo(request: HttpRequest, supplier_id: int) -> HttpResponse:
    merged = Supplier.objects.visible_to(request.user).exclude(merged_into=None).select_related("merged_into")
    supplier = get_object_or_404(merged, pk=supplier_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undo_merge(supplier, reason=form.cleaned_data["reason"], by=actor(request))
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _("“%(name)s” stands for itself again.") % {"name": supplier})
            return redirect(page_of(supplier))
    return show(
        request,
        "suppliers/merge_undo.html",
        title=_("Undo the merge"),
        supplier=supplier.survivor,
        loser=supplier,
        form=form,
    )
