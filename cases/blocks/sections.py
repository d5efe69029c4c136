"""Sections and annexes: the parts that a case is made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy
from wagtail import blocks

from cases.blocks import comparison, live, tables
from cases.blocks import text as written
from cases.blocks.names import NameBlock
from cases.choosers import DecisionPointChooserBlock, TemplateSectionChooserBlock

WRITTEN = gettext_lazy("Written")
LIVE = gettext_lazy("From the registers")


class SectionContent(blocks.StreamBlock):
    text = written.TextBlock(group=WRITTEN)
    subheading = written.SubheadingBlock(group=WRITTEN)
    at_points = written.AtPointsBlock(group=WRITTEN)
    note = written.NoteBlock(group=WRITTEN)
    typed_table = tables.TypedTableBlock(group=WRITTEN)
    picture = tables.PictureBlock(group=WRITTEN)
    signatures = written.SignaturesBlock(group=WRITTEN)
    results_table = live.ResultsTableBlock(group=LIVE)
    satisfaction_table = live.SatisfactionTableBlock(group=LIVE)
    chart = live.ChartBlock(group=LIVE)
    comparison = comparison.ComparisonBlock(group=LIVE)
    respondents = live.RespondentsBlock(group=LIVE)
    main_points = live.MainPointsBlock(group=LIVE)
    elaboration = live.ElaborationBlock(group=LIVE)
    recommendations = live.RecommendationsBlock(group=LIVE)
    discussions = live.DiscussionsBlock(group=LIVE)
    evaluation = live.EvaluationBlock(group=LIVE)
    quotes = live.QuotesBlock(group=LIVE)
    requested_points = live.RequestedPointsBlock(group=LIVE)
    annex_list = live.AnnexListBlock(group=LIVE)
    sources = live.SourcesBlock(group=LIVE)


class SectionBlock(blocks.StructBlock):
    section = TemplateSectionChooserBlock(label=gettext_lazy("Section"))
    heading = blocks.CharBlock(
        required=False, label=gettext_lazy("Heading"), help_text=gettext_lazy("Leave empty for the template's own.")
    )
    answers = blocks.ListBlock(
        DecisionPointChooserBlock(label=gettext_lazy("Point")),
        required=False,
        default=[],
        label=gettext_lazy("Answers these points of the decision"),
    )
    content = SectionContent(required=False, label=gettext_lazy("Content"))

    class Meta:
        icon = "title"
        label = gettext_lazy("Section")
        label_format = "{section} {heading}"


class AnnexBlock(blocks.StructBlock):
    name = NameBlock()
    title = blocks.CharBlock(label=gettext_lazy("Title"))
    content = SectionContent(required=False, label=gettext_lazy("Content"))

    class Meta:
        icon = "folder-open-1"
        label = gettext_lazy("Annex")
        label_format = "{title}"
