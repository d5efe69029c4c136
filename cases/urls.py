"""Addresses of the case pages in the back office, below /admin/sager/."""

from django.urls import path

from cases import inserting, views

app_name = "cases"
urlpatterns = [
    path("ny/", views.new_case, name="new"),
    path("saet-ind/sammenligning/", inserting.insert_comparison, name="insert_comparison"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/dokumenter/", views.make, name="make"),
    path("<int:pk>/fremdrift/", views.progress, name="progress"),
    path("<int:pk>/grundlag/", views.draft_evidence, name="draft_evidence"),
    path("<int:pk>/version/<int:number>/grundlag/", views.evidence, name="evidence"),
    path("fil/<int:pk>/", views.file, name="file"),
]
