"""The documents of a tender."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from contracts.queries.documents import documents_of
from contracts.views.tenders.shell import show, tender_or_404


@require_GET
def documents(request: HttpRequest, tender_id: int) -> HttpResponse:
    tender = tender_or_404(request, tender_id)
    held = documents_of(tender, user=request.user, today=timezone.localdate())
    template = "contracts/tenders/documents.html"
    return show(request, template, title=_("Documents"), tender=tender, tab="documents", documents=held)
