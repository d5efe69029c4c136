"""Who stands behind the site: shown in header and footer of every page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site", name="site-settings")
class SiteSettings(BaseSiteSetting):
    municipality = models.CharField(_("municipality"), max_length=120, blank=True)
    department = models.CharField(_("department"), max_length=120, blank=True)
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(
        _("phone"), max_length=30, blank=True, help_text=_("The law wants a phone number beside the statement.")
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    statement_url = models.URLField(
        _("address of the accessibility statement"),
        blank=True,
        help_text=_("The statement made in the national tool. The site's address /was leads to it."),
    )
    statement_updated_on = models.DateField(
        _("accessibility statement updated"),
        null=True,
        blank=True,
        help_text=_("The statement must be looked through at least once a year."),
    )
    accessibility_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page about accessibility"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page about privacy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    select_related = ["accessibility_page", "privacy_page"]
    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("municipality", "department", "address", "phone", "email")],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("statement_url", "statement_updated_on", "accessibility_page", "privacy_page")
            ],
            heading=_("Accessibility and privacy"),
        ),
    ]

    class Meta:
        verbose_name = _("website")
        verbose_name_plural = _("website")
