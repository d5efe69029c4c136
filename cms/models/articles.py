"""Pages of ordinary text: about, accessibility, privacy."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import ArticleBlock


class StandardPage(Page):
    lead = models.TextField(_("lead"), blank=True, max_length=400, help_text=_("What the page says, in two lines."))
    body = StreamField(ArticleBlock(), verbose_name=_("text"), blank=True)

    template = "cms/standard_page.html"
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    show_in_menus_default = False

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.AutocompleteField("lead"),
        index.SearchField("body"),
        index.AutocompleteField("body"),
    ]

    class Meta:
        verbose_name = _("text page")
        verbose_name_plural = _("text pages")

    @property
    def summary(self) -> str:
        return self.search_description or self.lead
