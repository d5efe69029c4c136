"""The checks beside the text, each with a link to the block it is about."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from cases import queries
from cases.checks.findings import Finding


class FindingsSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Show checks before publication")
        icon_name = "clipboard-list"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "count": len(self.panel.findings)}

    name = "case-findings"
    title = _("Checks before publication")
    template_name = "cases/_findings_panel.html"
    order = 150

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return queries.review(self.object, today=timezone.localdate()).findings

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "findings": self.findings}
