"""The blocks of an ordinary text page. Their names are stored with every page, so they never change."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

INLINE_FEATURES = ["bold", "italic", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        template = "cms/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")


class ItemsBlock(blocks.ListBlock):
    class Meta:
        icon = "list-ul"
        label = _("List")
        template = "cms/blocks/list.html"


class NoticeBlock(blocks.StructBlock):
    """A remark set apart, for what the reader must not miss."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=INLINE_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Notice")
        template = "cms/blocks/notice.html"


class ArticleBlock(blocks.StreamBlock):
    heading = HeadingBlock(max_length=120)
    text = TextBlock(features=INLINE_FEATURES)
    list = ItemsBlock(blocks.RichTextBlock(features=INLINE_FEATURES, label=_("Point")))
    notice = NoticeBlock()
