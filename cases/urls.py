"""Addresses of the case pages in the back office, below /admin/sager/."""

from django.urls import path

from cases import inserting, views, views_round

app_name = "cases"
urlpatterns = [
    path("ny/", views.new_case, name="new"),
    path("saet-ind/sammenligning/", inserting.insert_comparison, name="insert_comparison"),
    path("af-runden/<int:round_id>/", views_round.write, name="write_round"),
    path("saet-ind/runde/<int:round_id>/<slug:part>/", views_round.insert, name="insert_round"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/dokumenter/", views.make, name="make"),
    path("<int:pk>/fremdrift/", views.progress, name="progress"),
    path("<int:pk>/grundlag/", views.draft_evidence, name="draft_evidence"),
    path("<int:pk>/version/<int:number>/grundlag/", views.evidence, name="evidence"),
    path("fil/<int:pk>/", views.file, name="file"),
]
