"""Committees in the back office."""

from __future__ import annotations

from wagtail import hooks

from committees.viewsets import CommitteeGroup, committee_chooser, committee_meeting_chooser, decision_chooser


@hooks.register("register_admin_viewset")
def register_committees() -> list[object]:
    return [CommitteeGroup(), committee_chooser, committee_meeting_chooser, decision_chooser]
