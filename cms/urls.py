"""The public addresses that stand before Wagtail's page tree."""

from __future__ import annotations

from django.urls import path

from cms.views import public

app_name = "cms"
urlpatterns = [
    path("soeg/", public.search, name="search"),
    path("was", public.accessibility_statement, name="statement"),
    path("was/", public.accessibility_statement),
    path("hent/<slug:slug>/<int:number>/<str:filename>", public.download, name="download"),
]
