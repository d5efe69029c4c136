"""Groups of fields that the registers' forms and the forms of amendments share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from committees.viewsets import decision_chooser

OPTION_TERM_PANELS = [
    FieldRowPanel([FieldPanel("length_months"), FieldPanel("decide_months_before"), FieldPanel("decide_by_on")])
]
OPTION_PANELS = [
    *OPTION_TERM_PANELS,
    FieldRowPanel([FieldPanel("state"), FieldPanel("decided_on")]),
    FieldPanel("decision", widget=decision_chooser.widget_class),
]
PRICE_PANELS = [
    FieldRowPanel([FieldPanel("service"), FieldPanel("unit"), FieldPanel("price_dkk")]),
    FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
]
OPEN_OPTIONS = InlinePanel(
    "options",
    panels=OPTION_TERM_PANELS,
    heading=_("Options that are not decided"),
    label=_("Option"),
)
CONTRACT_TERM_PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("ends_on"), FieldPanel("last_referral_on"), FieldPanel("run_off_months")]),
        ],
        heading=_("Period"),
    ),
    OPEN_OPTIONS,
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("notice_months"), FieldPanel("non_terminable_until")]),
            FieldPanel("notice_to_month_end"),
        ],
        heading=_("Agreed notice"),
    ),
    FieldRowPanel(
        [FieldPanel("expected_referrals_per_year"), FieldPanel("sharing_level")], heading=_("Volume and sharing")
    ),
    InlinePanel("prices", panels=PRICE_PANELS, heading=_("Prices"), label=_("Price")),
]
FRAMEWORK_TERM_PANELS = [
    FieldRowPanel([FieldPanel("ends_on"), FieldPanel("notice_months")], heading=_("Period")),
    OPEN_OPTIONS,
    MultiFieldPanel(
        [
            FieldPanel("ceiling_dkk"),
            FieldRowPanel([FieldPanel("retender_threshold_percent"), FieldPanel("stop_threshold_percent")]),
        ],
        heading=_("Ceiling"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("price_regulation"), FieldPanel("price_regulated_on")]),
            FieldPanel("price_regulation_note"),
        ],
        heading=_("Price regulation"),
    ),
]
RATIONALE_HELP = _(
    "Why the law allows the change, and why it is made. It is published as open data when the amendment is in force: write "
    "nothing that not everybody may read."
)
AMENDMENT_PANELS = [
    FieldPanel("title", help_text=_("What the amendment is about, in a few words.")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("legal_basis"), FieldPanel("value_dkk")]),
            FieldPanel("rationale", help_text=RATIONALE_HELP),
        ],
        heading=_("Legal basis and value"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("effective_on"), FieldPanel("signed_on")]),
            FieldPanel("document"),
            FieldPanel("decision", widget=decision_chooser.widget_class),
        ],
        heading=_("In force and signed"),
    ),
]
