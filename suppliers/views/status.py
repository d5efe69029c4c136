"""Say how the cooperation with a supplier stands."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from records.forms import add_service_errors
from records.services import EditConflictError, check_version
from records.versions import current_version
from suppliers.forms import StatusForm
from suppliers.models import Supplier
from suppliers.services import change_status
from suppliers.views.shell import actor, editors_only, page_of, show


@require_http_methods(["GET", "POST"])
@editors_only
def supplier_status(request: HttpRequest, supplier_id: int) -> HttpResponse:
    supplier = get_object_or_404(Supplier.objects.offered_to(request.user), pk=supplier_id)
    form = StatusForm(request.POST or None, initial=_initial(supplier))
    if request.method == "POST" and form.is_valid() and _change(request, supplier, form):
        messages.success(request, _("The status of “%(name)s” was saved.") % {"name": supplier})
        return redirect(page_of(supplier))
    return show(request, "suppliers/supplier_status.html", title=_("Status"), supplier=supplier, form=form)


def _initial(supplier: Supplier) -> dict[str, object]:
    return {
        "status": supplier.status,
        "status_reason": supplier.status_reason,
        "status_since": supplier.status_since or timezone.localdate(),
        "loaded_version": current_version(supplier),
    }


def _change(request: HttpRequest, supplier: Supplier, form: StatusForm) -> bool:
    given = form.cleaned_data
    try:
        with transaction.atomic():
            check_version(supplier, given["loaded_version"])
            change_status(
                supplier,
                status=given["status"],
                reason=given["status_reason"],
                since=given["status_since"],
                today=timezone.localdate(),
                by=actor(request),
            )
    except ValidationError as error:
        add_service_errors(form, error)
    except EditConflictError:
        form.data = {**form.data.dict(), "loaded_version": current_version(supplier)}
        form.add_error(
            None,
            _(
                "Somebody else changed the supplier while you were writing. Look at the supplier's page, and save again."
            ),
        )
    return form.is_valid()
