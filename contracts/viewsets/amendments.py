"""The registers of amendments and of the law that they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from contracts.bars import bars_of
from contracts.enums import AmendmentState
from contracts.models import Amendment, LegalBasis
from contracts.queries.amendments import changes_of, drift_of
from contracts.queries.shares import meters_of
from contracts.rules import can_edit_agreements
from records.views.reads import RecordInspectView
from records.viewsets import RecordViewSet


@dataclass(frozen=True)
class Action:
    """What can be done with an amendment; a step is done at once, anything else asks something first."""

    label: str
    url: str
    is_step: bool = False


def actions_of(amendment: Amendment) -> list[Action]:
    """Return what can be done with an amendment as it stands, the next thing first."""
    is_due = amendment.effective_on <= timezone.localdate()
    pages = {
        AmendmentState.AGREED: [
            *([(_("Bring into force now"), "amendment_take_effect", True)] if is_due else []),
            (_("Take back"), "amendment_take_back", False),
        ],
        AmendmentState.DRAFT: [
            (_("Put into force") if is_due else _("Record as agreed"), "amendment_force", False),
            (_("Edit draft"), "amendment_edit", False),
            (_("Withdraw"), "amendment_withdraw", False),
        ],
        AmendmentState.WITHDRAWN: [(_("Take up again"), "amendment_resume", True)],
    }.get(AmendmentState(amendment.state), [])
    return [Action(label, reverse(f"contracts:{page}", args=[amendment.pk]), step) for label, page, step in pages]


class AmendmentInspectView(RecordInspectView):
    template_name = "contracts/amendment_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        may_edit = can_edit_agreements(self.request.user)
        facts = {
            "changes": changes_of(self.object),
            "drift": drift_of(self.object) if self.object.is_draft else None,
            "meters": [(meter, bars_of(meter)) for meter in meters_of(self.object)],
            "actions": actions_of(self.object) if may_edit else [],
            "take_in_url": reverse("contracts:amendment_take_in", args=[self.object.pk]) if may_edit else None,
        }
        return {**context, **facts}


class AmendmentViewSet(RecordViewSet):
    """Read here; drafts are begun and put into force from the contract or framework that they change."""

    model = Amendment
    inspect_view_class = AmendmentInspectView
    icon = "edit"
    menu_label = gettext_lazy("Amendments")
    actions = frozenset()
    list_display = [
        "title", "number", "contract", "framework", "legal_basis", "value_dkk", "effective_on", "state", "signed_on",
        "justification",
    ]  # fmt: skip
    list_filter = {
        "state": ["exact"],
        "legal_basis": ["exact"],
        "framework": ["exact"],
    }
    search_fields = ("title", "rationale", "contract__number", "framework__name")
    list_select_related = ("contract__supplier", "framework", "legal_basis")
    inspect_view_fields = [
        "contract", "framework", "legal_basis", "value_dkk", "rationale", "effective_on", "signed_on", "document", "decision",
        "justification",
    ]  # fmt: skip
    empty_text = gettext_lazy("No amendments yet. Begin one from the contract or framework agreement that it changes.")


class LegalBasisViewSet(RecordViewSet):
    model = LegalBasis
    icon = "clipboard-list"
    menu_label = gettext_lazy("Legal bases of amendments")
    menu_order = 110
    add_to_settings_menu = True
    list_display = ["name", "paragraph", "limit_percent", "is_cumulative", "code"]
    search_fields = ("name", "paragraph", "code")
    empty_text = gettext_lazy("No legal bases yet. Add the paragraphs that allow a change without a new tender.")
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("paragraph"), FieldPanel("code")]),
        FieldRowPanel([FieldPanel("limit_percent"), FieldPanel("is_cumulative")]),
    ]
