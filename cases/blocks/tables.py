"""Tables that people type or paste, and pictures."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cases.blocks.names import NameBlock
from cases.sheets import parse_pasted


class PastedTableBlock(blocks.TextBlock):
    """Cells as a spreadsheet or a Word table puts them on the clipboard: a line for each row, a tab between cells."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("rows", 8)
        kwargs.setdefault("label", gettext_lazy("Cells"))
        kwargs.setdefault(
            "help_text",
            gettext_lazy(
                "Copy the table in Excel or Word and paste it here. The first line holds the headings, the first column "
                "what each row is about. You may also write it with | or ; between the cells."
            ),
        )
        super().__init__(**kwargs)

    def clean(self, value: str) -> str:
        value = super().clean(value)
        if value and not parse_pasted(value).rows:
            raise ValidationError(
                _("The table has no rows below its headings. Paste the headings and at least one row.")
            )
        return value


class TypedTableBlock(blocks.StructBlock):
    name = NameBlock()
    caption = blocks.CharBlock(label=gettext_lazy("Caption"))
    cells = PastedTableBlock()
    source = blocks.CharBlock(
        required=False, label=gettext_lazy("Source"), help_text=gettext_lazy("Where the figures come from, and when.")
    )
    note = blocks.TextBlock(required=False, rows=2, label=gettext_lazy("Note below the table"))
    is_about_persons = blocks.BooleanBlock(
        required=False,
        default=True,
        label=gettext_lazy("The figures count persons"),
        help_text=gettext_lazy("Then small figures must be hidden. Take the mark away for meetings, weeks or kroner."),
    )
    is_unique_persons = blocks.BooleanBlock(
        required=False,
        label=gettext_lazy("The total counts unique persons"),
        help_text=gettext_lazy("Then it need not be the sum of the groups, since a person may be in several."),
    )

    class Meta:
        icon = "table"
        label = gettext_lazy("Typed table")
        label_format = "{caption}"


class PictureBlock(blocks.StructBlock):
    name = NameBlock()
    image = ImageChooserBlock(label=gettext_lazy("Picture"))
    caption = blocks.CharBlock(label=gettext_lazy("Caption"))
    alt = blocks.CharBlock(
        required=False,
        label=gettext_lazy("Alternative text"),
        help_text=gettext_lazy("What the picture says, for those who cannot see it."),
    )

    class Meta:
        icon = "image"
        label = gettext_lazy("Picture")
        label_format = "{caption}"
