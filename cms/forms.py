"""Forms of the back office about what is public."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=AdminAutoHeightTextInput,
        help_text=_("Why the case is taken off the website. Kept with the case; not shown to the public."),
    )
