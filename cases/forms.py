"""Forms about cases."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.widgets import SlugInput

from accounts.models import User
from cases.models import CaseTemplate, CommitteeCase
from committees.models import Committee, CommitteeMeeting, Decision


class NewCaseForm(forms.ModelForm):
    """What must be known before writing can begin."""

    class Meta:
        model = CommitteeCase
        fields = ["template", "title", "short_title", "slug", "committee", "meeting", "requested_by", "dated_on"]
        widgets = {"slug": SlugInput()}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.case_officer = user
        visible = {
            "template": CaseTemplate.objects.visible_to(user),
            "committee": Committee.objects.visible_to(user),
            "meeting": CommitteeMeeting.objects.visible_to(user).select_related("committee"),
            "requested_by": Decision.objects.visible_to(user),
        }
        for name, rows in visible.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
