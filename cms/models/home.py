"""The front page."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.blocks import INLINE_FEATURES
from cms.permissions import KeptPageMixin


class HomePage(KeptPageMixin, Page):
    """What the municipality buys, from whom, with what results; its figures come from the register when it is shown."""

    lead = models.TextField(_("lead"), blank=True, max_length=400)
    buys_text = RichTextField(_("what the municipality buys"), blank=True, features=INLINE_FEATURES)
    suppliers_text = RichTextField(_("from whom"), blank=True, features=INLINE_FEATURES)
    results_text = RichTextField(_("with what results"), blank=True, features=INLINE_FEATURES)

    template = "cms/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.CaseIndexPage", "cms.StandardPage"]
    max_count = 1

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("buys_text"), FieldPanel("suppliers_text"), FieldPanel("results_text")],
            heading=_("Three short texts"),
        ),
    ]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.queries.frameworks import framework_overview  # queries read models, so they load after them
        from cms.queries.listings import latest_cases
        from cms.queries.reports import public_rounds

        return {
            **super().get_context(request, *args, **kwargs),
            "frameworks": framework_overview(),
            "cases": latest_cases(count=3),
            "rounds": public_rounds()[:3],
        }

    @property
    def summary(self) -> str:
        return self.search_description or self.lead
