"""The public addresses that stand before Wagtail's page tree."""

from __future__ import annotations

from django.urls import path

from cms.views import open_data, public

app_name = "cms"
urlpatterns = [
    path("soeg/", public.search, name="search"),
    path("was", public.accessibility_statement, name="statement"),
    path("was/", public.accessibility_statement),
    path("aabne-data/", open_data.open_data, name="open_data"),
    path("aabne-data/ocds.json", open_data.ocds_package, name="ocds_package"),
    path("aabne-data/ocds.zip", open_data.ocds_archive, name="ocds_archive"),
    path("aabne-data/rammeaftaler/<slug:code>.json", open_data.ocds_release, name="ocds_release"),
    path("hent/<slug:slug>/<int:number>/<str:filename>", public.download, name="download"),
]
