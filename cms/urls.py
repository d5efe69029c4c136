"""The public addresses that stand before Wagtail's page tree."""

from __future__ import annotations

from django.urls import path

from cms.views import open_data, public, reports

app_name = "cms"
urlpatterns = [
    path("soeg/", public.search, name="search"),
    path("was", public.accessibility_statement, name="statement"),
    path("was/", public.accessibility_statement),
    path("aabne-data/", open_data.open_data, name="open_data"),
    path("aabne-data/ocds.json", open_data.ocds_package, name="ocds_package"),
    path("aabne-data/ocds.zip", open_data.ocds_archive, name="ocds_archive"),
    path("aabne-data/rammeaftaler/<slug:code>.json", open_data.ocds_release, name="ocds_release"),
    path("erfaringer/", reports.rounds, name="rounds"),
    path("erfaringer/<int:year>/", reports.round_show, name="round"),
    path("erfaringer/<int:year>.csv", reports.round_csv, name="round_csv"),
    path("erfaringer/<int:year>.json", reports.round_json, name="round_json"),
    path("erfaringer/<int:year>/<slug:slug>/", reports.report_show, name="report"),
    path("erfaringer/<int:year>/<slug:slug>/indberetning.pdf", reports.report_pdf, name="report_pdf"),
    path("hent/<slug:slug>/<int:number>/<str:filename>", public.download, name="download"),
]
