"""Blocks that fetch what they show from the registers, and freeze it in the snapshot."""

from __future__ import annotations

from django.utils.translation import gettext_lazy
from wagtail import blocks

from cases.blocks.names import NameBlock
from cases.blocks.text import PeriodBlock
from cases.choosers import (
    ExcerptChooserBlock,
    FrameworkChooserBlock,
    LotChooserBlock,
    MeasureChooserBlock,
    QuestionChooserBlock,
    RoundChooserBlock,
    TargetGroupChooserBlock,
)


class ResultsTableBlock(blocks.StructBlock):
    """Measures side by side, a row for each benefit group or supplier, and the source's own total."""

    name = NameBlock()
    caption = blocks.CharBlock(label=gettext_lazy("Caption"))
    measures = blocks.ListBlock(MeasureChooserBlock(label=gettext_lazy("Measure")), label=gettext_lazy("Measures"))
    period = PeriodBlock()
    framework = FrameworkChooserBlock(required=False, label=gettext_lazy("Framework agreement"))
    lot = LotChooserBlock(required=False, label=gettext_lazy("Lot"))
    is_by_supplier = blocks.BooleanBlock(
        required=False,
        label=gettext_lazy("A row for each supplier"),
        help_text=gettext_lazy("Otherwise a row for each benefit group."),
    )
    base_label = blocks.CharBlock(
        label=gettext_lazy("Heading of the base"), help_text=gettext_lazy("“Number of citizens in a course in 2022”")
    )
    note = blocks.TextBlock(required=False, rows=2, label=gettext_lazy("Note below the table"))

    class Meta:
        icon = "table"
        label = gettext_lazy("Table of results")
        label_format = "{caption}"


class SatisfactionTableBlock(blocks.StructBlock):
    name = NameBlock()
    caption = blocks.CharBlock(label=gettext_lazy("Caption"))
    measures = blocks.ListBlock(MeasureChooserBlock(label=gettext_lazy("Measure")), label=gettext_lazy("Measures"))
    period = PeriodBlock()
    framework = FrameworkChooserBlock(required=False, label=gettext_lazy("Framework agreement"))
    note = blocks.TextBlock(required=False, rows=2, label=gettext_lazy("Note below the table"))

    class Meta:
        icon = "group"
        label = gettext_lazy("Table of satisfaction")
        label_format = "{caption}"


class ChartBlock(blocks.StructBlock):
    """The share of one measure with its interval, by group or by supplier."""

    name = NameBlock()
    headline = blocks.CharBlock(
        label=gettext_lazy("Headline"),
        help_text=gettext_lazy("The finding, in one sentence: what should the reader see?"),
    )
    measure = MeasureChooserBlock(label=gettext_lazy("Measure"))
    period = PeriodBlock()
    framework = FrameworkChooserBlock(required=False, label=gettext_lazy("Framework agreement"))
    lot = LotChooserBlock(required=False, label=gettext_lazy("Lot"))
    is_by_supplier = blocks.BooleanBlock(required=False, label=gettext_lazy("A row for each supplier"))
    description = blocks.CharBlock(required=False, label=gettext_lazy("Description below"))
    alt = blocks.TextBlock(
        required=False,
        rows=2,
        label=gettext_lazy("Alternative text"),
        help_text=gettext_lazy("Leave empty, and the picture's own figures are told."),
    )

    class Meta:
        icon = "history"
        label = gettext_lazy("Chart of shares")
        label_format = "{headline}"


class RespondentsBlock(blocks.StructBlock):
    """Who answered a round, who did not, who has no experience yet, and what they were asked."""

    round = RoundChooserBlock(label=gettext_lazy("Round"))
    has_questions = blocks.BooleanBlock(
        required=False, default=True, label=gettext_lazy("With the general questions that were asked")
    )
    has_suppliers = blocks.BooleanBlock(required=False, label=gettext_lazy("Name the suppliers"))

    class Meta:
        icon = "user"
        label = gettext_lazy("Who has answered")


class MainPointsBlock(blocks.StructBlock):
    round = RoundChooserBlock(label=gettext_lazy("Round"))
    question = QuestionChooserBlock(
        required=False, label=gettext_lazy("Question"), help_text=gettext_lazy("Leave empty for the whole round.")
    )
    has_suppliers = blocks.BooleanBlock(
        required=False,
        label=gettext_lazy("Name the suppliers"),
        help_text=gettext_lazy("Otherwise they are only counted."),
    )
    is_grouped = blocks.BooleanBlock(
        required=False,
        label=gettext_lazy("Under headings"),
        help_text=gettext_lazy("Those about all suppliers first, then by lot or target group; within them by theme."),
    )
    has_words = blocks.BooleanBlock(
        required=False,
        label=gettext_lazy("With words for the counts"),
        help_text=gettext_lazy("“flere”, “de fleste” …, and a note that says what they mean."),
    )
    has_quotes = blocks.BooleanBlock(
        required=False,
        label=gettext_lazy("With a strong quote"),
        help_text=gettext_lazy("One for each main point that has any. What is kept out is never quoted."),
    )

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Main points")


class ElaborationBlock(blocks.StructBlock):
    """Question by question: how many answered, main points, themes, and the suppliers' own words."""

    round = RoundChooserBlock(label=gettext_lazy("Round"))
    target_group = TargetGroupChooserBlock(
        required=False,
        label=gettext_lazy("Target group"),
        help_text=gettext_lazy("Leave empty for the general questions and those for every target group."),
    )
    question = QuestionChooserBlock(
        required=False, label=gettext_lazy("Question"), help_text=gettext_lazy("Leave empty for the whole round.")
    )
    is_brief = blocks.BooleanBlock(
        required=False,
        label=gettext_lazy("Main points by their headings alone"),
        help_text=gettext_lazy("When their text stands in the case already."),
    )
    has_themes = blocks.BooleanBlock(
        required=False, default=True, label=gettext_lazy("With how many say something of each theme")
    )
    has_quotes = blocks.BooleanBlock(required=False, default=True, label=gettext_lazy("With the strong quotes"))
    has_suppliers = blocks.BooleanBlock(required=False, label=gettext_lazy("Name the suppliers"))

    class Meta:
        icon = "list-ol"
        label = gettext_lazy("Elaboration by question and target group")


class RecommendationsBlock(blocks.StructBlock):
    round = RoundChooserBlock(label=gettext_lazy("Round"))
    has_replies = blocks.BooleanBlock(required=False, default=True, label=gettext_lazy("With the reply to each"))
    is_table = blocks.BooleanBlock(
        required=False,
        label=gettext_lazy("As a table"),
        help_text=gettext_lazy("Recommendation, reply and what came of it beside each other."),
    )

    class Meta:
        icon = "tick-inverse"
        label = gettext_lazy("Recommendations with replies")


class DiscussionsBlock(blocks.StructBlock):
    """What was talked over with the suppliers about their reports, and what was agreed."""

    round = RoundChooserBlock(label=gettext_lazy("Round"))
    has_suppliers = blocks.BooleanBlock(required=False, label=gettext_lazy("Name the suppliers"))

    class Meta:
        icon = "group"
        label = gettext_lazy("Discussions with the suppliers")


class EvaluationBlock(blocks.StructBlock):
    """How the suppliers rate the municipality, across lots: a table, and what is left for the dialogue."""

    round = RoundChooserBlock(label=gettext_lazy("Round"))

    class Meta:
        icon = "table"
        label = gettext_lazy("Suppliers' rating of the municipality")


class QuotesBlock(blocks.StructBlock):
    excerpts = blocks.ListBlock(ExcerptChooserBlock(label=gettext_lazy("Passage")), label=gettext_lazy("Passages"))
    is_named = blocks.BooleanBlock(required=False, default=True, label=gettext_lazy("Name the suppliers"))

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Quotes")


class SourcesBlock(blocks.StructBlock):
    """Sources and method notes of everything live in the paper."""

    title = blocks.CharBlock(label=gettext_lazy("Title"))

    class Meta:
        icon = "doc-full"
        label = gettext_lazy("Sources and method")


class RequestedPointsBlock(blocks.StructBlock):
    """What the decision asked for, and where in the paper each point is answered."""

    introduction = blocks.CharBlock(required=False, label=gettext_lazy("Introduction"))

    class Meta:
        icon = "clipboard-list"
        label = gettext_lazy("What was asked for, and where it is answered")


class AnnexListBlock(blocks.StructBlock):
    """The annexes of the case, with their numbers."""

    introduction = blocks.CharBlock(required=False, label=gettext_lazy("Introduction"))

    class Meta:
        icon = "folder-open-1"
        label = gettext_lazy("List of annexes")
