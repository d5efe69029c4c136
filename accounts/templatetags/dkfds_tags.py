"""What pages drawn with Det Fælles Designsystem need beside plain values: the public site, the portal, and signing in."""

from __future__ import annotations

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
ICONS = "dkfds/img/all-svg-icons.svg"


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """Return an icon of the design system as an ornament: what it says must stand in words beside it."""
    classes = f"icon-svg {css_class}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static(ICONS),
        name,
    )


@register.simple_tag
def form_input(field: BoundField) -> SafeString:
    """Return a form field's input as the design system writes it; Django links it to its help and error texts."""
    kind = "checkbox" if field.widget_type == "checkbox" else "input"
    return field.as_widget(attrs={"class": f"form-{kind}", "placeholder": ""})
