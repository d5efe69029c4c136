"""Blocks that people write: text with marks, lists, notes, signatures."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from cases.blocks.names import NameBlock
from cases.choosers import (
    BenefitGroupChooserBlock,
    FrameworkChooserBlock,
    LotChooserBlock,
    MeasureChooserBlock,
    ServiceChooserBlock,
    SupplierChooserBlock,
)
from results.periods import PeriodError
from results.periods import parse as parse_period

INLINE_FEATURES = ["bold", "italic", "link"]
TEXT_FEATURES = [*INLINE_FEATURES, "ol", "ul"]


class PeriodBlock(blocks.CharBlock):
    """A period as the import files write it: 2022, 2022-Q1 or 2020-07-01/2023-05-31."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("label", gettext_lazy("Period"))
        kwargs.setdefault("help_text", gettext_lazy("2022, 2022-Q1 or 2020-07-01/2023-05-31"))
        super().__init__(**kwargs)

    def clean(self, value: str) -> str:
        value = super().clean(value)
        if value:
            try:
                parse_period(value)
            except PeriodError as error:
                raise ValidationError(
                    _("“%(value)s” is not a period. Write 2022, 2022-Q1 or 2020-07-01/2023-05-31.") % {"value": value}
                ) from error
        return value


class FigureMark(blocks.StructBlock):
    """One live figure in running text. Written in the text as {name}."""

    name = NameBlock()
    measure = MeasureChooserBlock(label=gettext_lazy("Measure"))
    period = PeriodBlock()
    framework = FrameworkChooserBlock(required=False, label=gettext_lazy("Framework agreement"))
    lot = LotChooserBlock(required=False, label=gettext_lazy("Lot"))
    supplier = SupplierChooserBlock(required=False, label=gettext_lazy("Supplier"))
    benefit_group = BenefitGroupChooserBlock(required=False, label=gettext_lazy("Benefit group"))
    service = ServiceChooserBlock(required=False, label=gettext_lazy("Service"))
    is_share = blocks.BooleanBlock(
        required=False, label=gettext_lazy("Show the share"), help_text=gettext_lazy("Otherwise the number.")
    )
    is_rounded = blocks.BooleanBlock(
        required=False,
        label=gettext_lazy("Rounded"),
        help_text=gettext_lazy("“ca. 12.000” instead of the exact number."),
    )

    class Meta:
        icon = "decimal"
        label = gettext_lazy("Live figure")
        label_format = "{name}"


class FootnoteMark(blocks.StructBlock):
    name = NameBlock()
    text = blocks.RichTextBlock(features=INLINE_FEATURES, label=gettext_lazy("Text of the footnote"))

    class Meta:
        icon = "superscript"
        label = gettext_lazy("Footnote")
        label_format = "{name}"


class ReferenceMark(blocks.StructBlock):
    name = NameBlock()
    target = NameBlock(
        label=gettext_lazy("Refers to"), help_text=gettext_lazy("The name of a table, figure or annex in this paper.")
    )

    class Meta:
        icon = "link"
        label = gettext_lazy("Reference")
        label_format = "{name} → {target}"


class MarkStream(blocks.StreamBlock):
    figure = FigureMark()
    footnote = FootnoteMark()
    reference = ReferenceMark()

    class Meta:
        required = False


class TextBlock(blocks.StructBlock):
    """Running text. {name} in the text stands for the mark of that name below it."""

    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=gettext_lazy("Text"))
    marks = MarkStream(
        required=False,
        label=gettext_lazy("Figures, footnotes and references in the text"),
        help_text=gettext_lazy("Give each a name, and write {name} where it is to stand in the text."),
    )

    class Meta:
        icon = "pilcrow"
        label = gettext_lazy("Text")
        collapsed = False


class SubheadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = gettext_lazy("Subheading")


class AtPointsBlock(blocks.StructBlock):
    """The numbered points of an indstilling, each continuing the sentence before them."""

    introduction = blocks.CharBlock(
        label=gettext_lazy("Introduction"), help_text=gettext_lazy("“The administration recommends,”")
    )
    points = blocks.ListBlock(
        blocks.TextBlock(
            rows=2,
            label=gettext_lazy("Point"),
            validators=[
                RegexValidator(
                    r"^at\b",
                    gettext_lazy("Begin the point with “at”, as it continues the sentence of the introduction."),
                )
            ],
        ),
        label=gettext_lazy("Points"),
    )

    class Meta:
        icon = "list-ol"
        label = gettext_lazy("Points of recommendation")


class NoteBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=gettext_lazy("Title"))
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=gettext_lazy("Text"))

    class Meta:
        icon = "info-circle"
        label = gettext_lazy("Note")


class SignaturesBlock(blocks.ListBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(blocks.CharBlock(label=gettext_lazy("Name and title")), **kwargs)

    class Meta:
        icon = "user"
        label = gettext_lazy("Signatures")
