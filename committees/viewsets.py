"""The registers of committees, their meetings and decisions, and the windows in which one is chosen.

They stand under Settings: a calendar is entered once a year, and looked up from cases.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from committees.models import Committee, CommitteeMeeting, Decision
from records.viewsets import RecordChooserViewSet, RecordViewSet


class CommitteeViewSet(RecordViewSet):
    model = Committee
    icon = "group"
    menu_label = _("Committees")
    menu_order = 102
    add_to_settings_menu = True
    list_display = ["name", "administration", "code"]
    search_fields = ("name", "administration", "code")
    empty_text = _("No committees yet. Add the one that your cases go to.")
    inspect_relations = ("meetings",)
    panels = [
        FieldPanel("name"),
        FieldPanel("administration"),
        FieldPanel("code", help_text=_("A short name without spaces, used in files. Do not change it later.")),
    ]


class CommitteeMeetingViewSet(RecordViewSet):
    model = CommitteeMeeting
    icon = "calendar"
    menu_label = _("Committee meetings")
    menu_order = 100
    add_to_settings_menu = True
    list_display = ["held_on", "committee", "agenda_deadline_on"]
    list_filter = ["committee"]
    list_select_related = ("committee",)
    search_fields = ("committee__name",)
    empty_text = _("No meetings yet. Enter the committee's calendar, so that cases can be aimed at a meeting.")
    inspect_relations = ("decisions",)
    panels = [FieldPanel("committee"), FieldRowPanel([FieldPanel("held_on"), FieldPanel("agenda_deadline_on")])]


class DecisionViewSet(RecordViewSet):
    model = Decision
    icon = "clipboard-list"
    menu_label = _("Decisions")
    menu_order = 101
    add_to_settings_menu = True
    list_display = ["title", "meeting__committee", "meeting__held_on", "code"]
    list_filter = {"meeting__committee": ["exact"]}
    list_select_related = ("meeting__committee",)
    search_fields = ("title", "text", "remarks", "code")
    empty_text = _("No decisions yet. Enter what a committee asked for, so that a case can answer it point by point.")
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("meeting"), FieldPanel("code")]),
        FieldPanel("text"),
        FieldPanel("remarks"),
        InlinePanel(
            "points",
            panels=[FieldPanel("text")],
            heading=_("What was asked for"),
            label=_("Point"),
            help_text=_("A case that is requested by this decision shows each point as answered or not."),
        ),
    ]


class CommitteeChooserViewSet(RecordChooserViewSet):
    model = Committee
    icon = "group"
    choose_one_text = _("Choose a committee")
    choose_another_text = _("Choose another committee")
    edit_item_text = _("Show this committee")
    search_fields = ("name", "code")


class CommitteeMeetingChooserViewSet(RecordChooserViewSet):
    model = CommitteeMeeting
    icon = "calendar"
    choose_one_text = _("Choose a meeting")
    choose_another_text = _("Choose another meeting")
    edit_item_text = _("Show this meeting")
    search_fields = ("committee__name",)
    list_select_related = ("committee",)


class DecisionChooserViewSet(RecordChooserViewSet):
    model = Decision
    icon = "clipboard-list"
    choose_one_text = _("Choose a decision")
    choose_another_text = _("Choose another decision")
    edit_item_text = _("Show this decision")
    search_fields = ("title", "text", "code")


committee_chooser = CommitteeChooserViewSet("committee_chooser")
committee_meeting_chooser = CommitteeMeetingChooserViewSet("committee_meeting_chooser")
decision_chooser = DecisionChooserViewSet("decision_chooser")
