"""The public addresses that stand before Wagtail's page tree."""

from __future__ import annotations

from django.urls import path

from cms import views

app_name = "cms"
urlpatterns = [
    path("soeg/", views.search, name="search"),
    path("was", views.accessibility_statement, name="statement"),
    path("was/", views.accessibility_statement),
    path("hent/<slug:slug>/<int:number>/<str:filename>", views.download, name="download"),
]
