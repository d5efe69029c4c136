"""Addresses of the pages about experience reports, below the back office's own."""

from __future__ import annotations

from django.urls import path

from learnings.views import coding, reports, rounds, synthesis

app_name = "learnings"

urlpatterns = [
    path("runder/<int:round_id>/", rounds.round_show, name="round_show"),
    path("runder/<int:round_id>/tilstand/", rounds.round_move, name="round_move"),
    path("runder/<int:round_id>/spoergsmaal/", rounds.round_questions, name="round_questions"),
    path("runder/<int:round_id>/leverandoerer/<int:supplier_id>/begynd/", reports.report_start, name="report_start"),
    path("rapporter/<int:report_id>/", reports.report_show, name="report_show"),
    path("rapporter/<int:report_id>/rediger/", reports.report_edit, name="report_edit"),
    path("rapporter/<int:report_id>/ny-version/", reports.report_reopen, name="report_reopen"),
    path("rapporter/<int:report_id>/kasser/", reports.report_discard, name="report_discard"),
    path("runder/<int:round_id>/kodning/", coding.coding, name="coding"),
    path("svar/<int:answer_id>/kod/", coding.excerpt_add, name="excerpt_add"),
    path("uddrag/<int:excerpt_id>/staerkt/", coding.excerpt_strong, name="excerpt_strong"),
    path("uddrag/<int:excerpt_id>/fjern/", coding.excerpt_remove, name="excerpt_remove"),
    path("runder/<int:round_id>/temaer/", coding.themes, name="themes"),
    path("runder/<int:round_id>/hovedpointer/", synthesis.main_points, name="main_points"),
    path("runder/<int:round_id>/hovedpointer/ny/", synthesis.main_point_add, name="main_point_add"),
    path("hovedpointer/<int:point_id>/", synthesis.main_point_edit, name="main_point_edit"),
    path("runder/<int:round_id>/anbefalinger/", synthesis.recommendations, name="recommendations"),
    path("runder/<int:round_id>/anbefalinger/ny/", synthesis.recommendation_add, name="recommendation_add"),
    path("anbefalinger/<int:recommendation_id>/", synthesis.recommendation_edit, name="recommendation_edit"),
    path("anbefalinger/<int:recommendation_id>/svar/", synthesis.reply_edit, name="reply_edit"),
]
