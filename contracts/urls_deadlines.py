"""Addresses of the pages about deadlines, below the back office's own."""

from __future__ import annotations

from django.urls import path

from contracts.views import calendars, deadlines, year_wheel

urlpatterns = [
    path("frister/", deadlines.deadline_list, name="deadlines"),
    path("frister/visninger/", deadlines.view_save, name="deadline_view_save"),
    path("frister/visninger/<int:view_id>/slet/", deadlines.view_delete, name="deadline_view_delete"),
    path("frister/kalender/ny-adresse/", calendars.calendar_renew, name="calendar_renew"),
    path("frister/kalender/stop/", calendars.calendar_revoke, name="calendar_revoke"),
    path("frister/aarshjul/", year_wheel.year_wheel, name="year_wheel"),
]
