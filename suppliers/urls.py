"""Addresses of the pages about one supplier, below the back office's own."""

from __future__ import annotations

from django.urls import path

from suppliers.views import merging, status, team

app_name = "suppliers"

urlpatterns = [
    path("<int:supplier_id>/status/", status.supplier_status, name="status"),
    path("<int:supplier_id>/sammenlaeg/", merging.merge_choose, name="merge_choose"),
    path("<int:supplier_id>/sammenlaeg/<int:into_id>/", merging.merge, name="merge"),
    path("<int:supplier_id>/adskil/", merging.merge_undo, name="merge_undo"),
    path("<int:supplier_id>/team/inviter/", team.member_invite, name="member_invite"),
    path("<int:supplier_id>/team/<int:pk>/fjern/", team.member_remove, name="member_remove"),
    path("<int:supplier_id>/team/invitation/<int:pk>/send/", team.invitation_send, name="invitation_send"),
    path(
        "<int:supplier_id>/team/invitation/<int:pk>/traek-tilbage/",
        team.invitation_withdraw,
        name="invitation_withdraw",
    ),
]
