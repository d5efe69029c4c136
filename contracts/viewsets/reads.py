"""The read page of an agreement: below what it says, what it requires."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from contracts.models.documents import owner_field
from contracts.queries.documents import documents_of
from contracts.queries.obligations import obligations_of
from contracts.rules import can_edit_agreements
from records.views.base import with_next
from records.views.reads import RecordInspectView


class AgreementInspectView(RecordInspectView):
    template_name = "contracts/agreement_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today, here = self.request.user, timezone.localdate(), self.request.get_full_path()
        add_url = f"{reverse('obligation:add')}?{owner_field(self.object)}={self.object.pk}"
        facts = {
            "obligations": obligations_of(self.object, user=user, today=today),
            "documents": documents_of(self.object, user=user, today=today),
            "can_edit": can_edit_agreements(user),
            "here": here,
            "add_obligation_url": with_next(add_url, here),
        }
        return {**super().get_context_data(**kwargs), **facts}
