"""The tab of experience on a tender's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from contracts.models import Tender
from contracts.tender_tabs import Tab

TAB = "experience"


def experience_tab(tender: Tender) -> Tab:
    return Tab(TAB, _("Experience"), reverse("learnings:tender_inputs", args=[tender.pk]))
