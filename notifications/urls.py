"""Addresses of one's own reminders, below the back office's."""

from __future__ import annotations

from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.notice_list, name="list"),
    path("mail/", views.preference_save, name="preference"),
    path("<int:notice_id>/udfoert/", views.notice_done, name="done"),
    path("<int:notice_id>/udsaet/", views.notice_snooze, name="snooze"),
    path("<int:notice_id>/genaabn/", views.notice_reopen, name="reopen"),
]
