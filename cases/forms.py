"""Forms about cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import SlugInput

from accounts.models import User
from accounts.widgets import DayInput
from cases.enums import PaperKind, RoundPart
from cases.from_round import parts_with_content
from cases.models import CaseTemplate, CommitteeCase
from committees.models import Committee, CommitteeMeeting, Decision
from learnings.models import Round


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


class RoundCaseForm(NewCaseForm):
    """What must be known before a case can be written from a round."""

    parts = forms.TypedMultipleChoiceField(
        label=_("What the case tells"),
        choices=RoundPart.choices,
        coerce=RoundPart,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Each becomes a block of the text that follows the round until documents are made. It can be moved and taken out."
        ),
        error_messages={"required": _("Choose at least one thing that the case tells.")},
    )
    is_named = forms.BooleanField(
        label=_("Name the suppliers"),
        required=False,
        help_text=_("Otherwise the paper only counts them. Inside the municipality one can always see who they are."),
    )

    class Meta:
        model = CommitteeCase
        fields = ["title", "template", "committee", "meeting", "requested_by", "dated_on"]
        widgets = {"dated_on": DayInput()}

    def __init__(self, *args: Any, user: User, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, user=user, initial=_initial(round), **kwargs)


def _initial(round: Round) -> dict[str, Any]:
    """Return what the round itself tells: the decision that asked for it, and so the committee."""
    wish = round.wishes.select_related("decision__meeting__committee").first()
    committee = wish.decision.meeting.committee if wish else None
    templates = CaseTemplate.objects.filter(
        kind=PaperKind.RECOMMENDATION, committee__in=[committee] if committee else []
    )
    return {
        "title": f"{round.title}: leverandørernes hovedpointer og anbefalinger",
        "template": templates.first() or CaseTemplate.objects.filter(kind=PaperKind.RECOMMENDATION).first(),
        "committee": committee,
        "requested_by": wish.decision if wish else None,
        "dated_on": timezone.localdate(),
        "parts": parts_with_content(round),
    }
