"""How days and moments are written in forms, in every room.

The browser's own fields and not the admin's pickers: those turn what they cannot read into today without a word.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import SuffixedMultiWidget


class DayInput(forms.DateInput):
    """A day, chosen or typed with the browser's help and in its reader's own way of writing."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and a time to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DayRangeInput(SuffixedMultiWidget):
    """The first and the last day of a filter."""

    template_name = "wagtailadmin/widgets/range_input.html"
    suffixes = ("from", "to")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__((DayInput({"aria-label": _("From")}), DayInput({"aria-label": _("To")})), attrs)

    def decompress(self, value: slice | None) -> list[Any]:
        return [value.start, value.stop] if value else [None, None]
