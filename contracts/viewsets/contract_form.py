"""The form of a contract, in the order in which a contract is read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from contracts.forms.panels import OPTION_PANELS, PRICE_PANELS
from contracts.viewsets.choosers import contract_chooser, lot_chooser
from suppliers.viewsets import supplier_chooser

CONTRACT_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("number"),
            FieldPanel("supplier", widget=supplier_chooser.widget_class),
            FieldPanel("lot", widget=lot_chooser.widget_class),
        ],
        heading=_("Who and what"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel("starts_on"),
                    FieldPanel("ends_on", help_text=_("Leave empty when the contract runs until it is terminated.")),
                ]
            ),
            FieldRowPanel([FieldPanel("last_referral_on"), FieldPanel("run_off_months")]),
        ],
        heading=_("Period"),
    ),
    InlinePanel(
        "options",
        panels=OPTION_PANELS,
        heading=_("Options"),
        label=_("Option"),
        help_text=_("Rights to extend, in the order in which they are used. Each begins where the one before it ends."),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("signed_by_municipality_on"), FieldPanel("signed_by_supplier_on")])],
        heading=_("Signing"),
        help_text=_("A contract is valid from the day on which both sides have signed it."),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("notice_months"), FieldPanel("non_terminable_until")]),
            FieldPanel("notice_to_month_end"),
        ],
        heading=_("Agreed notice"),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("notice_given_on"), FieldPanel("notice_given_by"), FieldPanel("terminated_to")])],
        heading=_("Notice that was given"),
        help_text=_("Use “Give notice” on the contract's page: it computes the last day."),
        classname="collapsed",
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("value_dkk"), FieldPanel("expected_referrals_per_year")])], heading=_("Volume")
    ),
    InlinePanel("prices", panels=PRICE_PANELS, heading=_("Prices"), label=_("Price")),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("sharing_level"), FieldPanel("responsible")])],
        heading=_("Sharing and responsibility"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("predecessor", widget=contract_chooser.widget_class),
            FieldRowPanel([FieldPanel("f2_case_number"), FieldPanel("edoc_case_number")]),
            FieldPanel("note"),
        ],
        heading=_("Case numbers and note"),
        classname="collapsed",
    ),
]
