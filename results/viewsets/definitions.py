"""The registers of what is counted, and how."""

from __future__ import annotations

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from records.viewsets import RecordViewSet
from results.models import (
    BenefitGroup,
    CodeGroup,
    CountingRule,
    Measure,
    MeasureVersion,
    RegisterCode,
)
from results.services import save_measure_version
from results.services.counting_rules import save_counting_rule, save_register_code

CODE_HELP = gettext_lazy("A short name without spaces. Files that are imported use it, so do not change it later.")


class MeasureViewSet(RecordViewSet):
    model = Measure
    name = "results_measure"
    url_prefix = "resultater/maal"
    icon = "order"
    menu_label = gettext_lazy("Measures")
    list_display = ["name", "code", "kind", "column_label", "order"]
    list_filter = ["kind"]
    search_fields = ("name", "code", "column_label")
    inspect_relations = ("versions",)
    empty_text = gettext_lazy("No measures yet. Add what you follow, then the version that says how it is counted.")
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("code", help_text=CODE_HELP), FieldPanel("kind"), FieldPanel("order")]),
        FieldPanel("column_label"),
    ]


class MeasureVersionViewSet(RecordViewSet):
    model = MeasureVersion
    name = "results_measure_version"
    url_prefix = "resultater/opgoerelser"
    icon = "doc-full"
    menu_label = gettext_lazy("Definitions")
    list_display = ["measure", "code", "valid_from", "valid_to", "window", "population", "counts"]
    list_filter = ["measure"]
    search_fields = ("code", "measure__name", "window", "population", "counts", "method_note")
    empty_text = gettext_lazy("No definitions yet. Add a measure first, then how it is counted.")
    save_service = staticmethod(save_measure_version)
    panels = [
        FieldRowPanel([FieldPanel("measure"), FieldPanel("code", help_text=CODE_HELP)]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")], heading=gettext_lazy("Validity")),
        MultiFieldPanel(
            [
                FieldPanel("window"),
                FieldPanel("population"),
                FieldPanel("counts"),
                FieldPanel("counts_unripe_as_no_outcome"),
            ],
            heading=gettext_lazy("How it is counted"),
        ),
        FieldPanel("totals_are_unique_persons"),
        FieldPanel("fewest_answers"),
        FieldPanel("method_note"),
    ]


class BenefitGroupViewSet(RecordViewSet):
    model = BenefitGroup
    name = "results_benefit_group"
    url_prefix = "resultater/ydelsesgrupper"
    icon = "group"
    menu_label = gettext_lazy("Benefit groups")
    list_display = ["name", "code", "short_name", "order", "parts", "valid_from", "valid_to"]
    list_prefetch_related = ("parts",)
    search_fields = ("name", "code", "short_name")
    empty_text = gettext_lazy("No benefit groups yet. Add what citizens live on.")
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("code", help_text=CODE_HELP), FieldPanel("order")]),
        FieldPanel("parts"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")], heading=gettext_lazy("Validity")),
    ]


class CodeGroupViewSet(RecordViewSet):
    model = CodeGroup
    name = "results_code_group"
    url_prefix = "resultater/kodegrupper"
    icon = "folder-open-inverse"
    menu_label = gettext_lazy("Code groups")
    list_display = ["name", "code", "order"]
    search_fields = ("name", "code")
    inspect_relations = ("codes",)
    empty_text = gettext_lazy("No code groups yet. Add groups of register codes that count alike.")
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("code", help_text=CODE_HELP), FieldPanel("order")]),
    ]


class RegisterCodeViewSet(RecordViewSet):
    model = RegisterCode
    name = "results_register_code"
    url_prefix = "resultater/registerkoder"
    icon = "list-ol"
    menu_label = gettext_lazy("Register codes")
    list_display = ["code", "label", "group", "confidence", "note"]
    list_filter = ["group", "confidence"]
    list_select_related = ("group",)
    search_fields = ("code", "label", "note")
    empty_text = gettext_lazy("No codes yet. Add the codes of the register, each with its group.")
    save_service = staticmethod(save_register_code)
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("group"), FieldPanel("confidence")]),
        FieldPanel("label"),
        FieldPanel("note"),
    ]


class CountingRuleViewSet(RecordViewSet):
    model = CountingRule
    name = "results_counting_rule"
    url_prefix = "resultater/taelleregler"
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("Counting rules")
    list_display = [
        "name",
        "version",
        "is_used",
        "counted_by",
        "window_months",
        "person_rule",
        "valid_from",
        "valid_to",
    ]
    list_filter = ["is_used", "counted_by"]
    search_fields = ("name", "measure_code", "version", "note")
    empty_text = gettext_lazy("No counting rules yet. Add how a measure is counted from the registers.")
    save_service = staticmethod(save_counting_rule)
    panels = [
        FieldPanel("name"),
        FieldRowPanel(
            [
                FieldPanel("measure_code", help_text=CODE_HELP),
                FieldPanel("version"),
                FieldPanel("order"),
                FieldPanel("is_used"),
            ]
        ),
        FieldPanel("column_label"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")], heading=gettext_lazy("Validity")),
        MultiFieldPanel(
            [
                FieldPanel("population"),
                FieldPanel("counted_by"),
                FieldPanel("window_months"),
                FieldPanel("yes_groups", widget=CheckboxSelectMultiple),
                FieldPanel("employed_groups", widget=CheckboxSelectMultiple),
                FieldPanel("blank_with_work"),
                FieldPanel("censored_groups", widget=CheckboxSelectMultiple),
                FieldPanel("person_rule"),
            ],
            heading=gettext_lazy("How it is counted"),
        ),
        FieldPanel("note"),
    ]
