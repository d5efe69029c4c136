"""Pictures of results on a page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import mark_safe

from documents.enums import Audience
from results.pictures import Figure, shown

register = template.Library()


@register.inclusion_tag("results/_picture.html")
def picture(figure: Figure, audience: str = Audience.PUBLIC, level: int = 3) -> dict[str, Any]:
    """Print a figure with its finding, words, table and source; hidden figures are covered unless `audience` is internal.

    `level` is that of its heading. Needs the style sheet `results/pictures.css`.
    """
    made = shown(figure, Audience(audience))
    # Every word in a drawing is escaped where the drawing is written.
    drawings = {"wide": mark_safe(made.wide), "narrow": mark_safe(made.narrow)}  # noqa: S308
    return {"figure": made, "level": level, **drawings}
