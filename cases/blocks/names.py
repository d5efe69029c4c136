"""Names that tables, figures and marks are known by inside one paper."""

from __future__ import annotations

import re

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy
from wagtail import blocks

NAME = r"[a-zæøå][a-zæøå0-9_-]*"
MARK = re.compile(rf"\{{({NAME})\}}")  # {name} in running text


class NameBlock(blocks.CharBlock):
    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("label", gettext_lazy("Name"))
        kwargs.setdefault("help_text", gettext_lazy("Lower-case letters, digits and hyphens: tabel-job"))
        kwargs.setdefault("max_length", 50)
        message = gettext_lazy(
            "A name has lower-case letters, digits, hyphens and underscores, and begins with a letter."
        )
        kwargs.setdefault("validators", [RegexValidator(rf"^{NAME}$", message)])
        super().__init__(**kwargs)
