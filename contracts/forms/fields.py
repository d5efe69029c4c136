"""Fields that several forms of agreements share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.widgets import DayInput
from committees.models import Decision
from committees.viewsets import decision_chooser


def day_field(**kwargs: Any) -> forms.DateField:
    """Return a date that the browser helps to choose."""
    return forms.DateField(widget=DayInput(), **kwargs)


def happened_on_field(**kwargs: Any) -> forms.DateField:
    """Return the day on which something happened: it cannot lie ahead."""
    return day_field(validators=[refuse_future], **kwargs)


def refuse_future(day: dt.date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("The day lies in the future. Write the day on which it happened."))


def reason_field(**kwargs: Any) -> forms.CharField:
    """Return the reason that stands in history, where it has room for 100 signs."""
    own: dict[str, Any] = {
        "label": _("Reason"),
        "max_length": 100,
        "help_text": _("Stands in the history beside your name."),
    }
    return forms.CharField(**own | kwargs)


def decision_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=_("Decision"),
        queryset=Decision.objects.all(),
        required=False,
        widget=decision_chooser.widget_class,
        help_text=_("Where it was decided, when a committee decided it."),
    )
