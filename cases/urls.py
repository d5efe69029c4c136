"""Addresses of the case pages in the back office, below /admin/sager/."""

from django.urls import path

from cases.views import inserting, pages, rounds

app_name = "cases"
urlpatterns = [
    path("ny/", pages.new_case, name="new"),
    path("saet-ind/sammenligning/", inserting.insert_comparison, name="insert_comparison"),
    path("af-runden/<int:round_id>/", rounds.write, name="write_round"),
    path("saet-ind/runde/<int:round_id>/<slug:part>/", rounds.insert, name="insert_round"),
    path("<int:pk>/", pages.case, name="case"),
    path("<int:pk>/dokumenter/", pages.make, name="make"),
    path("<int:pk>/fremdrift/", pages.progress, name="progress"),
    path("<int:pk>/grundlag/", pages.draft_evidence, name="draft_evidence"),
    path("<int:pk>/version/<int:number>/grundlag/", pages.evidence, name="evidence"),
    path("fil/<int:pk>/", pages.file, name="file"),
]
