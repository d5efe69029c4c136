"""A comparison of suppliers as a live block."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from cases.blocks.names import NameBlock
from cases.blocks.text import PeriodBlock
from cases.choosers import BenefitGroupChooserBlock, FrameworkChooserBlock, LotChooserBlock, MeasureChooserBlock
from results.comparison import Reference
from results.enums import Unit
from results.models import MeasureVersion


class PercentBlock(blocks.DecimalBlock):
    """A percentage that may be left empty, also by a paste or an import that writes no value as an empty text."""

    def to_python(self, value: Any) -> Decimal | None:
        found: Decimal | None = super().to_python(None if value == "" else value)
        return found


class ReferenceBlock(blocks.FieldBlock):
    """What suppliers are held against. The choices stand here, not in the migrations of every text."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        self.field = forms.ChoiceField(choices=Reference.choices, required=required, help_text=help_text)
        kwargs.setdefault("default", Reference.OTHERS.value)
        super().__init__(**kwargs)

    class Meta:
        icon = "order"


class UnitBlock(blocks.FieldBlock):
    """What is counted; left empty, it is that of the newest delivery."""

    def __init__(self, required: bool = False, help_text: Any = None, **kwargs: Any) -> None:
        choices = [("", gettext_lazy("That of the newest delivery")), *Unit.choices]
        self.field = forms.ChoiceField(choices=choices, required=required, help_text=help_text)
        super().__init__(**kwargs)

    class Meta:
        icon = "group"
        default = ""


class ComparisonBlock(blocks.StructBlock):
    """Each supplier held against a reference within benefit groups, with what cannot be compared and the suppliers' words."""

    name = NameBlock()
    caption = blocks.CharBlock(label=gettext_lazy("Caption"))
    measure = MeasureChooserBlock(label=gettext_lazy("Measure"))
    period = PeriodBlock()
    framework = FrameworkChooserBlock(required=False, label=gettext_lazy("Framework agreement"))
    lot = LotChooserBlock(required=False, label=gettext_lazy("Lot"))
    benefit_group = BenefitGroupChooserBlock(required=False, label=gettext_lazy("Benefit group"))
    reference = ReferenceBlock(label=gettext_lazy("Held against"))
    target_percent = PercentBlock(
        required=False,
        min_value=0,
        max_value=100,
        label=gettext_lazy("Target in per cent"),
        help_text=gettext_lazy("Only for a fixed target."),
    )
    unit = UnitBlock(required=False, label=gettext_lazy("Unit"))
    definition = blocks.CharBlock(
        required=False,
        max_length=40,
        label=gettext_lazy("Definition"),
        help_text=gettext_lazy("The code of the measure's version. Leave empty for that of the newest delivery."),
    )
    has_groups = blocks.BooleanBlock(
        required=False, default=True, label=gettext_lazy("A row for each benefit group too")
    )
    has_pictures = blocks.BooleanBlock(required=False, label=gettext_lazy("With pictures"))
    is_by_size = blocks.BooleanBlock(
        required=False,
        label=gettext_lazy("Order the pictures by size"),
        help_text=gettext_lazy("Otherwise by name. The table is by name."),
    )
    note = blocks.TextBlock(required=False, rows=2, label=gettext_lazy("Note below the table"))

    class Meta:
        icon = "view"
        label = gettext_lazy("Comparison of suppliers")
        label_format = "{caption}"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value["reference"] == Reference.TARGET and value["target_percent"] is None:
            missing = ValidationError(_("Write the target that the suppliers are held against, e.g. 30."))
            raise blocks.StructBlockValidationError({"target_percent": missing})
        if value["definition"] and not version_of(value):
            unknown = ValidationError(_("The measure has no version with this code."))
            raise blocks.StructBlockValidationError({"definition": unknown})
        return value


def version_of(value: Any) -> MeasureVersion | None:
    """Return the version that a block names; None when it names none, or one that the measure has not."""
    code = value["definition"]
    return MeasureVersion.objects.filter(measure=value["measure"], code=code).first() if code else None
