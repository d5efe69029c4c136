"""Committees in the back office."""

from __future__ import annotations

from wagtail import hooks

from committees.viewsets import (
    CommitteeMeetingViewSet,
    CommitteeViewSet,
    DecisionViewSet,
    committee_chooser,
    committee_meeting_chooser,
    decision_chooser,
)


@hooks.register("register_admin_viewset")
def register_committees() -> list[object]:
    registers = [CommitteeMeetingViewSet(), DecisionViewSet(), CommitteeViewSet()]
    return [*registers, committee_chooser, committee_meeting_chooser, decision_chooser]
