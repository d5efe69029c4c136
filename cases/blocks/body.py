"""The whole text of a case."""

from __future__ import annotations

from wagtail import blocks

from cases.blocks.sections import AnnexBlock, SectionBlock


class CaseBody(blocks.StreamBlock):
    section = SectionBlock()
    annex = AnnexBlock()

    class Meta:
        required = False
