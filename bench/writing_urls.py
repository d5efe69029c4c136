"""What a save is measured against: a view behind the same middleware and door, that writes one row and its history."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import include, path
from django.views.decorators.http import require_POST

from portal.acting import Acting
from portal.views.shell import member_page
from records.services import attribute_change
from suppliers.models import Contact


@require_POST
@member_page
@transaction.atomic
def reference_save(request: HttpRequest, acting: Acting, pk: int) -> HttpResponseBase:
    contact = get_object_or_404(Contact.objects.select_for_update(), pk=pk)
    contact.phone = request.POST["phone"]
    attribute_change(contact, reason="", by=acting.user)
    contact.save()
    return JsonResponse({"phone": contact.phone})


urlpatterns = [path("bench/<int:supplier_id>/<int:pk>/", reference_save), path("", include("config.urls"))]
